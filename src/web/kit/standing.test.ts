import { expect, test } from 'vitest';
import { languagesOwnFirst, ownFirst, type StandingParty } from './standing.tsx';

function party(id: string, language: 'ar' | 'es' | 'fr'): StandingParty {
  return { id, name: {}, short: {}, country: 'XX', language, zone: 'Europe/Madrid' };
}
const dgp = party('dgp', 'es');
const dgsn = party('dgsn', 'ar');
const third = party('third', 'fr');

test('the own party comes first and the others keep the order of the charter', () => {
  expect(ownFirst([dgp, dgsn, third], 'dgsn').map(({ id }) => id)).toEqual(['dgsn', 'dgp', 'third']);
  expect(ownFirst([dgp, dgsn, third], 'dgp').map(({ id }) => id)).toEqual(['dgp', 'dgsn', 'third']);
});

test('languages follow the parties, own first, then those that no party speaks', () => {
  expect(languagesOwnFirst(['ar', 'en', 'es'], [dgp, dgsn], 'dgp')).toEqual(['es', 'ar', 'en']);
  expect(languagesOwnFirst(['ar', 'en', 'es'], [dgp, dgsn], 'dgsn')).toEqual(['ar', 'es', 'en']);
});
