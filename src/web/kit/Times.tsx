/** Times in the zones of all parties, the own one first. */
import { useIntl } from 'react-intl';
import type { Instant, PlainDate } from '../../kernel/time.ts';
import { usePartiesOwnFirst } from './standing.tsx';
import { countryName, parseZoned, plainDateText, wallDate, wallTimes, type WallTime, type ZoneOf } from './zones.ts';

/** An instant: `Tue 24 Nov 2026, 10:42 Morocco, 11:42 Spain`; the date is repeated only where it differs. */
export function Moment({ at }: { at: Instant }) {
  const { locale } = useIntl();
  const parties = usePartiesOwnFirst();
  return <time className="moment" dateTime={at}><Walls walls={wallTimes(at, parties, locale)} locale={locale} /></time>;
}

function Walls({ walls, locale }: { walls: readonly WallTime[]; locale: string }) {
  return (
    <>
      {walls.map((wall, index) => (
        <span key={wall.zone} className="wall">
          {index === 0 ? null : ' '}
          {index === 0 || wall.date !== walls[0]?.date ? <><span className="wall-date">{wall.date}</span>{' '}</> : null}
          <span className="wall-time"><bdi>{wall.time}</bdi> <span className="wall-zone">{countryName(wall.country, locale)}</span></span>
        </span>
      ))}
    </>
  );
}

/** A meeting: the host's wall time as written comes first and governs; the other zones are computed. */
export function MeetingTime({ at }: { at: string }) {
  const { locale } = useIntl();
  const parties = usePartiesOwnFirst();
  const parsed = parseZoned(at);
  if (parsed === undefined) return <bdi dir="ltr">{at}</bdi>;
  const host: ZoneOf = parties.find((party) => party.zone === parsed.zone) ?? { zone: parsed.zone, country: '' };
  const first: WallTime = { ...host, date: wallDate(parsed.date, locale), time: parsed.time };
  const others = wallTimes(parsed.at, parties.filter((party) => party.zone !== parsed.zone), locale);
  return <time className="moment" dateTime={parsed.at}><Walls walls={[first, ...others]} locale={locale} /></time>;
}

/** A calendar date. */
export function DateOn({ on, weekday = false }: { on: PlainDate; weekday?: boolean }) {
  const { locale } = useIntl();
  return <time className="date-on" dateTime={on}>{plainDateText(on, locale, weekday)}</time>;
}

/** The moment as plain text, for sentences of a message. */
export function useMomentText(): (at: Instant) => string {
  const { locale } = useIntl();
  const parties = usePartiesOwnFirst();
  return (at) => wallTimes(at, parties, locale)
    .map((wall, index, all) => `${index === 0 || wall.date !== all[0]?.date ? `${wall.date} ` : ''}${wall.time} (${countryName(wall.country, locale)})`)
    .join(locale.startsWith('ar') ? '، ' : ', ');
}
