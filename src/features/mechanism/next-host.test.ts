import { expect, test } from 'vitest';
import { nextHosts } from './next-host.ts';

const edition = (series: string, number: number, host: string) => ({ series, edition: `${series}-${number}`, number, host });

test('hosts alternate, per series, after the edition with the highest number', () => {
  const editions = [edition('a', 2, 'dgsn'), edition('a', 1, 'dgp'), edition('b', 1, 'dgp')];
  expect(nextHosts(['dgp', 'dgsn'], editions)).toEqual([
    { series: 'a', host: 'dgp', after: 'a-2' },
    { series: 'b', host: 'dgsn', after: 'b-1' },
  ]);
});

test('with three parties it is the next one in the order; a host that left hands over to the first', () => {
  expect(nextHosts(['a', 'b', 'c'], [edition('s', 1, 'b')])[0]?.host).toBe('c');
  expect(nextHosts(['a', 'b', 'c'], [edition('s', 1, 'c')])[0]?.host).toBe('a');
  expect(nextHosts(['a', 'b'], [edition('s', 1, 'gone')])[0]?.host).toBe('a');
  expect(nextHosts(['a', 'b'], [])).toEqual([]);
});
