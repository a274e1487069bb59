import { expect, test } from 'vitest';
import { concordanceOf, holesOf, penOf, stateOf, waitingFor, type ShownRevision } from './state.ts';

const both = ['dgp', 'dgsn'];

test.each([
  [[], 'proposed'],
  [[['dgsn', 'signed']], 'partly-signed'],
  [[['dgsn', 'signed'], ['dgp', 'signed']], 'concluded'],
  [[['dgsn', 'signed'], ['dgp', 'refused']], 'dead'],
  [[['dgsn', 'refused']], 'dead'],
  [[['stranger', 'signed'], ['dgsn', 'signed']], 'partly-signed'],
  [[['stranger', 'refused']], 'proposed'],
] as const)('stances %j give %s', (stances, state) => {
  expect(stateOf(both, new Map(stances.map(([party, stance]) => [party, stance])))).toBe(state);
});

test('the pen goes along the first gift of each holder at its own epoch', () => {
  expect(penOf('dgsn', [])).toEqual({ party: 'dgsn', epoch: 0 });
  expect(penOf('dgsn', [
    { epoch: 0, party: 'dgsn', index: 9, to: 'other' },
    { epoch: 0, party: 'dgsn', index: 4, to: 'dgp' },
    { epoch: 0, party: 'dgp', index: 1, to: 'dgp' },
    { epoch: 1, party: 'dgp', index: 7, to: 'dgsn' },
  ])).toEqual({ party: 'dgsn', epoch: 2 });
});

test('who asked waits until they hold the pen, and no longer after they gave it away', () => {
  const asks = [{ party: 'dgp', index: 5 }];
  expect(waitingFor('dgsn', asks, [])).toEqual(['dgp']);
  expect(waitingFor('dgp', asks, [])).toEqual([]);
  expect(waitingFor('dgsn', asks, [{ epoch: 1, party: 'dgp', index: 8, to: 'dgsn' }])).toEqual([]);
  expect(waitingFor('dgsn', [...asks, { party: 'dgp', index: 9 }], [{ epoch: 1, party: 'dgp', index: 8, to: 'dgsn' }])).toEqual(['dgp']);
});

const ar: ShownRevision = { lang: 'ar', act: 'ar2', tags: { aaaa: '1', bbbb: '2' } };
const es: ShownRevision = { lang: 'es', act: 'es1', tags: { aaaa: '3', cccc: '4' } };

test('a clause without its sibling is a hole in the language that lacks it', () => {
  expect(holesOf([ar, es], ['ar', 'es'])).toEqual([{ clause: 'bbbb', lang: 'es' }, { clause: 'cccc', lang: 'ar' }]);
  expect(holesOf([ar], ['ar', 'es'])).toEqual([{ clause: 'aaaa', lang: 'es' }, { clause: 'bbbb', lang: 'es' }]);
});

test('a mark holds while the words of the clause stay the same in every authentic language', () => {
  const tags: Record<string, Record<string, string>> = { ar1: { aaaa: '1', bbbb: 'x' }, ar0: { aaaa: '0' }, es1: es.tags };
  const mark = (party: string, arabic: string, clauses = ['aaaa', 'bbbb']) => ({
    party, clauses, revisions: [{ lang: 'ar' as const, revision: arabic }, { lang: 'es' as const, revision: 'es1' }],
  });
  const found = concordanceOf([ar, es], [mark('dgsn', 'ar1'), mark('dgp', 'ar0'), mark('dgp', 'gone')], (revision) => tags[revision]);
  expect(found).toEqual([{ clause: 'aaaa', parties: ['dgsn'] }, { clause: 'bbbb', parties: [] }, { clause: 'cccc', parties: [] }]);
});
