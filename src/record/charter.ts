/**
 * The charter: what the space is. Space id = SHA-256 of the genesis charter's canonical bytes; the
 * charter itself has no `space` member. docs/spec/charter.md.
 */
import { z } from 'zod';
import { hash, partyId } from './act.ts';
import { languages } from '../kernel/language.ts';

const publicKey = z.base64().length(44);
export const label = z.strictObject({
  ar: z.string().min(1).max(300).optional(),
  es: z.string().min(1).max(300).optional(),
  fr: z.string().min(1).max(300).optional(),
  en: z.string().min(1).max(300).optional(),
});

export const charterParty = z.strictObject({
  id: partyId,
  /** The party's own name, in each language. Institution names are not personal data. */
  name: label,
  /** Short name per language, e.g. DGSN. */
  short: label,
  country: z.string().regex(/^[A-Z]{2}$/),
  /** The language that comes first on this party's node and in its original. */
  language: z.enum(languages),
  zone: z.string().regex(/^[A-Za-z_]+\/[A-Za-z_]+$/),
  /** Ed25519 public keys, base64 of 32 bytes. Distinct: root (offline), log, cosigner. */
  root: publicKey,
  log: publicKey,
  epoch: z.int().min(1),
  /** How many officers with the power `sign` must sign a stance, in one envelope. */
  quorum: z.int().min(1).max(8),
});
export type CharterParty = z.infer<typeof charterParty>;

export const charter = z.strictObject({
  v: z.literal(1),
  /** Version of the rules by which acts are judged. */
  rules: z.int().min(1),
  name: label,
  /** Sorted by id. */
  parties: z.array(charterParty).min(2).max(16),
  /** Authentic languages, sorted. */
  authentic: z.array(z.enum(languages)).min(1).max(4),
  /** True: an exercise; every surface says that no institution made these acts. */
  exercise: z.boolean(),
  /** Highest mark the space may hold (TLP 2.0). */
  highestMark: z.enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']),
  limits: z.strictObject({ textBytes: z.int().min(1).max(1_048_576), fileBytes: z.int().min(1).max(1_073_741_824) }),
  /** Retention in days per part class. */
  retention: z.strictObject({ file: z.int().min(1), personal: z.int().min(1) }),
  /** Random, so that two spaces with equal terms differ. */
  nonce: hash,
});
export type Charter = z.infer<typeof charter>;
