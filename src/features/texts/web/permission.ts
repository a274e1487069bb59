/** Reads `may`: what is not named there is not offered; what is refused is shown, disabled, with its reason. */
import type { Language } from '../../../kernel/language.ts';
import type { TextAction, TextDetail } from '../views.ts';

export type Permission =
  | { readonly offered: false }
  | { readonly offered: true; readonly refusal?: string };

export function permission(may: TextDetail['may'], action: TextAction, lang?: Language): Permission {
  const found = may.find((entry) => entry.action === action && (lang === undefined || entry.lang === undefined || entry.lang === lang));
  if (found === undefined) return { offered: false };
  return found.refusal === undefined ? { offered: true } : { offered: true, refusal: found.refusal };
}

export function allowed(may: TextDetail['may'], action: TextAction, lang?: Language): boolean {
  const found = permission(may, action, lang);
  return found.offered && found.refusal === undefined;
}
