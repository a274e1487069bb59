import { describe, expect, test } from 'vitest';
import { filtersOf, isFiltered, withFilter } from './filters.ts';

describe('filters in the address', () => {
  test('known values are read, others left out', () => {
    expect(filtersOf({ state: 'proposed', kind: 'communique', q: 'حدود', page: 3 })).toEqual({ state: 'proposed', kind: 'communique', q: 'حدود' });
    expect(filtersOf({ state: 'approved', kind: 'X Y', q: '  ' })).toEqual({});
  });

  test('a search for digits alone is still a search', () => {
    expect(filtersOf({ q: 2014 })).toEqual({ q: '2014' });
  });

  test('one filter changes without the others; an empty one goes', () => {
    const filters = filtersOf({ state: 'dead', q: 'x' });
    expect(withFilter(filters, 'state', 'concluded')).toEqual({ state: 'concluded', q: 'x' });
    expect(withFilter(filters, 'state', '')).toEqual({ q: 'x' });
    expect(isFiltered(withFilter(withFilter(filters, 'state', ''), 'q', ''))).toBe(false);
  });
});
