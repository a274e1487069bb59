/**
 * Appending to the own log, inside one transaction that holds the space row: cut and mandate are taken
 * afresh, the act is judged as every other node will judge it, and only a valid one is appended.
 *
 * Dying on any line here leaves nothing: leaves, tiles, facts, rows and head are one commit.
 */
import type { Bytes } from '../kernel/bytes.ts';
import { toHex } from '../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { ACT_TYPE, partsOf, type Act } from '../record/act.ts';
import { encodeAct } from '../record/codec.ts';
import { decideAsync } from '../record/decide.ts';
import { encodeEnvelope, type EnvelopeSignature } from '../record/envelope.ts';
import { pae } from '../record/pae.ts';
import { leafHash } from '../record/tree.ts';
import { Refused, type Core } from './core.ts';
import { collected, putPart } from './held-parts.ts';
import { appendJournal } from './journal.ts';
import { completeTiles, extendHead, rootAt } from './log.ts';
import type { ActDraft } from './node.ts';
import type { Head, Tx } from './ports.ts';
import { afterDecision, type SettledByParty } from './settle.ts';
import { headOf, setHead, type Work } from './work.ts';

/** Who signs an act that this node makes, and with which of its keys. */
export interface Signer {
  readonly officers: readonly ObjectId[];
  sign(message: Bytes): Promise<EnvelopeSignature>;
}

export interface Appended {
  readonly act: Hash;
  readonly index: number;
  readonly type: string;
}

/** The act of a draft with everything that only the node knows; bytes not yet fixed. */
export async function composeAct(core: Core, tx: Tx, heads: ReadonlyMap<PartyId, Head>, draft: ActDraft, officers: readonly ObjectId[], at: Instant): Promise<Act> {
  const own = heads.get(core.party);
  const seen: Record<PartyId, { size: number; root: Hash }> = {};
  for (const head of heads.values()) {
    const size = Math.min(head.decided, head.frozenAt ?? head.decided);
    if (head.party === core.party || size === 0) continue;
    seen[head.party] = { size, root: await rootAt(core.engine, tx, head, size) };
  }
  return {
    v: draft.v, space: core.space.id, party: core.party, type: draft.type, officers: [...officers].sort(), at,
    scope: draft.scope, seen, after: own?.size ?? 0, body: draft.body,
  };
}

/** Signs a draft by a key of this node and appends it. The caller has asked for its parts (`requireParts`). */
export async function appendDraft(work: Work, draft: ActDraft, signer: Signer, sealed: ReadonlyMap<Hash, Bytes>, settled: SettledByParty): Promise<Appended> {
  const { core, tx, heads } = work;
  const act = await composeAct(core, tx, heads, draft, signer.officers, core.clock.now());
  const payload = encodeAct(act);
  if (!payload.ok) throw new Refused(payload.refusal);
  const signature = await signer.sign(pae(ACT_TYPE, payload.value));
  return appendSigned(work, payload.value, [signature], draft, sealed, settled);
}

/** Appends an act whose bytes are fixed and signed. Refuses (and appends nothing) unless it is valid at this very place. */
export async function appendSigned(
  work: Work, payload: Bytes, signatures: readonly EnvelopeSignature[], draft: Pick<ActDraft, 'type' | 'scope' | 'body'>, sealed: ReadonlyMap<Hash, Bytes>, settled: SettledByParty,
): Promise<Appended> {
  const { core, tx } = work;
  const head = headOf(work, core.party);
  if (head.frozenAt !== undefined) throw new Refused({ code: 'node.own-log-frozen', params: { size: head.frozenAt } });
  const envelope = encodeEnvelope({ payloadType: ACT_TYPE, payload, signatures });
  if (!envelope.ok) throw new Refused(envelope.refusal);
  const leaf = { party: core.party, index: head.size, envelope: envelope.value };
  if (!work.heads.has(core.party)) setHead(work, head);
  const decision = await decideAsync(core.engine, core.registry, core.space, work.ledger, leaf, work.verify);
  if (decision.state === 'waiting') throw new Refused({ code: 'act.waits-for-log', params: { party: decision.party, size: decision.size } });
  if (decision.state === 'unsupported') throw new Refused({ code: 'node.rules-unsupported', params: { rules: decision.rules } });
  if (decision.verdict !== 'valid') throw new Refused(decision.verdict);
  if (decision.placed === undefined) throw new Error('a valid act has a place');
  const hash = leafHash(core.engine, envelope.value);
  await tx.appendLeaves([{ ...leaf, act: decision.placed.id, type: draft.type, scope: draft.scope, hash: toHex(hash), verdict: 'valid' }]);
  await tx.putFacts(decision.facts);
  for (const ref of partsOf(draft.body)) {
    const bytes = sealed.get(ref.part);
    if (bytes !== undefined) await putPart(tx, ref, 'held', bytes, leaf);
  }
  const [who = 'service'] = decision.placed.act.officers;
  await appendJournal(core, tx, collected(partsOf(draft.body).filter((ref) => sealed.has(ref.part)), who, 'recorded'));
  setHead(work, extendHead(core.engine, head, [hash]));
  await completeTiles(core.engine, tx, core.party, head.size, head.size + 1);
  await afterDecision(work, { ...leaf, type: draft.type }, decision, settled);
  return { act: decision.placed.id, index: leaf.index, type: draft.type };
}
