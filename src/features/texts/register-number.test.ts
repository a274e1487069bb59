import { expect, test } from 'vitest';
import { patternFor, writtenNumber } from './register-number.ts';

test('each party writes its numbers by its own habit', () => {
  const entry = { direction: 'outgoing', year: 2026, number: 7 } as const;
  expect(writtenNumber(patternFor('es'), entry)).toBe('S-2026/0007');
  expect(writtenNumber(patternFor('ar'), entry)).toBe('D-2026/0007');
  expect(writtenNumber(patternFor('es'), { ...entry, direction: 'incoming', number: 12345 })).toBe('E-2026/12345');
  expect(writtenNumber({ form: '{number}.{direction}.{year}', incoming: 'in', outgoing: 'out', digits: 1 }, entry)).toBe('7.out.2026');
});

test('a pattern that no act may hold is noticed', () => {
  expect(() => writtenNumber({ form: '{number} / {year}', incoming: 'x', outgoing: 'y', digits: 4 }, { direction: 'incoming', year: 2026, number: 1 })).toThrow('register pattern');
});
