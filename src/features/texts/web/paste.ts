/** Many pasted paragraphs become clauses. What a number is, is guessed carefully: a year or a date is none. */
import { clean, type CleaningNote } from './hygiene.ts';

export interface Paragraph {
  readonly number?: string;
  readonly heading?: string;
  readonly text: string;
}

export interface Pasted {
  readonly paragraphs: readonly Paragraph[];
  readonly notes: readonly CleaningNote[];
}

const CLAUSE_TEXT_MAX = 20_000;
const HEADING_MAX = 80;
const ARTICLE = /^(?:المادة|البند|الفقرة|Artículo|Articulo|Cláusula|Article|Clause|Art\.)\s+(\d{1,3}(?:\.\d{1,3}){0,2})\s*[.:)\-–—]?\s*/iu;
const BRACKETED = /^\((\d{1,3}(?:\.\d{1,3}){0,2}|[a-z]|[أ-ي])\)\s*/iu;
const DELIMITED = /^(\d{1,3}(?:\.\d{1,3}){0,2}|[a-z]|[أ-ي])\s?[.)\-–—]\s+/iu;
const LEVELS = /^(\d{1,3}(?:\.\d{1,3}){1,3})\.?\s+/u;

/** The number that opens a paragraph, as it is to be printed, and the rest. Arabic-Indic digits become Western ones. */
export function splitNumber(line: string): { readonly number?: string; readonly text: string } {
  const western = line.replace(/^(?:\p{L}+\s)?[^\p{L}]{0,12}/u, (head) => head.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)));
  for (const pattern of [ARTICLE, BRACKETED, LEVELS, DELIMITED]) {
    const found = pattern.exec(western);
    if (found?.[1] !== undefined) return { number: found[1], text: western.slice(found[0].length).trim() };
  }
  return { text: line };
}

/**
 * Clauses of a pasted text. Without any number each paragraph is a clause; with numbers, paragraphs that
 * follow a numbered one belong to its clause, and a short numbered line without a full stop is a heading.
 */
export function parsePaste(input: string): Pasted {
  const { text, notes } = clean(input);
  const lines = text === '' ? [] : text.split('\n').map(splitNumber);
  const numbered = lines.some((line) => line.number !== undefined);
  const paragraphs: { number?: string; heading?: string; text: string }[] = [];
  lines.forEach((line, at) => {
    const last = paragraphs.at(-1);
    if (line.number === undefined && numbered && last?.number !== undefined && room(last.text, line.text)) {
      last.text = last.text === '' ? line.text : `${last.text}\n${line.text}`;
      return;
    }
    const heads = line.number !== undefined && isHeading(line.text) && lines[at + 1] !== undefined && lines[at + 1]?.number === undefined;
    paragraphs.push({
      ...(line.number === undefined ? {} : { number: line.number }),
      ...(heads ? { heading: line.text, text: '' } : { text: line.text.slice(0, CLAUSE_TEXT_MAX) }),
    });
  });
  return { paragraphs, notes };
}

function room(first: string, second: string): boolean {
  return first.length + second.length < CLAUSE_TEXT_MAX;
}

function isHeading(text: string): boolean {
  return text !== '' && text.length <= HEADING_MAX && !/[.:;،؛,!?؟]$/u.test(text);
}
