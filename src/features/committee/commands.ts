import type { z } from 'zod';
import type { ActDraft, Mint } from '../../node/node.ts';
import { labelPart } from '../labels/published.ts';
import type { BodyCreate } from './acts.ts';
import type { createBodyInput } from './contract.ts';

export type CreateBody = z.infer<typeof createBodyInput>;

/** The act that creates a body; its id is in the act's body. */
export function createBody(input: CreateBody, mint: Mint): ActDraft & { readonly body: BodyCreate } {
  const name = labelPart(mint, input.name);
  const source = input.source === undefined ? undefined : labelPart(mint, input.source);
  const body: BodyCreate = {
    body: mint.id(),
    kind: input.kind,
    name: name.ref,
    ...(input.parent === undefined ? {} : { parent: input.parent }),
    chairing: input.chairing,
    yearly: input.yearly,
    ...(input.createdOn === undefined ? {} : { createdOn: input.createdOn }),
    ...(input.instrument === undefined ? {} : { instrument: input.instrument }),
    ...(source === undefined ? {} : { source: source.ref }),
    recordedAfterwards: input.recordedAfterwards,
  };
  return { type: 'body.create', v: 1, scope: input.scope ?? 'space', body, parts: source === undefined ? [name] : [name, source] };
}
