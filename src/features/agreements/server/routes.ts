import { ok, refuse } from '../../../kernel/result.ts';
import { handle, type Route } from '../../../http/handler.ts';
import { registerEntries } from '../../registers/server/published.ts';
import type { InstrumentRegister } from '../acts.ts';
import { registerInstrument } from '../commands.ts';
import { getInstrument, listInstruments, registerInstrumentOperation } from '../contract.ts';
import { instrumentRowOf } from './published.ts';

export const agreementsRoutes: readonly Route[] = [
  handle(listInstruments, async ({ node, reader }, { query }) => {
    const entries = await registerEntries<InstrumentRegister>(node, reader, ['instrument']);
    const rows = entries.map(instrumentRowOf)
      .filter((row) => (query.kind === undefined || row.kind === query.kind) && (query.level === undefined || row.level === query.level))
      .sort((a, b) => (a.signedOn < b.signedOn ? 1 : a.signedOn > b.signedOn ? -1 : 0));
    return ok({ rows });
  }),
  handle(getInstrument, async ({ node, reader }, { params }) => {
    const [entry] = await registerEntries<InstrumentRegister>(node, reader, ['instrument'], params.instrument);
    return entry === undefined ? refuse('agreement.unknown') : ok(instrumentRowOf(entry));
  }),
  handle(registerInstrumentOperation, ({ node, actor }, { body }) => node.submit([registerInstrument(body, node.mint)], actor)),
];
