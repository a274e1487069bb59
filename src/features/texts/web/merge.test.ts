import { describe, expect, test } from 'vitest';
import type { VersionContent } from './changes.ts';
import { mergeVersions, settleConflicts } from './merge.ts';

function version(spec: string, title = 'T'): VersionContent {
  return { title, clauses: spec === '' ? [] : spec.split(' ').map((part) => ({ id: part[0] as string, text: part })) };
}
function spec(content: VersionContent): string {
  return content.clauses.map((clause) => clause.text).join(' ');
}

describe('two colleagues saved the same version', () => {
  test('clauses that only one touched are joined', () => {
    const found = mergeVersions(version('a b c'), version('a1 b c'), version('a b c2 d'));
    expect(spec(found.content)).toBe('a1 b c2 d');
    expect(found).toMatchObject({ conflicts: [], taken: ['c', 'd'] });
  });

  test('where both changed a clause, both wordings are kept for a person to choose', () => {
    const [mine, theirs] = [version('a1 b'), version('a2 b')];
    const found = mergeVersions(version('a b'), mine, theirs);
    expect(found.conflicts).toEqual([{ id: 'a', mine: { id: 'a', text: 'a1' }, theirs: { id: 'a', text: 'a2' } }]);
    expect(spec(found.content)).toBe('a1 b');
    expect(spec(settleConflicts(found, mine, theirs, { a: 'theirs' }))).toBe('a2 b');
    expect(spec(settleConflicts(found, mine, theirs, { a: 'mine' }))).toBe('a1 b');
  });

  test('a removal against a change is a conflict, in both directions', () => {
    const kept = mergeVersions(version('a b'), version('b'), version('a2 b'));
    expect(kept.conflicts).toEqual([{ id: 'a', theirs: { id: 'a', text: 'a2' } }]);
    expect(spec(settleConflicts(kept, version('b'), version('a2 b'), { a: 'theirs' }))).toBe('a2 b');
    const gone = mergeVersions(version('a b'), version('a1 b'), version('b'));
    expect(spec(settleConflicts(gone, version('a1 b'), version('b'), { a: 'theirs' }))).toBe('b');
  });

  test('a removal by the colleague alone is taken', () => {
    const found = mergeVersions(version('a b'), version('a b'), version('b'));
    expect(spec(found.content)).toBe('b');
    expect(found.taken).toEqual(['a']);
  });

  test('without a common base every difference is shown', () => {
    expect(mergeVersions(undefined, version('a1'), version('a2')).conflicts.map((conflict) => conflict.id)).toEqual(['a']);
  });

  test('two titles are a conflict, one is not', () => {
    expect(mergeVersions(version('a', 'T'), version('a', 'T1'), version('a', 'T')).content.title).toBe('T1');
    expect(mergeVersions(version('a', 'T'), version('a', 'T'), version('a', 'T2')).content.title).toBe('T2');
    const found = mergeVersions(version('a', 'T'), version('a', 'T1'), version('a', 'T2'));
    expect(found.conflicts.map((conflict) => conflict.id)).toEqual(['title']);
    expect(settleConflicts(found, version('a', 'T1'), version('a', 'T2'), { title: 'theirs' }).title).toBe('T2');
  });
});
