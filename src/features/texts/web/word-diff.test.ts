import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffWords, type Segment } from './word-diff.ts';

function reading(segments: readonly Segment[], without: Segment['kind']): string {
  return segments.filter((segment) => segment.kind !== without).map((segment) => segment.text).join('');
}

describe('what changed, word by word', () => {
  test('a replaced word stands as removed, then added', () => {
    expect(diffWords('dentro de dos meses', 'dentro de tres meses')).toEqual([
      { kind: 'same', text: 'dentro de ' }, { kind: 'removed', text: 'dos' }, { kind: 'added', text: 'tres' }, { kind: 'same', text: ' meses' },
    ]);
  });

  test('a rewritten phrase is one removal and one insertion', () => {
    expect(diffWords('la reunión anual', 'el encuentro anual')).toEqual([
      { kind: 'removed', text: 'la reunión' }, { kind: 'added', text: 'el encuentro' }, { kind: 'same', text: ' anual' },
    ]);
  });

  test('an Arabic word changes as a whole, vowels and article included', () => {
    expect(diffWords('تعقد اللجنة', 'تعقد اللِّجان')).toEqual([
      { kind: 'same', text: 'تعقد ' }, { kind: 'removed', text: 'اللجنة' }, { kind: 'added', text: 'اللِّجان' },
    ]);
  });

  test('added punctuation does not redden the word before it', () => {
    expect(diffWords('fin', 'fin.')).toEqual([{ kind: 'same', text: 'fin' }, { kind: 'added', text: '.' }]);
  });

  test('equal wordings have no change, two empty ones no segment', () => {
    expect(diffWords('a b', 'a b')).toEqual([{ kind: 'same', text: 'a b' }]);
    expect(diffWords('', '')).toEqual([]);
  });

  test('the segments always read as both wordings', () => {
    const words = fc.array(fc.constantFrom('la', 'reunión', ' ', '  ', '\n', 'اللجنة', 'لجنة', '.', '،', '2014', 'é'), { maxLength: 25 }).map((all) => all.join(''));
    fc.assert(fc.property(words, words, (before, after) => {
      const segments = diffWords(before, after);
      expect(reading(segments, 'added')).toBe(before);
      expect(reading(segments, 'removed')).toBe(after);
    }));
  });
});
