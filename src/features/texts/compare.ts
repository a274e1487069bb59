/**
 * What changed between two revisions of one language version: clause by clause by id, word by word
 * inside a clause. Pure, for screens; no rule rests on it. Myers' algorithm by the library `diff`
 * over our own words, because its word splitter takes every Arabic letter for a separate word.
 */
import { diffArrays } from 'diff';
import type { Clause } from './content.ts';

export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface ClauseChange {
  readonly clause: string;
  readonly kind: 'same' | 'changed' | 'added' | 'removed' | 'moved';
  readonly number?: string;
  readonly heading: readonly Piece[];
  readonly text: readonly Piece[];
}

/** A word with its marks and inner joiners, a run of spaces, or one other character. */
const TOKEN = /[\p{L}\p{M}\p{N}\u200c\u200d]+|[^\S\n]+|[\s\S]/gu;
/** Beyond this many edits a clause is shown as replaced whole: the search costs edits × words. */
const EDITS_MAX = 2_000;

/** The words of a text, spaces and signs included: joined again they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** The pieces that lead from one text to the other, in reading order, neighbours of one kind merged. */
export function compareWords(before: string, after: string): Piece[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: EDITS_MAX });
  if (changes === undefined) return nonEmpty([{ kind: 'removed', text: before }, { kind: 'added', text: after }]);
  return nonEmpty(changes.map((change) => ({
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
    text: change.value.join(''),
  })));
}

/**
 * Clauses of the later revision in their order; a removed clause stands where it stood, after the
 * clause that preceded it. `moved`: same words at another place among the clauses that both have.
 */
export function compareClauses(before: readonly Clause[], after: readonly Clause[]): ClauseChange[] {
  const earlier = new Map(before.map((clause) => [clause.id, clause]));
  const later = new Set(after.map((clause) => clause.id));
  const kept = keptInOrder(before, after);
  const changes: ClauseChange[] = after.map((clause) => {
    const old = earlier.get(clause.id);
    if (old === undefined) return changeOf(clause, 'added', undefined, clause);
    const same = old.text === clause.text && (old.heading ?? '') === (clause.heading ?? '') && old.number === clause.number;
    return changeOf(clause, same ? (kept.has(clause.id) ? 'same' : 'moved') : 'changed', old, clause);
  });
  for (const [place, clause] of before.entries()) {
    if (later.has(clause.id)) continue;
    const previous = before[place - 1];
    const at = previous === undefined ? 0 : changes.findIndex((change) => change.clause === previous.id) + 1;
    changes.splice(at, 0, changeOf(clause, 'removed', clause, undefined));
  }
  return changes;
}

function changeOf(shown: Clause, kind: ClauseChange['kind'], before: Clause | undefined, after: Clause | undefined): ClauseChange {
  return {
    clause: shown.id,
    kind,
    ...(shown.number === undefined ? {} : { number: shown.number }),
    heading: compareWords(before?.heading ?? '', after?.heading ?? ''),
    text: compareWords(before?.text ?? '', after?.text ?? ''),
  };
}

/** Ids of the clauses that both have and that keep their order: a longest common subsequence. */
function keptInOrder(before: readonly Clause[], after: readonly Clause[]): Set<string> {
  const changes = diffArrays(before.map((clause) => clause.id), after.map((clause) => clause.id));
  return new Set(changes.filter((change) => !change.added && !change.removed).flatMap((change) => change.value));
}

function nonEmpty(pieces: readonly Piece[]): Piece[] {
  return pieces.filter((piece) => piece.text !== '');
}
