import { handle, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { registerEntries } from '../../registers/server/published.ts';
import type { BodyCreate } from '../acts.ts';
import { createBody } from '../commands.ts';
import { createBodyOperation, getBody, listBodies } from '../contract.ts';
import { bodyRowOf } from './published.ts';

export const committeeRoutes: readonly Route[] = [
  handle(listBodies, async ({ node, reader }) => ok({ rows: (await registerEntries<BodyCreate>(node, reader, ['committee'])).map(bodyRowOf) })),
  handle(getBody, async ({ node, reader }, { params }) => {
    const [entry] = await registerEntries<BodyCreate>(node, reader, ['committee'], params.body);
    return entry === undefined ? refuse('committee.unknown') : ok(bodyRowOf(entry));
  }),
  handle(createBodyOperation, ({ node, actor }, { body }) => node.submit([createBody(body, node.mint)], actor)),
];
