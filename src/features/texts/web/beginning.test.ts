import { expect, test } from 'vitest';
import { beginningOf, titlesOf } from './beginning.ts';

const text = 'a'.repeat(64);

test('an address says how a new text relates to another one', () => {
  expect(beginningOf('amends', text)).toEqual({ how: 'amends', text, body: { relation: { relation: 'amends', text } } });
  expect(beginningOf('based-on', text)).toEqual({ how: 'based-on', text, body: { basedOn: text } });
});

test('without a text, or with an unknown relation, a text begins from nothing', () => {
  expect(beginningOf('amends', undefined)).toBeUndefined();
  expect(beginningOf('replaces', text)).toBeUndefined();
});

test('titles are cleaned, and only those of chosen languages are sent', () => {
  expect(titlesOf({ ar: ' إعلان\u200f مشترك ', es: ' ', fr: 'Déclaration' }, ['ar', 'es'])).toEqual({ ar: 'إعلان مشترك' });
});
