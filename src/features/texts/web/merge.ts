/**
 * Two colleagues saved the same version. Clauses that only one of them touched are joined; where both
 * did, both wordings are kept until a person chooses. Nothing is overwritten.
 */
import type { Clause } from '../content.ts';
import { sameClause, type VersionContent } from './changes.ts';

export interface Conflict {
  /** Clause id, or `title`. */
  readonly id: string;
  /** Absent: removed on that side. */
  readonly mine?: Clause;
  readonly theirs?: Clause;
}

export interface Merged {
  /** Holds mine wherever both differ. */
  readonly content: VersionContent;
  readonly conflicts: readonly Conflict[];
  /** Clauses that only the colleague changed and that are now in. */
  readonly taken: readonly string[];
}

/** Joins two successors of `base`. Order: mine, with the colleague's new clauses after what they follow there. */
export function mergeVersions(base: VersionContent | undefined, mine: VersionContent, theirs: VersionContent): Merged {
  const [was, own, other] = [byId(base), byId(mine), byId(theirs)];
  const conflicts: Conflict[] = [];
  const taken: string[] = [];
  const keep = new Map<string, Clause>();
  for (const id of orderOf(mine, theirs)) {
    const [a, b, c] = [own.get(id), other.get(id), was.get(id)];
    if (same(a, b) || same(b, c)) { if (a !== undefined) keep.set(id, a); continue; }
    if (same(a, c)) {
      taken.push(id);
      if (b !== undefined) keep.set(id, b);
      continue;
    }
    conflicts.push({ id, ...(a === undefined ? {} : { mine: a }), ...(b === undefined ? {} : { theirs: b }) });
    if (a !== undefined) keep.set(id, a);
  }
  const title = mine.title === theirs.title || theirs.title === base?.title ? mine.title : mine.title === base?.title ? theirs.title : undefined;
  if (title === undefined) conflicts.unshift({ id: 'title', mine: { id: 'title', text: mine.title }, theirs: { id: 'title', text: theirs.title } });
  return {
    content: { title: title ?? mine.title, clauses: orderOf(mine, theirs).flatMap((id) => keep.get(id) ?? []) },
    conflicts,
    taken,
  };
}

/** Puts the chosen side of each conflict into the merged content; what is not chosen stays mine. */
export function settleConflicts(merged: Merged, mine: VersionContent, theirs: VersionContent, choice: Readonly<Record<string, 'mine' | 'theirs'>>): VersionContent {
  const other = byId(theirs);
  const keep = byId(merged.content);
  for (const conflict of merged.conflicts) {
    if (choice[conflict.id] !== 'theirs' || conflict.id === 'title') continue;
    const theirsNow = other.get(conflict.id);
    if (theirsNow === undefined) keep.delete(conflict.id);
    else keep.set(conflict.id, theirsNow);
  }
  return {
    title: choice.title === 'theirs' ? theirs.title : merged.content.title,
    clauses: orderOf(mine, theirs).flatMap((id) => keep.get(id) ?? []),
  };
}

function byId(content: VersionContent | undefined): Map<string, Clause> {
  return new Map((content?.clauses ?? []).map((clause) => [clause.id, clause]));
}

function same(a: Clause | undefined, b: Clause | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameClause(a, b);
}

function orderOf(mine: VersionContent, theirs: VersionContent): string[] {
  const order = mine.clauses.map((clause) => clause.id);
  let at = 0;
  for (const { id } of theirs.clauses) {
    const known = order.indexOf(id);
    if (known === -1) order.splice(at++, 0, id);
    else at = known + 1;
  }
  return order;
}
