/** What other slices show of bodies. */
import type { Entry } from '../../registers/server/published.ts';
import type { BodyCreate } from '../acts.ts';
import type { BodyRow } from '../views.ts';

/** The row of an entry. */
export function bodyRowOf(entry: Entry<BodyCreate>): BodyRow {
  const { body } = entry;
  return {
    body: entry.id,
    revision: entry.revision,
    kind: body.kind,
    name: entry.label(body.name),
    ...(body.parent === undefined ? {} : { parent: body.parent }),
    chairing: body.chairing,
    yearly: body.yearly,
    ...(body.createdOn === undefined ? {} : { createdOn: body.createdOn }),
    ...(body.instrument === undefined ? {} : { instrument: body.instrument }),
    ...(body.source === undefined ? {} : { source: entry.label(body.source) }),
    recordedAfterwards: body.recordedAfterwards,
    party: entry.party,
    at: entry.at,
    scope: entry.scope,
  };
}
