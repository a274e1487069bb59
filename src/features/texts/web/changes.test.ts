import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Piece } from '../compare.ts';
import { changesBetween, countKinds, isUnchanged, wordsChanged, type VersionContent } from './changes.ts';

function version(spec: string, title = 'T'): VersionContent {
  return { title, clauses: spec === '' ? [] : spec.split(' ').map((part) => ({ id: part[0] as string, text: part })) };
}
function kinds(before: string, after: string): string {
  return changesBetween(version(before), version(after)).clauses.map((change) => `${change.clause}:${change.kind}`).join(' ');
}
function reading(pieces: readonly Piece[], without: Piece['kind']): string {
  return pieces.filter((piece) => piece.kind !== without).map((piece) => piece.text).join('');
}

describe('differences between two drafts', () => {
  test.each([
    ['a b c', 'a b c', ''],
    ['a b c', 'a b2 c', 'b:changed'],
    ['a b c', 'a c', 'b:removed'],
    ['a b c d', 'd a b c', 'd:moved'],
    ['a b c', 'a2 c x', 'a:changed b:removed x:added'],
  ])('%s becomes %s: only what changed is listed', (before, after, expected) => {
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
});

describe('changed words, set for the eye', () => {
  test('a rewritten phrase is one removal and one insertion', () => {
    expect(wordsChanged('la reunión anual', 'el encuentro anual')).toEqual([
      { kind: 'removed', text: 'la reunión' }, { kind: 'added', text: 'el encuentro' }, { kind: 'same', text: ' anual' },
    ]);
  });

  test('an Arabic word changes as a whole', () => {
    expect(wordsChanged('تعقد اللجنة', 'تعقد اللِّجان')).toEqual([
      { kind: 'same', text: 'تعقد ' }, { kind: 'removed', text: 'اللجنة' }, { kind: 'added', text: 'اللِّجان' },
    ]);
  });

  test('the pieces always read as both wordings', () => {
    const words = fc.array(fc.constantFrom('la', 'reunión', ' ', '  ', '\n', 'اللجنة', 'لجنة', '.', '،', '2014', 'é'), { maxLength: 25 }).map((all) => all.join(''));
    fc.assert(fc.property(words, words, (before, after) => {
      const pieces = wordsChanged(before, after);
      expect([reading(pieces, 'added'), reading(pieces, 'removed')]).toEqual([before, after]);
    }));
  });
});
