/** Which language the screens speak. Pure; the provider is Language.tsx. */
import { languages, type Language } from '../../kernel/language.ts';

/**
 * Locale tags for dates, numbers, plurals and React Aria. Arabic is pinned to the Gregorian calendar and
 * Western digits: what a runtime prints for `ar` alone differs between versions. Moroccan month names.
 */
export const localeTags: Readonly<Record<Language, string>> = {
  ar: 'ar-MA-u-ca-gregory-nu-latn',
  es: 'es-ES',
  fr: 'fr-FR',
  en: 'en-GB',
};

/** Each language by its own name: never translated. */
export const languageNames: Readonly<Record<Language, string>> = {
  ar: 'العربية',
  es: 'Español',
  fr: 'Français',
  en: 'English',
};

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** What this browser chose before; else the first of its own languages that the product speaks. */
export function chooseLanguage(remembered: string | null, preferred: readonly string[]): Language | undefined {
  if (isLanguage(remembered)) return remembered;
  return preferred.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage);
}
