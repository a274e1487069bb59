/**
 * Acts of the committee. docs/spec/registers.md. Frozen once published.
 *
 * A *body* is the Strategic Security Committee, the follow-up committee or a technical subcommittee.
 * How it is chaired and whether it must meet every year are data, taken from the instrument that made it.
 */
import { z } from 'zod';
import { hash, objectId } from '../../record/act.ts';
import { PLAIN_DATE } from '../../kernel/time.ts';
import { labelRef } from '../labels/published.ts';

export const bodyKinds = ['committee', 'follow-up', 'technical-subcommittee'] as const;
export const chairings = ['co-chairs', 'host-chairs'] as const;

export const bodyCreateV1 = z.strictObject({
  body: objectId,
  kind: z.enum(bodyKinds),
  name: labelRef,
  /** The body to which it proposes and reports; subcommittees decide nothing themselves. */
  parent: objectId.optional(),
  chairing: z.enum(chairings),
  /** Must meet every year: a missed session raises an alarm. */
  yearly: z.boolean(),
  createdOn: z.string().regex(PLAIN_DATE).optional(),
  /** The instrument or declaration that created it, as registered by the cited act. */
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: labelRef.optional(),
  recordedAfterwards: z.boolean(),
});
export type BodyCreate = z.infer<typeof bodyCreateV1>;
