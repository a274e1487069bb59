/** The node's interface over its parts. What each method promises is in node.ts. */
import { ok, refuse, type Result } from '../kernel/result.ts';
import { keyId } from '../record/signature.ts';
import { fromBase64, type Bytes } from '../kernel/bytes.ts';
import type { PartyId } from '../kernel/ids.ts';
import type { Receipt } from '../record/answers.ts';
import { readAcknowledgement } from './acknowledge.ts';
import type { Signer } from './append.ts';
import { chainNow, inForce, memberOf, Refused, type Core } from './core.ts';
import { eraseRunner, reapplyErasures } from './erasure.ts';
import { evidenceByNotes, putEvidence } from './evidence.ts';
import { openHeldPart } from './held-parts.ts';
import { ingestBatch, type IngestOutcome } from './ingest.ts';
import { linkState, linkStates, noteContact } from './links.ts';
import { localSeal } from './local-seal.ts';
import type { ActDraft, IngestBatch, Ingested, Node, NodeState, RootSigner } from './node.ts';
import type { Peer, Tx } from './ports.ts';
import { completePrepared, expirePrepared, prepareAct } from './prepare.ts';
import { cancelPrepared, showPrepared, waitingFor } from './prepared.ts';
import { followingRunner, rebuildProjections } from './project.ts';
import { createRecovery, everyLogOpened, putState, storedState } from './recovery.ts';
import { createRelease, mirroredNote, withCosignatures } from './release.ts';
import { reportFork } from './sync/fork-report.ts';
import { settleHeld, type SettledByParty } from './settle.ts';
import { startWatch, type Watch } from './watch.ts';
import { appendDrafts, attempt, nodeSigner, requireNodeKeysAllowed, type Written } from './submit.ts';

/** How long a start waits for the peers before it goes on, shown as `unconfirmed`. */
const BOOT_MILLIS = 5_000;

export async function openLiveNode(core: Core, peers: () => readonly Peer[]): Promise<Node> {
  const { events } = core;
  const release = createRelease(core);
  const following = followingRunner(core);
  const recovery = createRecovery(core, (state: NodeState) => events.emit({ kind: 'state', state }));
  const erasures = eraseRunner(core, async (draft) => (await record([draft], (tx) => nodeSigner(core, tx, 'service'))).ok);
  const closing = new AbortController();
  let confirming: Promise<NodeState> | undefined;
  let watch: Watch | undefined;

  /** After a commit: whoever waits for news is told, the checkpoint goes out, following tables catch up. */
  async function committed(settled: SettledByParty): Promise<void> {
    for (const { party, size, types, keys } of settled.values()) {
      watch?.announced(party, size);
      events.emit({ kind: 'appended', party, size, types: [...types].sort(), keys: [...keys].sort() });
      if (types.has('part.erase')) erasures.wake();
    }
    if (settled.size === 0) return;
    following.wake();
    if (recovery.state() === 'founding') await openWhenFounded();
    if (settled.has(core.party)) release.schedule();
  }

  async function openWhenFounded(): Promise<void> {
    const opened = await core.store.write(async (tx) => {
      await tx.lockSpace();
      if ((await storedState(tx)) !== 'founding' || !(await everyLogOpened(core, tx))) return false;
      await putState(tx, 'open');
      return true;
    });
    if (opened) await recovery.refresh();
  }

  async function record(drafts: readonly ActDraft[], signerOf: (tx: Tx) => Promise<Signer>): Promise<Result<Receipt>> {
    await booted;
    return finish(await appendDrafts(core, drafts, signerOf));
  }

  async function finish<T>(written: Result<Written<T>>): Promise<Result<T>> {
    if (!written.ok) return written;
    await committed(written.value.settled);
    return ok(written.value.value);
  }

  async function ingest(batch: IngestBatch): Promise<Result<Ingested>> {
    const written = await ingestBatch(core, batch);
    if (!written.ok) {
      if (written.refusal.code === 'ingest.log-differs') await freezeIfProven(batch, Number(written.refusal.params?.['size']));
      return written;
    }
    const { value, settled }: Written<IngestOutcome> = written.value;
    if (value.ownLost && recovery.state() !== 'recovering') await recovery.lost('node.peer-holds-more');
    let more = value.more;
    while (more) {
      const next = await attempt(core, (work, also) => settleHeld(work, also));
      if (!next.ok) return next;
      more = next.value.value;
      for (const [party, entry] of next.value.settled) settled.set(party, entry);
    }
    await committed(settled);
    return ok({ stored: value.stored, size: value.size, missingParts: value.missingParts });
  }

  async function freezeIfProven(batch: IngestBatch, size: number): Promise<void> {
    const evidence = await evidenceByNotes(core, batch.party, batch.note, size);
    if (evidence !== undefined) await node.forked(evidence);
  }

  async function acknowledge(from: PartyId, note: string): Promise<Result<{ delivered: number }>> {
    const read = await readAcknowledgement(core, from, note);
    if (!read.ok) return read;
    const seen = read.value;
    if (seen.is === 'longer' && recovery.state() !== 'recovering') await recovery.lost('node.peer-holds-more');
    if (seen.is === 'differs') {
      const own = await release.current();
      await core.store.write((tx) => putEvidence(core, tx, core.party, 'node.own-log-differs', { v: 1, from, size: seen.size, ours: own ?? '', theirs: note }));
      await recovery.lost('node.own-log-differs');
    }
    if (seen.is !== 'delivered') return ok({ delivered: 0 });
    for (const by of seen.fresh) {
      const link = await core.store.read((tx) => linkState(core, tx, by));
      events.emit({ kind: 'delivered', party: by, size: link.theyHaveOurs });
      events.emit({ kind: 'link', link });
    }
    if (recovery.state() === 'unconfirmed') recovery.heard(from);
    return ok({ delivered: seen.size });
  }

  async function checkpoint(log: PartyId): Promise<string | undefined> {
    if (log === core.party) {
      // A node that lost acts must not show its shorter log as if it were the whole of it.
      if ((await recovery.refresh()) === 'recovering') return undefined;
      const note = await release.current();
      return note === undefined ? undefined : withCosignatures(core, log, sizeOf(note), note);
    }
    const note = mirroredNote(await core.store.read((tx) => tx.head(log)));
    return note === undefined ? undefined : withCosignatures(core, log, sizeOf(note), note);
  }

  function confirm(): Promise<NodeState> {
    confirming ??= recovery.confirm(node, peers(), closing.signal).finally(() => (confirming = undefined));
    return confirming;
  }

  const node: Node = {
    party: core.party,
    space: core.space.id,
    store: core.store,
    mint: core.mint,
    local: localSeal(core.keys),
    state: () => recovery.state(),
    charter: () => core.store.read(async (tx) => inForce(await chainNow(core, tx))),
    heads: () => core.store.read((tx) => tx.heads()),
    links: () => linkStates(core),
    submit: (drafts, actor) =>
      record(drafts, async (tx) => {
        await requireNodeKeysAllowed(core, tx, drafts);
        return nodeSigner(core, tx, actor);
      }),
    submitByRoot: (drafts, sign) => record(drafts, (tx) => rootSigner(core, tx, sign)),
    async prepare(draft, actor, cosigners) {
      await booted;
      return prepareAct(core, draft, actor, cosigners);
    },
    async complete(prepared, signature, actor) {
      await booted;
      return finish(await completePrepared(core, prepared, signature, actor));
    },
    prepared: async (prepared, actor) => (actor === 'service' ? refuse('act.not-asked-to-sign') : showPrepared(core, prepared, actor.officer)),
    waitingFor: (officer) => waitingFor(core, officer),
    cancel: async (prepared, actor) => (actor === 'service' ? refuse('act.not-asked-to-sign') : cancelPrepared(core, prepared, actor.officer)),
    ingest,
    async openPart(commit) {
      // A restored database or key store may still hold what was erased since; nothing is opened before that is put right.
      if (recovery.state() === 'recovering') return refuse('node.recovering');
      return core.store.read((tx) => openHeldPart(core, tx, commit));
    },
    checkpoint,
    acknowledge,
    async forked(evidence) {
      const untold = await reportFork(node, evidence, (code) => events.emit({ kind: 'alarm', code }));
      if (untold !== undefined) core.report('node.fork-not-reported', { reason: untold.code });
    },
    async contact(from, outcome) {
      if (await noteContact(core, from, outcome)) events.emit({ kind: 'link', link: await core.store.read((tx) => linkState(core, tx, from)) });
    },
    confirm,
    rebuild: (progress) => rebuildProjections(core, progress),
    subscribe: (listener) => events.subscribe(listener),
    async close() {
      closing.abort();
      await booted;
      await watch?.stop();
      await erasures.idle();
      await following.stop();
      await release.idle();
      events.clear();
      await core.store.close();
    },
  };

  await recovery.refresh();
  await recovery.checkMark();
  if (recovery.state() === 'recovering') await reapplyErasures(core);
  await expirePrepared(core);
  watch = await startWatch(core, async (settled) => {
    await recovery.refresh();
    await committed(settled);
  });
  const booted = boot(confirm);
  release.schedule();
  erasures.wake();
  following.wake();
  return node;
}

/** The peers are asked before the first append; an unreachable one holds up a start for `BOOT_MILLIS` at most. */
async function boot(confirm: () => Promise<NodeState>): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, BOOT_MILLIS);
  await Promise.race([confirm().then(() => undefined, () => undefined), patience.promise]);
  clearTimeout(timer);
}

async function rootSigner(core: Core, tx: Tx, sign: RootSigner): Promise<Signer> {
  const member = memberOf(await chainNow(core, tx), core.party);
  const root: Bytes | undefined = member === undefined ? undefined : fromBase64(member.root);
  if (root === undefined) throw new Refused({ code: 'act.party-not-in-charter' });
  const keyid = keyId(core.engine, 'ed25519', root);
  return { officers: [], sign: async (message) => ({ keyid, sig: await sign(message) }) };
}

function sizeOf(note: string): number {
  return Number(note.split('\n', 2)[1]);
}
