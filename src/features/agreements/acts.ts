/**
 * Acts of the agreements registry. docs/spec/registers.md. Frozen once published.
 *
 * An instrument is *registered* by one party: what it is, where it stands in the gazettes, since when
 * it is in force. Its force comes from the instrument itself, never from our signatures.
 */
import { z } from 'zod';
import { objectId, partyId } from '../../record/act.ts';
import { languages } from '../../kernel/language.ts';
import { PARTIAL_DATE, PLAIN_DATE } from '../../kernel/time.ts';
import { labelRef } from '../labels/published.ts';

const plainDate = z.string().regex(PLAIN_DATE);

export const instrumentKinds = ['treaty', 'administrative-agreement', 'declaration'] as const;
export const instrumentLevels = ['countries', 'institutions'] as const;

/** Where an official gazette printed it, e.g. ES, BOE, 116. */
export const gazette = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  series: z.string().regex(/^[A-Z]{1,12}$/),
  number: z.string().regex(/^[A-Za-z0-9./-]{1,40}$/),
  on: plainDate,
});

export const instrumentRegisterV1 = z.strictObject({
  instrument: objectId,
  kind: z.enum(instrumentKinds),
  /** Between the two countries, or between the two institutions: not the same kind of commitment. */
  level: z.enum(instrumentLevels),
  title: labelRef,
  /** Languages in which the instrument itself is authentic; other titles are working translations. */
  authentic: z.array(z.enum(languages)).min(1).max(4),
  signed: z.strictObject({
    /** The day; or the month or year where sources say no more. */
    on: z.string().regex(PARTIAL_DATE),
    place: labelRef.optional(),
    /** Offices, never persons. */
    offices: z.array(z.strictObject({ party: partyId, office: labelRef })).max(16),
  }),
  inForceOn: plainDate.optional(),
  gazettes: z.array(gazette).max(8),
  source: labelRef.optional(),
  /** Entered afterwards from public sources or paper: raises no alarm. */
  recordedAfterwards: z.boolean(),
});
export type InstrumentRegister = z.infer<typeof instrumentRegisterV1>;
