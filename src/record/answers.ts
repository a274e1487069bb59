/** Answers of the write path, shared by every slice's contract. */
import { z } from 'zod';
import { hash } from './act.ts';

/** What an officer gets back: recorded here; delivered and concluded come later, by the live events. */
export const receipt = z.strictObject({
  acts: z.array(z.strictObject({ act: hash, index: z.int(), type: z.string() })),
  /** Size of the own log after the commit. */
  size: z.int(),
});
export type Receipt = z.infer<typeof receipt>;

/**
 * An act that waits for signatures. `digest` is the act id; a passkey signs it as its challenge (the
 * 32 bytes, not their text). With `key: node` the page confirms and the node signs.
 */
export const prepared = z.strictObject({
  prepared: z.string(),
  digest: hash,
  type: z.string(),
  /** Which keys of this officer may sign it. */
  keys: z.array(z.strictObject({ kind: z.enum(['passkey', 'node']), key: hash, credential: z.string().optional(), label: z.string() })),
  rpId: z.string(),
  /** Officers who signed already and how many must. */
  signed: z.int(),
  quorum: z.int(),
  expiresAt: z.string(),
});
export type PreparedAnswer = z.infer<typeof prepared>;

/** A completed or still waiting act. */
export const completed = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('recorded'), receipt }),
  z.strictObject({ state: z.literal('waiting'), signed: z.int(), quorum: z.int() }),
]);
