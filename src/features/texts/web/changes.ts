/** Differences between two states of one language version, set for the eye: compare.ts finds them. */
import { compareClauses, compareWords, type ClauseChange, type Piece } from '../compare.ts';
import type { Clause } from '../content.ts';

export interface VersionContent {
  readonly title: string;
  readonly clauses: readonly Clause[];
}

export interface VersionChange {
  readonly title?: readonly Piece[];
  /** Only what changed, in the order of the later state; a removed clause stands where it stood. */
  readonly clauses: readonly ClauseChange[];
}

/** What turned `before` into `after`; an absent `before` means that everything is new. */
export function changesBetween(before: VersionContent | undefined, after: VersionContent): VersionChange {
  const clauses = compareClauses(before?.clauses ?? [], after.clauses)
    .filter((change) => change.kind !== 'same')
    .map((change) => ({ ...change, heading: readable(change.heading), text: readable(change.text) }));
  return before?.title === after.title ? { clauses } : { title: wordsChanged(before?.title ?? '', after.title), clauses };
}

export function wordsChanged(before: string, after: string): Piece[] {
  return readable(compareWords(before, after));
}

export function isUnchanged(found: VersionChange): boolean {
  return found.title === undefined && found.clauses.length === 0;
}

export function sameClause(a: Clause, b: Clause): boolean {
  return a.text === b.text && a.heading === b.heading && a.number === b.number;
}

export function countKinds(found: VersionChange): Readonly<Record<'added' | 'removed' | 'changed' | 'moved', number>> {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { kind } of found.clauses) if (kind !== 'same') counts[kind]++;
  return counts;
}

/**
 * Pieces as a reader wants them: within one changed stretch what was removed comes before what was
 * added, and a space between two changed words belongs to the change, so that a rewritten phrase is one
 * removal and one insertion. Both readings stay what they were.
 */
export function readable(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '') out.push({ kind: 'removed', text: removed });
    if (added !== '') out.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  pieces.forEach((piece, at) => {
    if (piece.kind === 'removed') removed += piece.text;
    else if (piece.kind === 'added') added += piece.text;
    else if (removed !== '' && added !== '' && bridges(piece.text, pieces[at + 1])) {
      removed += piece.text;
      added += piece.text;
    } else {
      flush();
      out.push(piece);
    }
  });
  flush();
  return out;
}

function bridges(text: string, next: Piece | undefined): boolean {
  return /^[^\S\n]+$/u.test(text) && next !== undefined && next.kind !== 'same';
}
