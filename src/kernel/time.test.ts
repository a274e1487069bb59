import { expect, test } from 'vitest';
import { isCalendarDate } from './time.ts';

test.each(['2014-03-06', '2012-02-29', '2000-02-29', '2026-12-31'])('%s is a day', (date) => expect(isCalendarDate(date)).toBe(true));
test.each(['2013-02-29', '1900-02-29', '2014-04-31', '2014-02-30', '2014-3-6', '2014-13-01', '06-03-2014', ''])('%s is none', (date) => expect(isCalendarDate(date)).toBe(false));
