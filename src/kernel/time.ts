/**
 * Instants are UTC with milliseconds (`2026-11-23T10:42:00.000Z`), dates are calendar dates
 * (`2014-03-06`); both are strings in acts. A meeting time is a `ZonedTime`: the host's wall time
 * with offset and zone, because tzdata of two nodes may differ and Africa/Casablanca has no rule.
 * Nothing here reads a clock or a zone table; rules never compare times (architecture: dates never decide validity).
 */
export type Instant = string;
export type PlainDate = string;

export const INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
export const PLAIN_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** A date of which the day, or month and day, is not known: `2013-04`, `2013`. Text order is order in time. */
export const PARTIAL_DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
/** Wall time with offset and zone, e.g. `2014-03-06T09:00:00+00:00[Africa/Casablanca]` (RFC 9557). */
export const ZONED_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}\[[A-Za-z_]+(?:\/[A-Za-z_+-]+)*\]$/;

export function instantOf(millis: number): Instant {
  return new Date(millis).toISOString();
}

export function millisOf(instant: Instant): number {
  return Date.parse(instant);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True when the date is written as `PLAIN_DATE` and exists in the Gregorian calendar (no 30 February). */
export function isCalendarDate(date: PlainDate): boolean {
  if (!PLAIN_DATE.test(date)) return false;
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (DAYS[month - 1] as number) + (leap ? 1 : 0);
}
