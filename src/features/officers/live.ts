/**
 * What `/api/live` sends (server-sent events, each `data:` one JSON of this shape). It says that
 * something changed and where, never what: the page reads again, under the rules of reading.
 */
import { z } from 'zod';
import { instant, partyId } from '../../record/act.ts';

export const LIVE_PATH = '/api/live';

export const liveEvent = z.discriminatedUnion('kind', [
  /** First event of a connection. */
  z.strictObject({ kind: z.literal('hello'), now: instant }),
  /** A log grew to `size`. `types`: of the new acts that this reader may read, sorted, unique. */
  z.strictObject({ kind: z.literal('appended'), party: partyId, size: z.int(), types: z.array(z.string()) }),
  /** `party` has stored our log up to `size`. */
  z.strictObject({ kind: z.literal('delivered'), party: partyId, size: z.int() }),
  z.strictObject({ kind: z.literal('link'), party: partyId }),
  z.strictObject({ kind: z.literal('state'), state: z.enum(['founding', 'recovering', 'unconfirmed', 'open']) }),
  z.strictObject({ kind: z.literal('alarm'), code: z.string() }),
  /** A local table of this area changed: drafts, folder. Says nothing about which. */
  z.strictObject({ kind: z.literal('local'), area: z.string() }),
  /** The session is over; the page asks to sign in again. No event follows. */
  z.strictObject({ kind: z.literal('ended') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
