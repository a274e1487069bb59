/** Answers of the centres queries. */
import { z } from 'zod';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';

export const centreRow = z.strictObject({
  centre: objectId,
  revision: hash,
  port: label,
  host: partyId,
  locode: z.string().optional(),
  openedOn: z.string().optional(),
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  party: partyId,
  at: instant,
  scope: z.string(),
});
export type CentreRow = z.infer<typeof centreRow>;
