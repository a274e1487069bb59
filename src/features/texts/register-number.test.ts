import { expect, test } from 'vitest';
import { patternFor, registerPattern, writtenNumber } from './register-number.ts';

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

test('a configuration states a pattern, or is refused before the first number', () => {
  const stated = { form: 'REG/{direction}/{year}/{number}', incoming: 'E', outgoing: 'S', digits: 5 };
  expect(writtenNumber(registerPattern.parse(stated), { direction: 'incoming', year: 2026, number: 7 })).toBe('REG/E/2026/00007');
  for (const language of ['ar', 'es', 'fr', 'en'] as const) expect(registerPattern.parse(patternFor(language))).toEqual(patternFor(language));
  const faulty = [
    { form: '{direction}-{year}' }, { form: '{direction} {number}' }, { form: '{direction}-{number}-{day}' }, { form: '{number}/{year}' },
    { form: '{direction}{number}{number}' }, { outgoing: 'E' }, { digits: 0 }, { incoming: 'é' }, { form: `${'a'.repeat(30)}{direction}{number}` },
  ];
  expect(faulty.filter((fault) => registerPattern.safeParse({ ...stated, ...fault }).success)).toEqual([]);
});
