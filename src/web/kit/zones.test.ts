import { expect, test } from 'vitest';
import { countryName, parseZoned, plainDateText, wallDate, wallTimes } from './zones.ts';
import { localeTags } from '../i18n/locale.ts';

const MA = { zone: 'Africa/Casablanca', country: 'MA' };
const ES = { zone: 'Europe/Madrid', country: 'ES' };

function hours(at: string): string[] {
  return wallTimes(at, [MA, ES], localeTags.en).map((wall) => wall.time);
}

test('Casablanca follows its own history: UTC+0 in March 2014, UTC+1 in March 2024, UTC+0 in Ramadan 2025', () => {
  expect(hours('2014-03-06T09:00:00.000Z')).toEqual(['09:00', '10:00']);
  expect(hours('2024-03-06T08:00:00.000Z')).toEqual(['09:00', '09:00']);
  expect(hours('2025-03-06T09:00:00.000Z')).toEqual(['09:00', '10:00']);
});

test('the zones stand in the given order and a zone named twice is shown once', () => {
  expect(wallTimes('2026-11-24T10:42:00.000Z', [ES, MA, ES], localeTags.es).map((wall) => wall.country)).toEqual(['ES', 'MA']);
});

test('each zone has its own date around midnight', () => {
  const dates = wallTimes('2026-07-01T22:30:00.000Z', [MA, ES], localeTags.en).map((wall) => wall.date);
  expect(dates).toEqual(['Wed, 1 Jul 2026', 'Thu, 2 Jul 2026']);
});

test('digits are Western in every language', () => {
  for (const locale of Object.values(localeTags)) {
    const [wall] = wallTimes('2014-03-06T09:00:00.000Z', [MA], locale);
    expect(`${wall?.date} ${wall?.time} ${plainDateText('2014-03-06', locale)}`).toMatch(/2014/);
    expect(wall?.time).toBe('09:00');
    expect(`${wall?.date}${plainDateText('2014-03-06', locale, true)}`).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/);
  }
});

test('Arabic uses the Gregorian calendar with the month names of Morocco', () => {
  expect(plainDateText('2013-11-27', localeTags.ar)).toBe('27 نونبر 2013');
});

test('a date of which only the month or the year is known says no more', () => {
  expect(plainDateText('2013-04', localeTags.es)).toBe('abril de 2013');
  expect(plainDateText('2013', localeTags.fr)).toBe('2013');
});

test('a meeting keeps its wall time as written, whatever this machine thinks of the zone', () => {
  const parsed = parseZoned('2014-03-06T09:00:00+00:00[Africa/Casablanca]');
  expect(parsed).toEqual({ date: '2014-03-06', time: '09:00', zone: 'Africa/Casablanca', at: '2014-03-06T09:00:00.000Z' });
  expect(parseZoned('2014-03-06T09:00:00+05:00[Africa/Casablanca]')?.time).toBe('09:00');
  expect(parseZoned('2014-03-06T09:00:00Z')).toBeUndefined();
});

test('a date written beside a wall time is not moved by any zone', () => {
  expect(wallDate('2014-03-06', localeTags.es)).toBe('jue, 6 mar 2014');
});

test('zones are called by the country in the language of the reader', () => {
  expect(['ar', 'es', 'fr', 'en'].map((language) => countryName('ES', localeTags[language as 'ar']))).toEqual(['إسبانيا', 'España', 'Espagne', 'Spain']);
});
