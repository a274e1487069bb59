/**
 * The strict codec of acts: bytes ↔ `Act`. docs/spec/act.md.
 *
 * One act has one encoding. Whatever a peer's log holds is decoded here and nowhere else; bytes that
 * do not decode are a leaf without effect, with the same refusal code on every node.
 */
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { ACT_SIZE_MAX, ACT_TYPE, actShape, type Act } from './act.ts';
import { isActShape } from './act-shape.ts';
import type { Engine } from './engine.ts';
import { actId, parseEnvelope, type EnvelopeSignature } from './envelope.ts';
import { encodeCanonical, parseCanonical } from './json.ts';

/** A leaf taken apart: the act, its id and the signatures over it. */
export interface Entry {
  readonly act: Act;
  readonly id: Hash;
  readonly payload: Bytes;
  readonly signatures: readonly EnvelopeSignature[];
}

/** The act of canonical bytes. Refusals `act.too-large`, `act.not-canonical`, `act.malformed`. */
export function decodeAct(bytes: Uint8Array): Result<Act> {
  if (bytes.length > ACT_SIZE_MAX) return refuse('act.too-large', { size: bytes.length, max: ACT_SIZE_MAX });
  const value = parseCanonical(bytes);
  if (!value.ok) return refuse('act.not-canonical', { reason: value.refusal.code });
  return actOf(value.value);
}

/** Bytes of an act, or what `decodeAct` would refuse in it. */
export function encodeAct(act: Act): Result<Bytes> {
  const bytes = encodeCanonical(act);
  if (!bytes.ok) return refuse('act.not-canonical', { reason: bytes.refusal.code });
  if (bytes.value.length > ACT_SIZE_MAX) return refuse('act.too-large', { size: bytes.value.length, max: ACT_SIZE_MAX });
  const shaped = actOf(act);
  return shaped.ok ? bytes : shaped;
}

/** The act in a leaf. The envelope's payload type must be that of acts. */
export function decodeEntry(engine: Engine, envelope: Uint8Array): Result<Entry> {
  const parsed = parseEnvelope(envelope);
  if (!parsed.ok) return refuse('act.envelope-malformed', { reason: parsed.refusal.code });
  const { payloadType, payload, signatures } = parsed.value;
  if (payloadType !== ACT_TYPE) return refuse('act.not-an-act', { payloadType });
  const act = decodeAct(payload);
  if (!act.ok) return act;
  return ok({ act: act.value, id: actId(engine, payloadType, payload), payload, signatures });
}

function actOf(value: unknown): Result<Act> {
  const shaped = isActShape(value) ? { success: true as const, data: value } : actShape.safeParse(value);
  if (!shaped.success) return refuse('act.malformed', { at: shaped.error.issues[0]?.path.join('.') ?? '' });
  const act = shaped.data;
  if (!isSortedUnique(act.officers)) return refuse('act.malformed', { at: 'officers' });
  if (act.party in act.seen) return refuse('act.malformed', { at: 'seen' });
  return ok(act);
}

/** Strictly ascending by code unit: the one order in which a set may stand in an act. */
export function isSortedUnique(values: readonly string[]): boolean {
  return values.every((value, i) => i === 0 || (values[i - 1] as string) < value);
}
