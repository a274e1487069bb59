/**
 * Acts of the joint police centres. docs/spec/registers.md. Frozen once published.
 * Here a centre only comes to be; its duty log and requests are acts of their own.
 */
import { z } from 'zod';
import { hash, objectId, partyId } from '../../record/act.ts';
import { PLAIN_DATE } from '../../kernel/time.ts';
import { labelRef } from '../labels/published.ts';

export const centreRegisterV1 = z.strictObject({
  centre: objectId,
  /** The port where it stands, e.g. port of Tanger Med. */
  port: labelRef,
  /** The party on whose soil it stands. */
  host: partyId,
  /** UN/LOCODE without space, e.g. MAPTM, ESALG. */
  locode: z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/).optional(),
  openedOn: z.string().regex(PLAIN_DATE).optional(),
  /** The instrument that created it, as registered by the cited act. */
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: labelRef.optional(),
  recordedAfterwards: z.boolean(),
});
export type CentreRegister = z.infer<typeof centreRegisterV1>;
