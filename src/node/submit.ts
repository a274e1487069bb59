/**
 * The write path of own acts. Everything that can be done before the lock is done before it (sealing
 * parts, which must be durable first); everything that a decision rests on is read after it.
 */
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts';
import type { Hash, ObjectId } from '../kernel/ids.ts';
import { partsOf } from '../record/act.ts';
import type { Receipt } from '../record/answers.ts';
import { activeKeysOf, activeKey, mandatesOf, profilesOf } from '../record/mandate-facts.ts';
import { askAsync } from '../record/decide.ts';
import { appendDraft, type Appended, type Signer } from './append.ts';
import { Refused, type Core } from './core.ts';
import { requireParts, sealParts } from './held-parts.ts';
import { ifSound, laterChecks, Unsound, type LaterChecks } from './later-checks.ts';
import type { ActDraft, Actor, MintedPart } from './node.ts';
import type { Tx } from './ports.ts';
import { settleHeld, type SettledByParty } from './settle.ts';
import { StoreFault } from './store-fault.ts';
import { closeWork, headOf, openWork, type Work } from './work.ts';

export interface Written<T> {
  readonly value: T;
  readonly settled: SettledByParty;
}

/**
 * Runs a write path: expected refusals and what the database cannot do become values, bugs and integrity
 * faults go on. `work` may run twice (later-checks.ts): what it does outside the transaction must bear that.
 */
export async function attempt<T>(core: Core, work: (opened: Work, settled: SettledByParty) => Promise<T>): Promise<Result<Written<T>>> {
  const hopeful = core.verify === undefined ? undefined : laterChecks(core.verify);
  try {
    return await attemptOnce(core, work, hopeful);
  } catch (error) {
    if (!(error instanceof Unsound)) throw error;
    return attemptOnce(core, work, undefined);
  }
}

async function attemptOnce<T>(core: Core, work: (opened: Work, settled: SettledByParty) => Promise<T>, later: LaterChecks | undefined): Promise<Result<Written<T>>> {
  const settled: SettledByParty = new Map();
  let decided = 0;
  let turn = -1;
  try {
    const value = await core.store.write(async (tx) => {
      const opened = await openWork(core, tx, later?.verify);
      turn = opened.turn;
      const done = await ifSound(later, async () => {
        const value = await work(opened, settled);
        await closeWork(opened);
        return value;
      });
      decided = await tx.lastDecision();
      return done;
    });
    core.factCache.commit(turn, decided);
    return ok({ value, settled });
  } catch (error) {
    core.factCache.abandon(turn);
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return { ok: false, refusal };
  }
}

export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof Refused || error instanceof StoreFault ? error.refusal : undefined;
}

/** Appends all drafts in one commit, or none. `signerOf` is asked inside the transaction, so that a mandate revoked meanwhile counts. */
export async function appendDrafts(core: Core, drafts: readonly ActDraft[], signerOf: (tx: Tx) => Promise<Signer>): Promise<Result<Written<Receipt>>> {
  if (drafts.length === 0) return refuse('act.nothing-to-record');
  const sealed = await sealAll(core, drafts.flatMap((draft) => draft.parts));
  if (!sealed.ok) return sealed;
  return attempt(core, async (work, settled) => {
    requireWritable(work, drafts);
    const signer = await signerOf(work.tx);
    await requireParts(work.tx, drafts.flatMap((draft) => partsOf(draft.body)), new Set(sealed.value.keys()));
    const acts: Appended[] = [];
    for (const draft of drafts) acts.push(await appendDraft(work, draft, signer, sealed.value, settled));
    // What waited for these acts (a peer's act that had seen a copy of ours before we lost it) is decided now.
    await settleHeld(work, settled);
    return { acts, size: headOf(work, core.party).size };
  });
}

/** `sealParts` with what the key store cannot do (full, erased meanwhile) as a refusal. */
export async function sealAll(core: Core, parts: readonly MintedPart[]): Promise<Result<Awaited<ReturnType<typeof sealParts>>>> {
  try {
    return ok(await sealParts(core, parts));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return { ok: false, refusal };
  }
}

/** A node that lost acts, or whose space does not exist yet, takes no others. */
export function requireWritable(work: Work, drafts: readonly Pick<ActDraft, 'type' | 'v'>[]): void {
  const { core, state } = work;
  if (state === 'recovering') throw new Refused({ code: 'node.recovering' });
  if (state !== 'founding') return;
  for (const { type, v } of drafts) {
    const definition = core.registry.lookup(type, v);
    // Officers and keys may be set up while the other parties have not joined; nothing joint exists before.
    if (definition.ok && !touchesOnlyOwnHouse(definition.value.signers)) throw new Refused({ code: 'node.founding' });
  }
}

function touchesOnlyOwnHouse(signers: unknown): boolean {
  return signers === 'root' || signers === 'root-or-administer' || signers === 'own-key-or-administer' || (typeof signers === 'object' && signers !== null && 'root' in signers);
}

/** The officer and the key that the node keeps for them. Refuses `mandate.no-key`. */
export async function nodeSigner(core: Core, tx: Tx, actor: Actor): Promise<Signer> {
  const officer = actor === 'service' ? await serviceOfficer(core, tx) : actor.officer;
  for (const key of await askAsync(activeKeysOf(core.party, officer), tx)) {
    const granted = await askAsync(activeKey(core.party, key), tx);
    if (granted?.kind === 'node' && (await core.keys.publicKey(key)) !== undefined) return signerWith(core, [officer], key);
  }
  throw new Refused({ code: 'mandate.no-key' });
}

/** Where the party's policy asks for officers' own keys, a joint text is not signed by a key of the node, whichever way it comes. */
export async function requireNodeKeysAllowed(core: Core, tx: Tx, drafts: readonly Pick<ActDraft, 'type' | 'v'>[]): Promise<void> {
  if (!drafts.some(({ type, v }) => isSignedByQuorum(core, type, v))) return;
  const profile = (await askAsync(profilesOf(core.party), tx)).at(-1)?.data;
  if (profile?.policy.nodeKeys === false) throw new Refused({ code: 'mandate.node-keys-not-allowed' });
}

/** An act that the charter's quorum signs: a stance on a joint text. */
export function isSignedByQuorum(core: Core, type: string, v: number): boolean {
  const looked = core.registry.lookup(type, v);
  const signers = looked.ok ? looked.value.signers : undefined;
  return typeof signers === 'object' && 'quorum' in signers && signers.quorum === true;
}

export function signerWith(core: Core, officers: readonly ObjectId[], key: Hash): Signer {
  return { officers, sign: async (message) => ({ keyid: key, sig: await core.keys.sign(key, message) }) };
}

/** The officer of the node's own service office: who holds the service key that was created last and still stands. */
async function serviceOfficer(core: Core, tx: Tx): Promise<ObjectId> {
  for (const { key } of (await core.keys.keys('service')).toReversed()) {
    const granted = await askAsync(activeKey(core.party, key), tx);
    if (granted === undefined) continue;
    if ((await askAsync(mandatesOf(core.party, granted.officer), tx)).length > 0) return granted.officer;
  }
  throw new Refused({ code: 'node.no-service-office' });
}
