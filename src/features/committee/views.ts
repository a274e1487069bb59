/** Answers of the committee queries. */
import { z } from 'zod';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { bodyKinds, chairings } from './acts.ts';

export const bodyRow = z.strictObject({
  body: objectId,
  revision: hash,
  kind: z.enum(bodyKinds),
  name: label,
  parent: objectId.optional(),
  chairing: z.enum(chairings),
  yearly: z.boolean(),
  createdOn: z.string().optional(),
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  party: partyId,
  at: instant,
  scope: z.string(),
});
export type BodyRow = z.infer<typeof bodyRow>;
