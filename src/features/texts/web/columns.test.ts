import { describe, expect, test } from 'vitest';
import type { StandingParty } from '../../../web/kit/standing.tsx';
import { columnsFor, type LanguageEntry } from './columns.ts';

function party(id: string, language: StandingParty['language'], country: string, zone: string): StandingParty {
  return { id, name: { [language]: id }, short: { [language]: id }, country, language, zone };
}
const parties = [party('dgp', 'es', 'ES', 'Europe/Madrid'), party('dgsn', 'ar', 'MA', 'Africa/Casablanca')];
const entries: LanguageEntry[] = [
  { lang: 'fr', authority: 'working' }, { lang: 'es', authority: 'authentic' },
  { lang: 'en', authority: 'working' }, { lang: 'ar', authority: 'authentic' },
];

describe('columns under the alternat', () => {
  test("the copy's own language comes first and the columns run its way", () => {
    expect(columnsFor(entries, parties, 'dgsn')).toEqual({ authentic: ['ar', 'es'], working: ['fr', 'en'], direction: 'rtl' });
    expect(columnsFor(entries, parties, 'dgp')).toEqual({ authentic: ['es', 'ar'], working: ['fr', 'en'], direction: 'ltr' });
  });

  test('the order in which the languages were stored plays no part', () => {
    for (const own of ['dgp', 'dgsn']) {
      expect(columnsFor(entries.toReversed(), parties, own)).toEqual(columnsFor(entries, parties, own));
    }
  });

  test('an authentic language that no party calls its own follows those that have one', () => {
    const all: LanguageEntry[] = [{ lang: 'en', authority: 'authentic' }, { lang: 'ar', authority: 'authentic' }];
    expect(columnsFor(all, parties, 'dgp')).toEqual({ authentic: ['ar', 'en'], working: [], direction: 'ltr' });
  });

  test('three parties: own first, the others as the charter lists them', () => {
    const three = [...parties, party('pj', 'fr', 'FR', 'Europe/Paris')];
    const all = (['ar', 'es', 'fr'] as const).map((lang) => ({ lang, authority: 'authentic' as const }));
    expect(columnsFor(all, three, 'pj').authentic).toEqual(['fr', 'es', 'ar']);
    expect(columnsFor(all, three, 'dgsn').authentic).toEqual(['ar', 'es', 'fr']);
  });
});
