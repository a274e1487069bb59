import { languages, type Language } from '../../kernel/language.ts';

/** Bookmark names of our own documents: Word keeps them through edits. Letters, digits and underscores only, at most 40. */
export function clauseBookmark(lang: Language, id: string): string {
  return `clause_${lang}_${id}`;
}

export function languageBookmark(lang: Language): string {
  return `column_${lang}`;
}

export function parseBookmark(name: string): { readonly lang: Language; readonly clause?: string } | undefined {
  const match = /^(?:clause|column)_([a-z]{2})(?:_([0-9a-z]{4,12}))?$/.exec(name);
  const lang = languages.find((one) => one === match?.[1]);
  if (match === null || lang === undefined) return undefined;
  return match[2] === undefined ? { lang } : { lang, clause: match[2] };
}
