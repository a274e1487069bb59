/**
 * Words of the interface inside a column: they keep the interface's direction but stand where the
 * column's own language begins, so that a head is flush with the text below it.
 */
import { directionOf, type Language } from '../../../kernel/language.ts';
import { useLanguage } from '../../../web/i18n/Language.tsx';

export interface Side {
  readonly dir: 'rtl' | 'ltr';
  /** Set where the column begins at the end of an interface line. */
  readonly 'data-opposite'?: true;
}

/** Attributes for a block of interface words in the column of `lang`. */
export function useSide(): (lang: Language) => Side {
  const { language } = useLanguage();
  const dir = directionOf(language);
  return (lang) => (directionOf(lang) === dir ? { dir } : { dir, 'data-opposite': true });
}
