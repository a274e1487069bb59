import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareClauses, compareWords, wordsOf } from './compare.ts';

test('an Arabic word is one word, its vowel signs and tatweel with it', () => {
  expect(wordsOf('مُحَمَّد قالـــت')).toEqual(['مُحَمَّد', ' ', 'قالـــت']);
});

test('a changed word is shown alone, in Arabic as in Spanish', () => {
  expect(compareWords('تتبع تنفيذ التوصيات', 'تتبع تفعيل التوصيات')).toEqual([
    { kind: 'same', text: 'تتبع ' },
    { kind: 'removed', text: 'تنفيذ' },
    { kind: 'added', text: 'تفعيل' },
    { kind: 'same', text: ' التوصيات' },
  ]);
  expect(compareWords('El comité evalúa.', 'El comité evalúa las medidas.')).toEqual([
    { kind: 'same', text: 'El comité evalúa' },
    { kind: 'added', text: ' las medidas' },
    { kind: 'same', text: '.' },
  ]);
});

test('equal texts give one piece, empty ones none', () => {
  expect(compareWords('uno dos', 'uno dos')).toEqual([{ kind: 'same', text: 'uno dos' }]);
  expect(compareWords('', '')).toEqual([]);
  expect(compareWords('', 'uno')).toEqual([{ kind: 'added', text: 'uno' }]);
});

test('clauses are told apart by id: changed, added, removed, moved, same', () => {
  const before = [
    { id: 'aaaa', text: 'one' },
    { id: 'bbbb', text: 'two' },
    { id: 'cccc', text: 'three' },
    { id: 'dddd', text: 'four' },
    { id: 'eeee', text: 'five' },
  ];
  const after = [
    { id: 'aaaa', text: 'one' },
    { id: 'cccc', text: 'three and more' },
    { id: 'eeee', text: 'five' },
    { id: 'dddd', text: 'four' },
    { id: 'ffff', text: 'six' },
  ];
  const kinds = compareClauses(before, after).map((change) => [change.clause, change.kind]);
  expect(kinds).toHaveLength(6);
  expect(kinds.slice(0, 3)).toEqual([['aaaa', 'same'], ['bbbb', 'removed'], ['cccc', 'changed']]);
  expect(kinds.slice(3).map(([, kind]) => kind).toSorted()).toEqual(['added', 'moved', 'same']);
  expect(kinds.at(-1)).toEqual(['ffff', 'added']);
});

test('a renumbered clause has changed though its words have not', () => {
  const [change] = compareClauses([{ id: 'aaaa', number: '1', text: 'x' }], [{ id: 'aaaa', number: '2', text: 'x' }]);
  expect(change).toEqual({ clause: 'aaaa', kind: 'changed', number: '2', heading: [], text: [{ kind: 'same', text: 'x' }] });
});

test('taking away what was added gives the earlier text, taking away what was removed the later one', () => {
  const word = fc.constantFrom('التوصيات', 'las', 'medidas', ' ', '\n', '.', 'تَتَبُّع', 'é', '👩‍⚖️');
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(''));
  fc.assert(fc.property(text, text, (before, after) => {
    const pieces = compareWords(before, after);
    expect(pieces.filter((piece) => piece.kind !== 'added').map((piece) => piece.text).join('')).toBe(before);
    expect(pieces.filter((piece) => piece.kind !== 'removed').map((piece) => piece.text).join('')).toBe(after);
  }));
});
