import { describe, expect, test } from 'vitest';
import type { Stance, TextState } from '../views.ts';
import { askedOf, awaited } from './asked.ts';

function row(state: TextState, dgsn: Stance['stance'], dgp: Stance['stance']) {
  const stance = (party: string, taken: Stance['stance']): Stance => ({ party, stance: taken, offices: [], keys: [], delivered: true });
  return { state, parties: [stance('dgp', dgp), stance('dgsn', dgsn)] };
}

describe('what a text asks of its reader', () => {
  test.each([
    ['partly-signed', 'none', 'signed', ['sign'], 'sign'],
    ['partly-signed', 'none', 'signed', ['draft'], 'sign-by-others'],
    ['proposed', 'none', 'none', ['sign'], 'sign'],
    ['partly-signed', 'signed', 'none', ['sign'], 'other'],
    ['concluded', 'signed', 'signed', ['sign'], 'none'],
    ['dead', 'none', 'refused', ['sign'], 'none'],
    ['drafting', 'none', 'none', ['draft'], 'write'],
    ['drafting', 'none', 'none', ['sign'], 'none'],
  ] as const)('%s, own stance %s, the other %s, with power to %s: %s', (state, mine, other, powers, expected) => {
    expect(askedOf(row(state, mine, other), 'dgsn', powers)).toBe(expected);
  });

  test('names whose stance is still open', () => {
    expect(awaited(row('partly-signed', 'none', 'signed'))).toEqual(['dgsn']);
  });
});
