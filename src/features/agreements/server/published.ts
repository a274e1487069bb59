/** What other slices show of agreements. */
import type { Entry } from '../../registers/server/published.ts';
import type { InstrumentRegister } from '../acts.ts';
import type { InstrumentRow } from '../views.ts';

/** The row of an entry. */
export function instrumentRowOf(entry: Entry<InstrumentRegister>): InstrumentRow {
  const { body } = entry;
  return {
    instrument: entry.id,
    revision: entry.revision,
    kind: body.kind,
    level: body.level,
    title: entry.label(body.title),
    authentic: [...body.authentic],
    signedOn: body.signed.on,
    ...(body.signed.place === undefined ? {} : { place: entry.label(body.signed.place) }),
    offices: body.signed.offices.map(({ party, office }) => ({ party, office: entry.label(office) })),
    ...(body.inForceOn === undefined ? {} : { inForceOn: body.inForceOn }),
    gazettes: body.gazettes,
    ...(body.source === undefined ? {} : { source: entry.label(body.source) }),
    recordedAfterwards: body.recordedAfterwards,
    party: entry.party,
    at: entry.at,
    scope: entry.scope,
  };
}
