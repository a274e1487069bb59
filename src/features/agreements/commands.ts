import type { z } from 'zod';
import type { ActDraft, Mint } from '../../node/node.ts';
import { labelPart } from '../labels/published.ts';
import type { InstrumentRegister } from './acts.ts';
import type { registerInstrumentBody } from './contract.ts';

export type RegisterInstrument = z.infer<typeof registerInstrumentBody>;

/** The act that registers an instrument; its id is in the body. */
export function registerInstrument(input: RegisterInstrument, mint: Mint): ActDraft & { readonly body: InstrumentRegister } {
  const title = labelPart(mint, input.title);
  const place = input.place === undefined ? undefined : labelPart(mint, input.place);
  const source = input.source === undefined ? undefined : labelPart(mint, input.source);
  const offices = input.offices.map(({ party, office }) => ({ party, part: labelPart(mint, office) }));
  const body: InstrumentRegister = {
    instrument: mint.id(),
    kind: input.kind,
    level: input.level,
    title: title.ref,
    authentic: [...input.authentic].sort(),
    signed: {
      on: input.signedOn,
      ...(place === undefined ? {} : { place: place.ref }),
      offices: offices.map(({ party, part }) => ({ party, office: part.ref })),
    },
    ...(input.inForceOn === undefined ? {} : { inForceOn: input.inForceOn }),
    gazettes: input.gazettes,
    ...(source === undefined ? {} : { source: source.ref }),
    recordedAfterwards: input.recordedAfterwards,
  };
  const parts = [title, place, source, ...offices.map(({ part }) => part)].filter((part) => part !== undefined);
  return { type: 'instrument.register', v: 1, scope: input.scope ?? 'space', body, parts };
}
