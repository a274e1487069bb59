/** The record as it is: logs, checkpoints, acts, and what was checked. */
import { z } from 'zod';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';

export const logView = z.strictObject({
  party: partyId,
  own: z.boolean(),
  epoch: z.int(),
  origin: z.string(),
  size: z.int(),
  root: hash,
  /** Acts with a verdict: [0, decided). */
  decided: z.int(),
  frozenAt: z.int().optional(),
  /** The signed note (checkpoint) with every cosignature known for its size, as text; absent while none was released. */
  note: z.string().optional(),
  /** Per party, up to which size it has stored this log, and when it said so (its own clock). */
  stored: z.array(z.strictObject({ party: partyId, size: z.int(), at: instant.optional() })),
});
export type LogView = z.infer<typeof logView>;

const params = z.record(z.string(), z.union([z.string(), z.number()]));
/** `valid`, not decided yet, or the refusal because of which the act has no effect. */
export const verdict = z.discriminatedUnion('effect', [
  z.strictObject({ effect: z.literal('valid') }),
  z.strictObject({ effect: z.literal('undecided') }),
  z.strictObject({ effect: z.literal('none'), code: z.string(), params: params.optional() }),
]);

/** A reader without the right sees position and digest only. */
export const actRow = z.discriminatedUnion('readable', [
  z.strictObject({ readable: z.literal(false), party: partyId, index: z.int(), act: hash }),
  z.strictObject({
    readable: z.literal(true), party: partyId, index: z.int(), act: hash, type: z.string(), v: z.int(), at: instant, scope: z.string(),
    offices: z.array(label), verdict,
  }),
]);
export type ActRow = z.infer<typeof actRow>;

export const signatureView = z.strictObject({
  key: hash,
  kind: z.enum(['node', 'passkey', 'root', 'unknown']),
  officer: objectId.optional(),
  office: label.optional(),
});

export const proofView = z.strictObject({
  size: z.int(), root: hash, leaf: hash,
  /** Hashes of the inclusion proof (RFC 6962), from the leaf upwards. */
  path: z.array(hash),
});

export const actView = z.discriminatedUnion('readable', [
  z.strictObject({ readable: z.literal(false), party: partyId, index: z.int(), act: hash, proof: proofView, size: z.int() }),
  z.strictObject({
    readable: z.literal(true), party: partyId, index: z.int(), act: hash, type: z.string(), v: z.int(), at: instant, scope: z.string(),
    verdict,
    /** The signed bytes: as they stand, and indented for reading. */
    bytes: z.string(), pretty: z.string(),
    /** The leaf: the exact bytes of the DSSE envelope. */
    envelope: z.string(),
    signatures: z.array(signatureView),
    parts: z.array(z.strictObject({ part: hash, class: z.string(), media: z.string(), size: z.int(), state: z.enum(['held', 'missing', 'erased', 'withheld']) })),
    proof: proofView,
    /** Size of the log now: for the neighbours. */
    size: z.int(),
  }),
]);
export type ActView = z.infer<typeof actView>;

/** One thing that was checked just now: `record.check.<check>` is its sentence. */
export const checkView = z.strictObject({
  check: z.string(),
  outcome: z.enum(['holds', 'fails', 'not-checked']),
  params: params.optional(),
});

export const verification = z.strictObject({
  party: partyId,
  index: z.int().optional(),
  at: instant,
  /** True when nothing failed. What could not be checked is said in `checks`. */
  holds: z.boolean(),
  checks: z.array(checkView),
});
export type Verification = z.infer<typeof verification>;

export const evidenceView = z.strictObject({ id: z.string(), party: partyId, at: instant, code: z.string() });

/** What could be given back if this node were lost: by the other parties, and from copies made here. */
export const backupView = z.strictObject({
  /** Size of the own log. */
  size: z.int(),
  /** Per other party, how much of the own log it could give back. */
  heldBy: z.array(z.strictObject({ party: partyId, size: z.int() })),
  /** The last copy of the database by `alternat backup`; absent: none was made by this command. */
  database: z.strictObject({ madeAt: instant, size: z.int() }).optional(),
  /** The last copy of the key store. */
  keys: z.strictObject({ madeAt: instant }).optional(),
  /** `postgres`: copies are made by the server's own tools, and this node does not know of them. */
  engine: z.enum(['sqlite', 'postgres']),
});
export type BackupView = z.infer<typeof backupView>;
