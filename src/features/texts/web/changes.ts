/** Differences between two states of one language version, clause by clause. */
import type { Clause } from '../content.ts';
import { diffWords, type Segment } from './word-diff.ts';

export interface VersionContent {
  readonly title: string;
  readonly clauses: readonly Clause[];
}

export interface ClauseChange {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly number?: string;
  readonly heading: readonly Segment[];
  readonly text: readonly Segment[];
}

export interface VersionChange {
  readonly title?: readonly Segment[];
  /** In the order of the later state; removed clauses stand after what they followed. */
  readonly clauses: readonly ClauseChange[];
}

/** What turned `before` into `after`; an absent `before` means that everything is new. */
export function changesBetween(before: VersionContent | undefined, after: VersionContent): VersionChange {
  const old = new Map((before?.clauses ?? []).map((clause) => [clause.id, clause]));
  const kept = new Set(after.clauses.map((clause) => clause.id));
  const moved = movedBetween(before?.clauses ?? [], after.clauses);
  const out: ClauseChange[] = after.clauses.flatMap((clause) => {
    const was = old.get(clause.id);
    if (was === undefined) return [change('added', clause, undefined, clause)];
    if (!sameClause(was, clause)) return [change('changed', clause, was, clause)];
    return moved.has(clause.id) ? [change('moved', clause, was, clause)] : [];
  });
  for (const gone of (before?.clauses ?? []).filter((clause) => !kept.has(clause.id))) {
    out.splice(placeOf(gone.id, before?.clauses ?? [], after.clauses, out), 0, change('removed', gone, gone, undefined));
  }
  return before !== undefined && before.title === after.title ? { clauses: out } : { title: diffWords(before?.title ?? '', after.title), clauses: out };
}

/** The change of one clause between two states, for a page that marks changes where they stand. */
export function changeOf(id: string, before: VersionContent | undefined, after: VersionContent): ClauseChange | undefined {
  const was = before?.clauses.find((clause) => clause.id === id);
  const is = after.clauses.find((clause) => clause.id === id);
  if (was === undefined && is === undefined) return undefined;
  if (was === undefined) return change('added', is as Clause, undefined, is);
  if (is === undefined) return change('removed', was, was, undefined);
  return sameClause(was, is) ? undefined : change('changed', is, was, is);
}

export function isUnchanged(found: VersionChange): boolean {
  return found.title === undefined && found.clauses.length === 0;
}

export function sameClause(a: Clause, b: Clause): boolean {
  return a.text === b.text && a.heading === b.heading && a.number === b.number;
}

export function countKinds(found: VersionChange): Readonly<Record<ClauseChange['kind'], number>> {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const clause of found.clauses) counts[clause.kind]++;
  return counts;
}

function change(kind: ClauseChange['kind'], shown: Clause, was: Clause | undefined, is: Clause | undefined): ClauseChange {
  return {
    id: shown.id,
    kind,
    ...(shown.number === undefined ? {} : { number: shown.number }),
    heading: diffWords(was?.heading ?? '', is?.heading ?? ''),
    text: diffWords(was?.text ?? '', is?.text ?? ''),
  };
}

/** Clauses whose neighbours among the kept ones changed sides: a move, not an insertion elsewhere. */
function movedBetween(before: readonly Clause[], after: readonly Clause[]): ReadonlySet<string> {
  const kept = new Set(after.map((clause) => clause.id));
  const was = before.filter((clause) => kept.has(clause.id)).map((clause) => clause.id);
  const common = new Set(was);
  const is = after.filter((clause) => common.has(clause.id)).map((clause) => clause.id);
  const moved = new Set<string>();
  let i = 0;
  let j = 0;
  while (i < was.length && j < is.length) {
    const a = was[i] as string;
    const b = is[j] as string;
    if (moved.has(a)) i++;
    else if (moved.has(b)) j++;
    else if (a === b) { i++; j++; }
    else moved.add(is.indexOf(a, j) - j > was.indexOf(b, i) - i ? a : b);
  }
  return moved;
}

function placeOf(id: string, before: readonly Clause[], after: readonly Clause[], out: readonly ClauseChange[]): number {
  const at = before.findIndex((clause) => clause.id === id);
  for (let i = at - 1; i >= 0; i--) {
    const previous = (before[i] as Clause).id;
    const listed = out.findIndex((entry) => entry.id === previous);
    if (listed !== -1) return listed + 1;
    const stands = after.findIndex((clause) => clause.id === previous);
    if (stands === -1) continue;
    const next = out.findIndex((entry) => after.findIndex((clause) => clause.id === entry.id) > stands);
    return next === -1 ? out.length : next;
  }
  return 0;
}
