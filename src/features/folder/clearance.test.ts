import { expect, test } from 'vitest';
import { stateOf, stepFor, substituteOn, turnsOf, type Absence, type Step } from './clearance.ts';

const steps = (...outcomes: Step['outcome'][]): Step[] => outcomes.map((outcome, n) => ({ n, officer: `ma.${n}`, outcome }));
const away: Absence[] = [
  { officer: 'ma.0', substitute: 'ma.8', from: '2026-11-20', to: '2026-11-25' },
  { officer: 'ma.0', substitute: 'ma.9', from: '2026-11-23', to: '2026-11-23' },
];

test('in sequence one answers after the other; in parallel all may answer', () => {
  expect(turnsOf(steps('cleared', 'waiting', 'waiting'), 'sequence').map(({ n }) => n)).toEqual([1]);
  expect(turnsOf(steps('cleared', 'waiting', 'waiting'), 'parallel').map(({ n }) => n)).toEqual([1, 2]);
});

test('one return sends the text back and ends every other turn', () => {
  const returned = steps('cleared', 'returned', 'waiting');
  expect(stateOf(returned)).toBe('returned');
  expect(turnsOf(returned, 'parallel')).toEqual([]);
});

test('cleared means cleared by everybody', () => {
  expect(stateOf(steps('cleared', 'waiting'))).toBe('clearing');
  expect(stateOf(steps('cleared', 'cleared'))).toBe('cleared');
});

test('a substitute stands in from the first day to the last, the one entered last first', () => {
  expect(substituteOn(away, 'ma.0', '2026-11-19')).toBe(undefined);
  expect(substituteOn(away, 'ma.0', '2026-11-20')).toBe('ma.8');
  expect(substituteOn(away, 'ma.0', '2026-11-23')).toBe('ma.9');
  expect(substituteOn(away, 'ma.0', '2026-11-25')).toBe('ma.8');
  expect(substituteOn(away, 'ma.0', '2026-11-26')).toBe(undefined);
});

test('who stands in answers the step of the absent, their own first, and never out of turn', () => {
  expect(stepFor(steps('waiting', 'waiting'), 'sequence', 'ma.9', away, '2026-11-23')?.n).toBe(0);
  expect(stepFor(steps('waiting', 'waiting'), 'sequence', 'ma.8', away, '2026-11-23')).toBe(undefined);
  expect(stepFor(steps('waiting', 'waiting'), 'sequence', 'ma.1', away, '2026-11-23')).toBe(undefined);
  const both: Absence[] = [{ officer: 'ma.0', substitute: 'ma.1', from: '2026-11-23', to: '2026-11-23' }];
  expect(stepFor(steps('waiting', 'waiting'), 'parallel', 'ma.1', both, '2026-11-23')?.n).toBe(1);
  expect(stepFor(steps('waiting', 'cleared'), 'parallel', 'ma.1', both, '2026-11-23')?.n).toBe(0);
});
