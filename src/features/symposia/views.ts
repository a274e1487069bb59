/** Answers of the symposia queries. */
import { z } from 'zod';
import { languages } from '../../kernel/language.ts';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';

export const seriesRow = z.strictObject({
  series: objectId,
  revision: hash,
  title: label,
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  party: partyId,
  at: instant,
  scope: z.string(),
});
export type SeriesRow = z.infer<typeof seriesRow>;

export const editionRow = z.strictObject({
  edition: objectId,
  revision: hash,
  series: objectId,
  number: z.int(),
  host: partyId,
  place: label,
  from: z.string(),
  to: z.string(),
  opensAt: z.string().optional(),
  title: label,
  authentic: z.array(z.enum(languages)),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  party: partyId,
  at: instant,
  scope: z.string(),
});
export type EditionRow = z.infer<typeof editionRow>;
