import { handle, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { registerEntries, type Entry } from '../../registers/server/published.ts';
import type { BodyCreate } from '../acts.ts';
import { createBody } from '../commands.ts';
import { createBodyOperation, getBody, listBodies } from '../contract.ts';
import type { BodyRow } from '../views.ts';

export const committeeRoutes: readonly Route[] = [
  handle(listBodies, async ({ node, reader }) => ok({ rows: (await registerEntries<BodyCreate>(node, reader, ['committee'])).map(bodyRowOf) })),
  handle(getBody, async ({ node, reader }, { params }) => {
    const [entry] = await registerEntries<BodyCreate>(node, reader, ['committee'], params.body);
    return entry === undefined ? refuse('committee.unknown') : ok(bodyRowOf(entry));
  }),
  handle(createBodyOperation, ({ node, actor }, { body }) => node.submit([createBody(body, node.mint)], actor)),
];

function bodyRowOf(entry: Entry<BodyCreate>): BodyRow {
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
