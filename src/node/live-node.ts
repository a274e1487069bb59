/** The node's interface over its parts. What each method promises is in node.ts. */
import { refuse } from '../kernel/result.ts';
import { chainNow, inForce, type Core } from './core.ts';
import { eraseRunner, reapplyErasures } from './erasure.ts';
import { classOf, openHeldPart, openPersonal } from './held-parts.ts';
import { appendJournal } from './journal.ts';
import { linkState, linkStates, noteContact } from './links.ts';
import { committed, type Live } from './live.ts';
import { localSeal } from './local-seal.ts';
import type { Node, NodeState } from './node.ts';
import { acknowledged, servedNote } from './own-log.ts';
import type { Peer } from './ports.ts';
import { expirePrepared } from './prepare.ts';
import { followingRunner, rebuildProjections } from './project.ts';
import { createRecovery } from './recovery.ts';
import { createRelease } from './release.ts';
import { nodeSigner } from './submit.ts';
import { reportFork } from './sync/fork-report.ts';
import { startWatch } from './watch.ts';
import { record, writePaths } from './write-paths.ts';

/** How long a start waits for the peers before it goes on, shown as `unconfirmed`. */
const BOOT_MILLIS = 5_000;

/** Starts the running parts over a core whose store and read tables are ready. */
export async function openLiveNode(core: Core, peers: () => readonly Peer[]): Promise<Node> {
  const live: Live = {
    core, release: createRelease(core), following: followingRunner(core), booted: Promise.withResolvers<void>(),
    recovery: createRecovery(core, (state: NodeState) => core.events.emit({ kind: 'state', state })),
  };
  live.erasures = eraseRunner(core, async (draft) => (await record(live, [draft], (tx) => nodeSigner(core, tx, 'service'))).ok);
  const node = nodeOver(live, peers);
  await live.recovery.refresh();
  await live.recovery.checkMark();
  if (live.recovery.state() === 'recovering') await reapplyErasures(core);
  await expirePrepared(core);
  live.watch = await startWatch(core, async (settled) => {
    await live.recovery.refresh();
    await committed(live, settled);
  });
  void boot(node).finally(live.booted.resolve);
  live.release.schedule();
  live.erasures.wake();
  live.following.wake();
  return node;
}

function nodeOver(live: Live, peers: () => readonly Peer[]): Node {
  const { core, recovery } = live;
  const closing = new AbortController();
  let confirming: Promise<NodeState> | undefined;
  const node: Node = {
    party: core.party,
    space: core.space.id,
    store: core.store,
    mint: core.mint,
    local: localSeal(core.keys),
    ...writePaths(live, () => node),
    state: () => recovery.state(),
    charter: () => core.store.read(async (tx) => inForce(await chainNow(core, tx))),
    heads: () => core.store.read((tx) => tx.heads()),
    links: () => linkStates(core),
    async openPart(commit, access) {
      // A restored database or key store may still hold what was erased since; nothing is opened before that is put right.
      if (recovery.state() === 'recovering') return refuse('node.recovering');
      if ((await core.store.read((tx) => classOf(tx, commit))) === 'personal') return openPersonal(core, commit, access);
      return core.store.read((tx) => openHeldPart(core, tx, commit));
    },
    journal: (notes) => core.store.write(async (tx) => {
      await tx.lockSpace();
      await appendJournal(core, tx, notes);
    }),
    checkpoint: (log) => servedNote(live, log),
    acknowledge: (from, note) => acknowledged(live, from, note),
    async forked(evidence) {
      const untold = await reportFork(node, evidence, (code) => core.events.emit({ kind: 'alarm', code }));
      if (untold !== undefined) core.report('node.fork-not-reported', { reason: untold.code });
    },
    async contact(from, outcome) {
      if (await noteContact(core, from, outcome)) core.events.emit({ kind: 'link', link: await core.store.read((tx) => linkState(core, tx, from)) });
    },
    confirm() {
      confirming ??= recovery.confirm(node, peers(), closing.signal).finally(() => (confirming = undefined));
      return confirming;
    },
    rebuild: (progress) => rebuildProjections(core, progress),
    subscribe: (listener) => core.events.subscribe(listener),
    async close() {
      closing.abort();
      await live.booted.promise;
      await live.watch?.stop();
      await live.erasures?.idle();
      await live.following.stop();
      await live.release.idle();
      core.events.clear();
      await core.store.close();
    },
  };
  return node;
}

/** The peers are asked before the first append; an unreachable one holds up a start for `BOOT_MILLIS` at most. */
async function boot(node: Node): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, BOOT_MILLIS);
  await Promise.race([node.confirm().then(() => undefined, () => undefined), patience.promise]);
  clearTimeout(timer);
}
