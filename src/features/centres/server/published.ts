/** What other slices show of centres. */
import type { Entry } from '../../registers/server/published.ts';
import type { CentreRegister } from '../acts.ts';
import type { CentreRow } from '../views.ts';

/** The row of an entry. */
export function centreRowOf(entry: Entry<CentreRegister>): CentreRow {
  const { body } = entry;
  return {
    centre: entry.id,
    revision: entry.revision,
    port: entry.label(body.port),
    host: body.host,
    ...(body.locode === undefined ? {} : { locode: body.locode }),
    ...(body.openedOn === undefined ? {} : { openedOn: body.openedOn }),
    ...(body.instrument === undefined ? {} : { instrument: body.instrument }),
    ...(body.source === undefined ? {} : { source: entry.label(body.source) }),
    recordedAfterwards: body.recordedAfterwards,
    party: entry.party,
    at: entry.at,
    scope: entry.scope,
  };
}
