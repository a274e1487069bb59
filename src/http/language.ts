/** The reader's language: what the page asks for, else the browser's, else the party's own. */
import { languages, type Language } from '../kernel/language.ts';

/** Best known language of an Accept-Language header (RFC 9110 §12.5.4), or `fallback`. */
export function languageOf(header: string | undefined, fallback: Language): Language {
  if (header === undefined || header.length > 500) return fallback;
  let best: { language: Language; weight: number } | undefined;
  for (const item of header.split(',')) {
    const [tag = '', ...rest] = item.trim().toLowerCase().split(';');
    const language = languages.find((known) => tag === known || tag.startsWith(`${known}-`));
    const weight = Number(/^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(rest[0] ?? 'q=1')?.[1] ?? 0);
    if (language !== undefined && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? fallback;
}
