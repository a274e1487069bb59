/** Instants as wall time of several zones. Pure: the zone table is the runtime's (tzdata). */
import type { Instant, PlainDate } from '../../kernel/time.ts';

export interface ZoneOf {
  readonly zone: string;
  readonly country: string;
}

export interface WallTime extends ZoneOf {
  readonly date: string;
  readonly time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) formats.set(key, found = new Intl.DateTimeFormat(locale, options));
  return found;
}

const DATE: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** The instant in each zone, in the given order; a zone that is named twice is shown once. */
export function wallTimes(at: Instant, zones: readonly ZoneOf[], locale: string): readonly WallTime[] {
  const millis = Date.parse(at);
  const seen = new Set<string>();
  const times: WallTime[] = [];
  for (const { zone, country } of zones) {
    if (seen.has(zone)) continue;
    seen.add(zone);
    times.push({
      zone, country,
      date: format(locale, { ...DATE, timeZone: zone }).format(millis),
      time: format(locale, { ...TIME, timeZone: zone }).format(millis),
    });
  }
  return times;
}

/** A calendar date; it belongs to no zone. `weekday` for dates that people meet on. */
export function plainDateText(on: PlainDate, locale: string, weekday = false): string {
  // `2013-04` and `2013` say no more than they know.
  const [year, month, day] = on.split('-');
  const shown: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month !== undefined) shown.month = 'long';
  if (day !== undefined) shown.day = 'numeric';
  if (day !== undefined && weekday) shown.weekday = 'long';
  return format(locale, shown).format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
}

/** A date as `wallTimes` writes it: for a wall time that is not computed. */
export function wallDate(on: PlainDate, locale: string): string {
  return format(locale, { ...DATE, timeZone: 'UTC' }).format(Date.parse(`${on}T00:00:00Z`));
}

/**
 * A meeting's time (RFC 9557): the wall time exactly as written, its zone, and the instant. The wall
 * time is not recomputed from the zone, because tzdata here may differ from that of the writer.
 */
export function parseZoned(text: string): { date: PlainDate; time: string; zone: string; at: Instant } | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}[+-]\d{2}:\d{2}\[([^\]]+)\]$/.exec(text);
  if (found === null) return undefined;
  const [, date, time, zone] = found as unknown as [string, string, string, string];
  return { date, time, zone, at: new Date(Date.parse(text.slice(0, text.indexOf('[')))).toISOString() };
}

/** The country's name in the reader's language: how a zone is called on the screens. */
export function countryName(country: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
}
