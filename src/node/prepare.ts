/**
 * Acts that officers sign with their own keys. The bytes are fixed when the act is prepared, because a
 * passkey signs exactly those; `after` and `seen` in them are lower bounds, so an act that was overtaken
 * meanwhile is still good if the rules say so at its real place. Nothing is appended before every
 * officer whom the act names has signed.
 *
 * A prepared act is a local row: dying at any point loses no signature that was accepted.
 */
import { fromBase64, toBase64, toHex, type Bytes } from '../kernel/bytes.ts';
import type { Hash, ObjectId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { instantOf, millisOf } from '../kernel/time.ts';
import { ACT_TYPE, partsOf, type Act, type PartRef, type PlacedAct } from '../record/act.ts';
import { receipt, type PreparedAnswer, type Receipt } from '../record/answers.ts';
import { decodeAct, encodeAct } from '../record/codec.ts';
import { askAsync, judgeAsync } from '../record/decide.ts';
import { actId, type EnvelopeSignature } from '../record/envelope.ts';
import { activeKey, activeKeysOf, MANDATE, mandatesOf, powersUnder, profilesOf, type KeyData } from '../record/mandate-facts.ts';
import { pae } from '../record/pae.ts';
import type { RegisteredAct, RuleContext } from '../record/rule.ts';
import { checkBy, requiredSigners } from '../record/signers.ts';
import { verifySignature } from '../record/signing.ts';
import { encodeAssertion } from '../record/webauthn.ts';
import { appendSigned, composeAct } from './append.ts';
import { inForce, Refused, type Core } from './core.ts';
import { putPart, requireParts } from './held-parts.ts';
import type { ActDraft, Actor, Completed, OfficerSignature } from './node.ts';
import type { Tx } from './ports.ts';
import { settleHeld, type SettledByParty } from './settle.ts';
import { attempt, isSignedByQuorum, requireWritable, sealAll, type Written } from './submit.ts';
import { headOf, type Work } from './work.ts';

/** One officer is at the page now; several officers need days. */
const ALONE_MILLIS = 3_600_000;
const TOGETHER_MILLIS = 7 * 86_400_000;

export interface Stored {
  readonly id: string;
  readonly act: Hash;
  readonly payload: Bytes;
  readonly officers: readonly ObjectId[];
  readonly parts: readonly PartRef[];
  readonly signatures: readonly StoredSignature[];
  readonly state: string;
  readonly receipt: Receipt | undefined;
  readonly expiresAt: string;
}

interface StoredSignature {
  readonly officer: ObjectId;
  readonly keyid: Hash;
  readonly sig: string;
}

/** Refusals of the rules as they stand now, and `mandate.no-key`, `mandate.quorum-unreachable`. */
export async function prepareAct(core: Core, draft: ActDraft, actor: Actor, cosigners: readonly ObjectId[] | undefined): Promise<Result<PreparedAnswer>> {
  if (actor === 'service') return refuse('mandate.no-key');
  const sealed = await sealAll(core, draft.parts);
  if (!sealed.ok) return sealed;
  await expirePrepared(core);
  const done = await attempt(core, async (work) => {
    requireWritable(work, [draft]);
    await requireParts(work.tx, partsOf(draft.body), new Set(sealed.value.keys()));
    const officers = await signingOfficers(work, draft, actor.officer, cosigners);
    const at = core.clock.now();
    const act = await composeAct(core, work.tx, work.heads, draft, officers, at);
    const judged = await judgeAsync(core.engine, core.registry, core.space, work.ledger, act, act.after);
    if (judged.state !== 'decided') throw new Refused({ code: 'node.rules-unsupported', params: { rules: judged.state === 'unsupported' ? judged.rules : 0 } });
    if (judged.verdict !== 'valid') throw new Refused(judged.verdict);
    const payload = encodeAct(act);
    if (!payload.ok) throw new Refused(payload.refusal);
    const stored: Stored = {
      id: toHex(core.mint.random(16)), act: actId(core.engine, ACT_TYPE, payload.value), payload: payload.value, officers,
      parts: draft.parts.map((part) => part.ref), signatures: [], state: 'waiting', receipt: undefined,
      expiresAt: instantOf(millisOf(at) + (officers.length > 1 ? TOGETHER_MILLIS : ALONE_MILLIS)),
    };
    for (const { ref } of draft.parts) await putPart(work.tx, ref, 'prepared', sealed.value.get(ref.part) ?? null, { party: core.party, index: -1 });
    await insertPrepared(work.tx, stored, draft.type, actor.officer, at);
    return answerFor(core, work.tx, stored, actor.officer);
  });
  return done.ok ? ok(done.value.value) : done;
}

/** The officers whom the act will name: it must be signed by every one of them. */
async function signingOfficers(work: Work, draft: ActDraft, first: ObjectId, cosigners: readonly ObjectId[] | undefined): Promise<readonly ObjectId[]> {
  const { core, tx } = work;
  const looked = core.registry.lookup(draft.type, draft.v);
  if (!looked.ok) throw new Refused(looked.refusal);
  const needed = await askAsync(requiredSigners(looked.value, draftPlaced(core, draft), contextNow(core, work)), tx);
  if (cosigners !== undefined) return [...new Set([first, ...cosigners])].sort();
  const officers = [first];
  for (const other of needed > 1 ? await officersWith(work, looked.value, draft.scope) : []) {
    if (officers.length < needed && !officers.includes(other)) officers.push(other);
  }
  if (officers.length < needed) throw new Refused({ code: 'mandate.quorum-unreachable', params: { officers: officers.length, quorum: needed } });
  return officers.sort();
}

async function officersWith(work: Work, definition: RegisteredAct, scope: string): Promise<readonly ObjectId[]> {
  const { signers } = definition;
  if (typeof signers !== 'object' || !('power' in signers)) return [];
  const { tx, core } = work;
  const rows = await tx.db.selectFrom('fact').select('key').where('kind', '=', MANDATE).where('party', '=', core.party).orderBy('idx').execute();
  const able: ObjectId[] = [];
  for (const officer of new Set(rows.map((row) => row.key))) {
    if (!powersUnder(await askAsync(mandatesOf(core.party, officer), tx), scope).has(signers.power)) continue;
    if ((await askAsync(activeKeysOf(core.party, officer), tx)).length > 0) able.push(officer);
  }
  return able;
}

function draftPlaced(core: Core, draft: ActDraft): PlacedAct {
  const act: Act = { v: draft.v, space: core.space.id, party: core.party, type: draft.type, officers: [], at: core.clock.now(), scope: draft.scope, seen: {}, after: 0, body: draft.body };
  return { id: '', index: 0, act, keys: [] };
}

function contextNow(core: Core, work: Pick<Work, 'chain'>): RuleContext {
  const current = inForce(work.chain);
  return { charter: current.charter, charterId: current.id, genesis: core.space.genesis, sha256: (bytes) => new Uint8Array(core.engine.sha256(bytes)) };
}

async function insertPrepared(tx: Tx, stored: Stored, type: string, by: ObjectId, at: string): Promise<void> {
  await tx.db
    .insertInto('prepared')
    .values({
      id: stored.id, act: stored.act, type, payload: stored.payload, officers: JSON.stringify(stored.officers), parts: JSON.stringify(stored.parts),
      signatures: '[]', quorum: stored.officers.length, state: stored.state, receipt: null, by, created_at: at, expires_at: stored.expiresAt,
    })
    .execute();
}

/** What an officer's page needs to sign: also for an officer who joins later. Refuses `mandate.no-key`. */
export async function answerFor(core: Core, tx: Tx, stored: Stored, officer: ObjectId): Promise<PreparedAnswer> {
  const { act, keys, rpId } = await signingKeys(core, tx, stored, officer);
  if (keys.length === 0) throw new Refused({ code: 'mandate.no-key' });
  return {
    prepared: stored.id, digest: stored.act, type: act.type, keys: [...keys], rpId,
    signed: stored.signatures.length, quorum: stored.officers.length, expiresAt: stored.expiresAt,
  };
}

/** The keys with which the officer may sign this act here, as the party's policy and the key store have it now. */
async function signingKeys(core: Core, tx: Tx, stored: Stored, officer: ObjectId): Promise<{ act: Act; keys: PreparedAnswer['keys']; rpId: string }> {
  const profile = (await askAsync(profilesOf(core.party), tx)).at(-1)?.data;
  const decoded = decodeAct(stored.payload);
  if (!decoded.ok) throw new Error(`prepared act: ${decoded.refusal.code}`);
  const joint = stored.officers.length > 1 || isSignedByQuorum(core, decoded.value.type, decoded.value.v);
  const keys: PreparedAnswer['keys'] = [];
  let rpId = profile?.passkeys.rpIds[0] ?? '';
  for (const key of await askAsync(activeKeysOf(core.party, officer), tx)) {
    const data = await askAsync(activeKey(core.party, key), tx);
    if (data === undefined) continue;
    const held = data.kind === 'passkey' || (await core.keys.publicKey(key)) !== undefined;
    if (!held || (data.kind === 'node' && joint && profile?.policy.nodeKeys === false)) continue;
    if (data.kind === 'passkey') rpId = data.rpId ?? rpId;
    keys.push({ kind: data.kind, key, label: key.slice(0, 8), ...(data.credential === undefined ? {} : { credential: data.credential }) });
  }
  return { act: decoded.value, keys, rpId };
}

/**
 * Adds one officer's signature; with the last one the act is judged at its real place and appended.
 * Refusals: `act.prepared-unknown`, `act.prepared-expired`, `act.not-asked-to-sign`, `mandate.key-unknown`,
 * `mandate.node-keys-not-allowed`, `act.signature-bad`, `act.changed-since-prepared` (with the rule's code as `reason`).
 */
export async function completePrepared(core: Core, prepared: string, signature: OfficerSignature, actor: Actor): Promise<Result<Written<Completed>>> {
  if (actor === 'service') return refuse('act.not-asked-to-sign');
  const checked = await core.store.read(async (tx): Promise<Result<{ stored: Stored; sig: EnvelopeSignature | undefined }>> => {
    const stored = await readPrepared(tx, prepared);
    if (stored === undefined) return refuse('act.prepared-unknown');
    if (!stored.officers.includes(actor.officer)) return refuse('act.not-asked-to-sign');
    if (stored.state === 'recorded') return ok({ stored, sig: undefined });
    if (stored.state !== 'waiting' || stored.expiresAt <= core.clock.now()) return refuse('act.prepared-expired');
    const signed = await officerSignature(core, tx, stored, signature, actor.officer);
    return signed.ok ? ok({ stored, sig: signed.value }) : signed;
  });
  if (!checked.ok) return checked;
  const { stored, sig } = checked.value;
  if (sig === undefined) return ok({ value: { state: 'recorded', receipt: stored.receipt as Receipt }, settled: new Map() });
  return attempt(core, (work, settled) => addSignature(work, prepared, { officer: actor.officer, keyid: sig.keyid, sig: toBase64(sig.sig) }, settled));
}

async function officerSignature(core: Core, tx: Tx, stored: Stored, signature: OfficerSignature, officer: ObjectId): Promise<Result<EnvelopeSignature>> {
  const data: KeyData | undefined = await askAsync(activeKey(core.party, signature.key), tx);
  if (data?.officer !== officer || data.kind !== signature.kind) return refuse('mandate.key-unknown', { key: signature.key });
  const offered = await signingKeys(core, tx, stored, officer);
  if (!offered.keys.some(({ key }) => key === signature.key)) return refuse('mandate.node-keys-not-allowed');
  const message = pae(ACT_TYPE, stored.payload);
  const sig = signature.kind === 'node' ? await core.keys.sign(signature.key, message) : encodeAssertion(signature);
  const check = await askAsync(checkBy(core.party, data, message, sig), tx);
  return verifySignature(core.engine, check) ? ok({ keyid: signature.key, sig }) : refuse('act.signature-bad');
}

async function addSignature(work: Work, prepared: string, signature: StoredSignature, settled: SettledByParty): Promise<Completed> {
  const { core, tx } = work;
  const stored = await readPrepared(tx, prepared);
  if (stored === undefined || stored.state === 'expired') throw new Refused({ code: 'act.prepared-expired' });
  if (stored.state === 'recorded') return { state: 'recorded', receipt: stored.receipt as Receipt };
  const signatures = [...stored.signatures.filter((other) => other.officer !== signature.officer), signature];
  if (signatures.length < stored.officers.length) {
    await tx.db.updateTable('prepared').set({ signatures: JSON.stringify(signatures) }).where('id', '=', prepared).execute();
    return { state: 'waiting', signed: signatures.length, quorum: stored.officers.length };
  }
  const decoded = decodeAct(stored.payload);
  if (!decoded.ok) throw new Error(`prepared act: ${decoded.refusal.code}`);
  requireWritable(work, [decoded.value]);
  const acts = [await appendPrepared(work, stored, decoded.value, signatures, settled)];
  await settleHeld(work, settled);
  const answer: Receipt = { acts, size: headOf(work, core.party).size };
  await tx.db.updateTable('prepared').set({ signatures: JSON.stringify(signatures), state: 'recorded', receipt: JSON.stringify(answer) }).where('id', '=', prepared).execute();
  return { state: 'recorded', receipt: answer };
}

async function appendPrepared(work: Work, stored: Stored, act: Act, signatures: readonly StoredSignature[], settled: SettledByParty): Promise<Receipt['acts'][number]> {
  const sealed = new Map<Hash, Bytes>();
  for (const ref of stored.parts) {
    const row = await work.tx.db.selectFrom('part').select('sealed').where('commit', '=', ref.part).executeTakeFirst();
    if (row?.sealed != null) sealed.set(ref.part, row.sealed);
  }
  const enveloped = signatures.map(({ keyid, sig }) => ({ keyid, sig: fromBase64(sig) as Bytes }));
  try {
    return await appendSigned(work, stored.payload, enveloped, act, sealed, settled);
  } catch (error) {
    // It was valid when it was prepared: what changed since is the reason, and the officer must look again.
    if (error instanceof Refused && error.refusal.code !== 'node.own-log-frozen') throw new Refused({ code: 'act.changed-since-prepared', params: { reason: error.refusal.code } });
    throw error;
  }
}

export async function readPrepared(tx: Tx, id: string): Promise<Stored | undefined> {
  const row = await tx.db.selectFrom('prepared').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id, act: row.act, payload: row.payload, state: row.state, expiresAt: row.expires_at,
    officers: JSON.parse(row.officers) as ObjectId[],
    parts: JSON.parse(row.parts) as PartRef[],
    signatures: JSON.parse(row.signatures) as StoredSignature[],
    receipt: row.receipt === null ? undefined : receipt.parse(JSON.parse(row.receipt)),
  };
}

/** Prepared acts past their time end, and with them parts that no act refers to. */
export async function expirePrepared(core: Core): Promise<void> {
  const now = core.clock.now();
  const due = await core.store.read((tx) => tx.db.selectFrom('prepared').select(['id', 'parts']).where('state', '=', 'waiting').where('expires_at', '<=', now).execute());
  if (due.length === 0) return;
  await core.store.write(async (tx) => {
    const ids = due.map((row) => row.id);
    await tx.db.updateTable('prepared').set({ state: 'expired', signatures: '[]' }).where('id', 'in', ids).where('state', '=', 'waiting').execute();
    const commits = due.flatMap((row) => (JSON.parse(row.parts) as PartRef[]).map((ref) => ref.part));
    if (commits.length > 0) await tx.db.deleteFrom('part').where('commit', 'in', commits).where('state', '=', 'prepared').execute();
  });
}
