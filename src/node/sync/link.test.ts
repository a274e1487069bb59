import { expect, test } from 'vitest';
import { delayMs, LINK_TIMES } from './link.ts';

test('a failing link is tried after 10, 20, 40 … at most 60 seconds', () => {
  const longest = [1, 2, 3, 4, 5, 50].map((failures) => delayMs(LINK_TIMES, failures, 1));
  expect(longest).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  expect(delayMs(LINK_TIMES, 0, 1)).toBe(5_000);
});

test('each wait is shortened by a random part of up to half', () => {
  expect([0, 0.5, 0.999].map((random) => Math.round(delayMs(LINK_TIMES, 1, random)))).toEqual([5_000, 7_500, 9_995]);
});
