/** What other slices may know of agreements: that an instrument was registered, and what it is. */
import type { PlacedAct } from '../../record/act.ts';
import { facts, type Asking } from '../../record/rule.ts';
import type { Hash, ObjectId } from '../../kernel/ids.ts';
import type { RegisterEntry } from '../registers/published.ts';
import type { Searchable } from '../search/published.ts';
import type { InstrumentRegister, instrumentKinds, instrumentLevels } from './acts.ts';

export type { InstrumentRegister } from './acts.ts';
export { instrumentRow } from './views.ts';

/** Fact kind; key: the instrument's id. */
export const INSTRUMENT = 'instrument';

export interface InstrumentFact {
  readonly kind: (typeof instrumentKinds)[number];
  readonly level: (typeof instrumentLevels)[number];
}

/** True when the registration that is cited is in the act's cut: a citation pins the act that it read. */
export function* instrumentCited(instrument: ObjectId, revision: Hash): Asking<boolean> {
  return (yield* facts<InstrumentFact>(INSTRUMENT, instrument)).some((fact) => fact.act === revision);
}

export function searchInstruments(placed: PlacedAct): readonly Searchable[] {
  if (placed.act.type !== 'instrument.register') return [];
  const body = placed.act.body as InstrumentRegister;
  const parts = [body.title, body.signed.place, body.source, ...body.signed.offices.map((office) => office.office)];
  return [{ kind: 'instrument', id: body.instrument, parts: parts.filter((ref) => ref !== undefined).map((ref) => ({ ref })) }];
}

export function instrumentEntry(placed: PlacedAct): RegisterEntry | undefined {
  if (placed.act.type !== 'instrument.register') return undefined;
  return { kind: 'instrument', id: (placed.act.body as InstrumentRegister).instrument };
}
