import { ok, refuse } from '../../../kernel/result.ts';
import { handle, type Route } from '../../../http/handler.ts';
import { registerEntries, type Entry } from '../../registers/server/published.ts';
import type { InstrumentRegister } from '../acts.ts';
import { registerInstrument } from '../commands.ts';
import { getInstrument, listInstruments, registerInstrumentOperation } from '../contract.ts';
import type { InstrumentRow } from '../views.ts';

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

/** The row of an entry; newest signature first in lists. */
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
