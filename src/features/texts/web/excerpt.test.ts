import { expect, test } from 'vitest';
import { aroundChanges } from './excerpt.ts';
import { wordsChanged } from './changes.ts';

function shown(before: string, after: string, words: number): string {
  return aroundChanges(wordsChanged(before, after), words).map((piece) => ({ same: piece.text, added: `+${piece.text}+`, removed: `-${piece.text}-` })[piece.kind]).join('');
}

test('long unchanged stretches are cut, the words beside a change stay', () => {
  expect(shown('uno dos tres cuatro cinco seis siete', 'uno dos tres cuatro CINCO seis siete', 2)).toBe('… tres cuatro -cinco-+CINCO+ seis siete');
});

test('a stretch between two changes keeps both of its ends', () => {
  expect(shown('a uno dos tres cuatro cinco b', 'A uno dos tres cuatro cinco B', 1)).toBe('-a-+A+ uno … cinco -b-+B+');
});

test('a short text stays whole', () => {
  expect(shown('uno dos tres', 'uno DOS tres', 2)).toBe('uno -dos-+DOS+ tres');
  expect(shown('igual', 'igual', 2)).toBe('igual');
});
