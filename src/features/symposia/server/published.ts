/** What other slices show of symposia. */
import type { Entry } from '../../registers/server/published.ts';
import type { EditionRegister, SeriesCreate } from '../acts.ts';
import type { EditionRow, SeriesRow } from '../views.ts';

/** The row of a series. */
export function seriesRowOf(entry: Entry<SeriesCreate>): SeriesRow {
  const { body } = entry;
  return {
    series: entry.id,
    revision: entry.revision,
    title: entry.label(body.title),
    ...(body.instrument === undefined ? {} : { instrument: body.instrument }),
    ...(body.source === undefined ? {} : { source: entry.label(body.source) }),
    recordedAfterwards: body.recordedAfterwards,
    party: entry.party,
    at: entry.at,
    scope: entry.scope,
  };
}

/** The row of an edition. */
export function editionRowOf(entry: Entry<EditionRegister>): EditionRow {
  const { body } = entry;
  return {
    edition: entry.id,
    revision: entry.revision,
    series: body.series,
    number: body.number,
    host: body.host,
    place: entry.label(body.place),
    from: body.from,
    to: body.to,
    ...(body.opensAt === undefined ? {} : { opensAt: body.opensAt }),
    title: entry.label(body.title),
    authentic: [...body.authentic],
    ...(body.source === undefined ? {} : { source: entry.label(body.source) }),
    recordedAfterwards: body.recordedAfterwards,
    party: entry.party,
    at: entry.at,
    scope: entry.scope,
  };
}
