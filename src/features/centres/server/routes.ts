import { handle, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { registerEntries } from '../../registers/server/published.ts';
import type { CentreRegister } from '../acts.ts';
import { registerCentre } from '../commands.ts';
import { getCentre, listCentres, registerCentreOperation } from '../contract.ts';
import { centreRowOf } from './published.ts';

export const centresRoutes: readonly Route[] = [
  handle(listCentres, async ({ node, reader }) => ok({ rows: (await registerEntries<CentreRegister>(node, reader, ['centre'])).map(centreRowOf) })),
  handle(getCentre, async ({ node, reader }, { params }) => {
    const [entry] = await registerEntries<CentreRegister>(node, reader, ['centre'], params.centre);
    return entry === undefined ? refuse('centre.unknown') : ok(centreRowOf(entry));
  }),
  handle(registerCentreOperation, ({ node, actor }, { body }) => node.submit([registerCentre(body, node.mint)], actor)),
];
