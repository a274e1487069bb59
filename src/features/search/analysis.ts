/**
 * Text → search terms, the same on both engines because it happens here and not in the database.
 * Each word yields its folded surface (for beginnings of words) and its stems. Nothing of this is
 * part of the record: it may change at any time; the index is rebuilt.
 */
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import type { Language } from '../../kernel/language.ts';
import { foldArabic, stemsOfArabic } from './arabic.ts';

const WORD = /[\p{L}\p{M}\p{N}\u0640]+/gu;
const ARABIC = /\p{Script=Arabic}/u;
/** Longer words are cut: identifiers and digests, not language. */
const WORD_MAX = 40;

const STEMMERS: Readonly<Record<'es' | 'fr' | 'en', (word: string) => string>> = { es: spanish, fr: french, en: english };

const STOP: Readonly<Record<Language, ReadonlySet<string>>> = {
  ar: new Set('في من الى علي عن ان و او ثم قد لا ما لم هذا هذه ذلك تلك التي الذي كل بين مع كما اذا حتي بعد قبل هو هي'.split(' ')),
  es: new Set('a al ante con como de del desde el en entre la las lo los no o para por que se segun sin sobre su sus un una y'.split(' ')),
  fr: new Set('a au aux avec ce ces dans de des du elle en et il la le les leur ne ou par pas pour que qui sa se ses son sur un une'.split(' ')),
  en: new Set('a an and as at by for from in is it its of on or that the their to with which'.split(' ')),
};

/** A word without case, accents, vowel signs, tatweel and variant letters: `Comités` → `comites`. */
export function fold(word: string): string {
  const lower = word.normalize('NFKC').toLowerCase();
  if (ARABIC.test(lower)) return foldArabic(lower);
  return lower.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').slice(0, WORD_MAX);
}

/** Terms of one word in a text of this language: surface first, then stems that differ from it. */
export function termsOfWord(word: string, language: Language): string[] {
  const surface = fold(word);
  if (surface === '') return [];
  if (ARABIC.test(surface)) return unique([surface, ...stemsOfArabic(surface)]);
  const stem = STEMMERS[language === 'ar' ? 'fr' : language];
  const lower = word.normalize('NFC').toLowerCase();
  return unique([surface, mark(fold(stem(lower))), mark(stem(surface))]);
}

/** Every term of a text with how often it stands there. Stop words are left out. */
export function termsOf(text: string, language: Language): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(WORD)) {
    if (isStop(word, language)) continue;
    for (const term of termsOfWord(word, language)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/** One word of a query: the terms of which a text must have at least one, and what a term may begin with. */
export interface Wanted {
  readonly terms: readonly string[];
  readonly beginning?: string;
}

/**
 * What a query asks for; a text must satisfy every entry. Nobody says in which language they ask, so
 * a Latin word is stemmed in all three. Only the last word may be unfinished (three letters or more).
 * What is a stop word in any of them is dropped, for texts of that language do not hold it, unless the
 * query has nothing else.
 */
export function wantedOf(query: string): Wanted[] {
  const words = [...query.matchAll(WORD)].map(([word]) => word).slice(0, 12);
  const strong = words.filter((word) => !languagesOf(word).some((language) => isStop(word, language)));
  const kept = strong.length > 0 ? strong : words;
  return kept.map((word, place) => {
    const terms = unique(languagesOf(word).flatMap((language) => termsOfWord(word, language)));
    const surface = fold(word);
    const unfinished = place === kept.length - 1 && [...surface].length >= 3;
    return unfinished ? { terms, beginning: surface } : { terms };
  });
}

function languagesOf(word: string): readonly Language[] {
  return ARABIC.test(word) ? ['ar'] : ['es', 'fr', 'en'];
}

function isStop(word: string, language: Language): boolean {
  return STOP[language].has(fold(word));
}

/** Stems live apart from surfaces, so that a beginning never matches a stem. */
function mark(stem: string): string {
  return stem === '' ? '' : `~${stem}`;
}

function unique(terms: readonly string[]): string[] {
  return [...new Set(terms)].filter((term) => term !== '');
}
