/** The four languages of the product. Which of them are authentic in a space is data of its charter. */
export const languages = ['ar', 'es', 'fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A label in some of the languages; at least one. What a reader sees: `labelIn`. */
export type Label = { readonly [L in Language]?: string | undefined };

/**
 * The label in the reader's language; else in the first of `fallback` that exists; else any.
 * The language of the answer is returned too, because the screen must mark (lang, dir) what it shows.
 */
export function labelIn(label: Label, want: Language, fallback: readonly Language[] = languages): { lang: Language; text: string } {
  for (const lang of [want, ...fallback, ...languages]) {
    const text = label[lang];
    if (text !== undefined) return { lang, text };
  }
  return { lang: want, text: '' };
}

export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
