import { describe, expect, test } from 'vitest';
import type { Clause } from '../content.ts';
import { align, holesOf, numbersOf } from './alignment.ts';

function clauses(ids: string): Clause[] {
  return ids.split('').map((id) => ({ id, text: `text ${id}` }));
}
function rows(first: string, second: string): string {
  return align([{ lang: 'ar', clauses: clauses(first) }, { lang: 'es', clauses: clauses(second) }]).map((row) => row.id).join('');
}

describe('siblings side by side', () => {
  test.each([
    ['abc', 'abc', 'abc'],
    ['ab', 'abc', 'abc'],
    ['abc', 'ab', 'abc'],
    ['ac', 'abc', 'abc'],
    ['bc', 'abc', 'abc'],
    ['', 'abc', 'abc'],
    ['abd', 'acd', 'acbd'],
    ['abcd', 'dxabc', 'abcdx'],
  ])('%s beside %s is read as %s', (first, second, expected) => {
    expect(rows(first, second)).toBe(expected);
  });

  test('a clause without its sibling is a hole, and so is an empty one', () => {
    const [a, b] = align([{ lang: 'ar', clauses: clauses('ab') }, { lang: 'es', clauses: [{ id: 'a', text: ' ' }] }]);
    expect(holesOf(a!, ['ar', 'es'])).toEqual(['es']);
    expect(holesOf(b!, ['ar', 'es'])).toEqual(['es']);
    expect(holesOf(b!, ['ar'])).toEqual([]);
  });

  test('the fewest clauses are called displaced when the orders differ', () => {
    const found = align([{ lang: 'ar', clauses: clauses('abcd') }, { lang: 'es', clauses: clauses('dabc') }]);
    expect(found.filter((row) => row.displaced.length > 0).map((row) => [row.id, row.displaced])).toEqual([['d', ['es']]]);
  });

  test('equal numbers are printed once, differing ones in column order', () => {
    const row = (ar: string | undefined, es: string | undefined) => align([
      { lang: 'ar', clauses: [{ id: 'a', text: 'x', ...(ar === undefined ? {} : { number: ar }) }] },
      { lang: 'es', clauses: [{ id: 'a', text: 'x', ...(es === undefined ? {} : { number: es }) }] },
    ])[0]!;
    expect(numbersOf(row('1', '1'), ['ar', 'es'])).toEqual([{ lang: 'ar', number: '1' }]);
    expect(numbersOf(row('أ', 'a'), ['es', 'ar'])).toEqual([{ lang: 'es', number: 'a' }, { lang: 'ar', number: 'أ' }]);
    expect(numbersOf(row(undefined, undefined), ['ar', 'es'])).toEqual([]);
  });
});
