/**
 * Acts of the symposia. docs/spec/registers.md. Frozen once published.
 *
 * A *series* has numbered *editions*, hosted by the parties in turn. Dates are the host's calendar days;
 * the opening is a wall time with offset and zone, because the host's clock governs a meeting.
 */
import { z } from 'zod';
import { hash, objectId, partyId } from '../../record/act.ts';
import { languages } from '../../kernel/language.ts';
import { PLAIN_DATE, ZONED_TIME } from '../../kernel/time.ts';
import { labelRef } from '../labels/published.ts';

export const seriesCreateV1 = z.strictObject({
  series: objectId,
  title: labelRef,
  /** The instrument or declaration it rests on, as registered by the cited act. */
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: labelRef.optional(),
  recordedAfterwards: z.boolean(),
});
export type SeriesCreate = z.infer<typeof seriesCreateV1>;

export const editionRegisterV1 = z.strictObject({
  edition: objectId,
  series: objectId,
  number: z.int().min(1).max(999),
  host: partyId,
  place: labelRef,
  from: z.string().regex(PLAIN_DATE),
  to: z.string().regex(PLAIN_DATE),
  opensAt: z.string().regex(ZONED_TIME).max(80).optional(),
  title: labelRef,
  /** Languages in which the title is authentic; others are working translations. */
  authentic: z.array(z.enum(languages)).min(1).max(4),
  source: labelRef.optional(),
  recordedAfterwards: z.boolean(),
});
export type EditionRegister = z.infer<typeof editionRegisterV1>;
