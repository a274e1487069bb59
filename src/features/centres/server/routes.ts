import { handle, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { registerEntries, type Entry } from '../../registers/server/published.ts';
import type { CentreRegister } from '../acts.ts';
import { registerCentre } from '../commands.ts';
import { getCentre, listCentres, registerCentreOperation } from '../contract.ts';
import type { CentreRow } from '../views.ts';

export const centresRoutes: readonly Route[] = [
  handle(listCentres, async ({ node, reader }) => ok({ rows: (await registerEntries<CentreRegister>(node, reader, ['centre'])).map(centreRowOf) })),
  handle(getCentre, async ({ node, reader }, { params }) => {
    const [entry] = await registerEntries<CentreRegister>(node, reader, ['centre'], params.centre);
    return entry === undefined ? refuse('centre.unknown') : ok(centreRowOf(entry));
  }),
  handle(registerCentreOperation, ({ node, actor }, { body }) => node.submit([registerCentre(body, node.mint)], actor)),
];

function centreRowOf(entry: Entry<CentreRegister>): CentreRow {
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
