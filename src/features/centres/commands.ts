import type { z } from 'zod';
import type { ActDraft, Mint } from '../../node/node.ts';
import { labelPart } from '../labels/published.ts';
import type { CentreRegister } from './acts.ts';
import type { registerCentreInput } from './contract.ts';

export type RegisterCentre = z.infer<typeof registerCentreInput>;

/** The act that registers a centre; its id is in the body. */
export function registerCentre(input: RegisterCentre, mint: Mint): ActDraft & { readonly body: CentreRegister } {
  const port = labelPart(mint, input.port);
  const source = input.source === undefined ? undefined : labelPart(mint, input.source);
  const body: CentreRegister = {
    centre: mint.id(),
    port: port.ref,
    host: input.host,
    ...(input.locode === undefined ? {} : { locode: input.locode }),
    ...(input.openedOn === undefined ? {} : { openedOn: input.openedOn }),
    ...(input.instrument === undefined ? {} : { instrument: input.instrument }),
    ...(source === undefined ? {} : { source: source.ref }),
    recordedAfterwards: input.recordedAfterwards,
  };
  return { type: 'centre.register', v: 1, scope: input.scope ?? 'space', body, parts: source === undefined ? [port] : [port, source] };
}
