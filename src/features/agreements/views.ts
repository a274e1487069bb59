/** Answers of the agreements queries. */
import { z } from 'zod';
import { languages } from '../../kernel/language.ts';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { gazette, instrumentKinds, instrumentLevels } from './acts.ts';

export const instrumentRow = z.strictObject({
  instrument: objectId,
  /** The act that registered it: what a citation pins. */
  revision: hash,
  kind: z.enum(instrumentKinds),
  level: z.enum(instrumentLevels),
  title: label,
  authentic: z.array(z.enum(languages)),
  signedOn: z.string(),
  place: label.optional(),
  offices: z.array(z.strictObject({ party: partyId, office: label })),
  inForceOn: z.string().optional(),
  gazettes: z.array(gazette),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  /** Who registered it, and when by their own clock. */
  party: partyId,
  at: instant,
  scope: z.string(),
});
export type InstrumentRow = z.infer<typeof instrumentRow>;
