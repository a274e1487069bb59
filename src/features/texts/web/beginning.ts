/** How a new text begins: from nothing, in relation to another one, or from the words of a refused one. */
import type { Hash } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import { clean } from './hygiene.ts';

export type Beginning = { readonly text: Hash } & (
  | { readonly how: 'supersedes' | 'amends' | 'corrects'; readonly body: { readonly relation: { readonly relation: 'supersedes' | 'amends' | 'corrects'; readonly text: Hash } } }
  | { readonly how: 'based-on'; readonly body: { readonly basedOn: Hash } }
);

/** What an address asks for (`?relation=amends&text=…`), or undefined for a text from nothing. */
export function beginningOf(how: string | undefined, text: Hash | undefined): Beginning | undefined {
  if (text === undefined) return undefined;
  if (how === 'based-on') return { how, text, body: { basedOn: text } };
  if (how === 'supersedes' || how === 'amends' || how === 'corrects') return { how, text, body: { relation: { relation: how, text } } };
  return undefined;
}

/** Titles as typed, cleaned; empty ones and those of languages no longer chosen are left out. */
export function titlesOf(typed: Readonly<{ [L in Language]?: string | undefined }>, chosen: readonly Language[]): Partial<Record<Language, string>> {
  return Object.fromEntries(chosen.flatMap((lang) => {
    const text = clean(typed[lang] ?? '').text.replaceAll('\n', ' ');
    return text === '' ? [] : [[lang, text]];
  }));
}
