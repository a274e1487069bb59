import { expect, test } from 'vitest';
import { ordered } from './order.ts';
import type { DeskRow } from './views.ts';

const row = (id: string, band: DeskRow['band'], at: string, dueAt?: string): DeskRow => ({
  id, band, key: 'x', params: {}, labels: {}, by: { party: 'dgp' }, at, href: '/', ...(dueAt === undefined ? {} : { dueAt }),
});

test('waiting before late before due before new; the earliest deadline, then the longest wait', () => {
  const rows = [
    row('n1', 'new', '2026-01-01'), row('n2', 'new', '2026-01-02'),
    row('w2', 'waiting', '2026-01-02'), row('w1', 'waiting', '2026-01-01'), row('w3', 'waiting', '2026-01-09', '2026-02-01'),
    row('d1', 'due-soon', '2026-01-01', '2026-03-02'), row('d2', 'due-soon', '2026-01-01', '2026-03-01'), row('l', 'late', '2026-01-05'),
  ];
  expect(ordered(rows).map(({ id }) => id)).toEqual(['w3', 'w1', 'w2', 'l', 'd2', 'd1', 'n2', 'n1']);
});
