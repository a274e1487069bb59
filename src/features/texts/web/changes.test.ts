import { describe, expect, test } from 'vitest';
import { changeOf, changesBetween, countKinds, isUnchanged, type VersionContent } from './changes.ts';

function version(spec: string, title = 'T'): VersionContent {
  return { title, clauses: spec === '' ? [] : spec.split(' ').map((part) => ({ id: part[0] as string, text: part })) };
}
function kinds(before: string, after: string): string {
  return changesBetween(version(before), version(after)).clauses.map((clause) => `${clause.id}:${clause.kind}`).join(' ');
}

describe('differences between two drafts', () => {
  test.each([
    ['a b c', 'a b c', ''],
    ['a b c', 'a b2 c', 'b:changed'],
    ['a b c', 'a c', 'b:removed'],
    ['a c', 'a b c', 'b:added'],
    ['a b c', 'b c', 'a:removed'],
    ['a b c d', 'd a b c', 'd:moved'],
    ['a b c d', 'b c d a', 'a:moved'],
    ['a b c', 'a2 c x', 'a:changed b:removed x:added'],
    ['', 'a', 'a:added'],
  ])('%s becomes %s: %s', (before, after, expected) => {
    expect(kinds(before, after)).toBe(expected);
  });

  test('a first draft is new in every clause and in its title', () => {
    const found = changesBetween(undefined, version('a b'));
    expect(found.title).toEqual([{ kind: 'added', text: 'T' }]);
    expect(countKinds(found)).toEqual({ added: 2, removed: 0, changed: 0, moved: 0 });
  });

  test('a changed title alone is a change', () => {
    const found = changesBetween(version('a', 'Old'), version('a', 'New'));
    expect(found).toEqual({ title: [{ kind: 'removed', text: 'Old' }, { kind: 'added', text: 'New' }], clauses: [] });
    expect(isUnchanged(found)).toBe(false);
    expect(isUnchanged(changesBetween(version('a'), version('a')))).toBe(true);
  });

  test('a clause whose number alone changed is a change', () => {
    const after: VersionContent = { title: 'T', clauses: [{ id: 'a', number: '2', text: 'a' }] };
    expect(changeOf('a', version('a'), after)?.kind).toBe('changed');
    expect(changeOf('z', version('a'), after)).toBeUndefined();
  });
});
