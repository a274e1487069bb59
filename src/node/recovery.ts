/**
 * Whether this node may write. A restored backup, or a machine set back to an old snapshot, does not
 * know that it lost acts; the parties' nodes do. So every start asks them for our own log before the
 * first append, and a node that lost acts gives nothing of its own and takes nothing until every party's
 * node was asked and its own leaves are back.
 *
 * `space.state` in the store holds `recovering`, so that it binds every process of the node and
 * survives a restart; `unconfirmed` is only about this process since its start.
 */
import type { PartyId } from '../kernel/ids.ts';
import type { Result } from '../kernel/result.ts';
import type { Engine } from '../record/engine.ts';
import { LOG_OPENED } from '../record/decide.ts';
import { chainNow, inForce, type Core } from './core.ts';
import { reapplyErasures } from './erasure.ts';
import { rootAt } from './log.ts';
import type { Node, NodeState } from './node.ts';
import type { Peer, Tx } from './ports.ts';
import { PeerFailure } from './sync/peer-failure.ts';
import { pullLog } from './sync/pull.ts';

export type StoredState = 'founding' | 'open' | 'recovering';

export async function storedState(tx: Tx): Promise<StoredState> {
  const { state } = await tx.db.selectFrom('space').select('state').executeTakeFirstOrThrow();
  return state as StoredState;
}

export async function putState(tx: Tx, state: StoredState): Promise<void> {
  await tx.db.updateTable('space').set({ state }).execute();
}

/** The space exists when every party of the first charter has opened its log and this node has decided so. */
export async function everyLogOpened(core: Core, tx: Tx): Promise<boolean> {
  for (const party of core.space.genesis.parties) if ((await tx.facts(LOG_OPENED, party.id)).length === 0) return false;
  return true;
}

export interface Recovery {
  state(): NodeState;
  /** Reads the stored state again: another process may have changed it. */
  refresh(): Promise<NodeState>;
  /** Stops writing at once, in every process of this node. */
  lost(code: string): Promise<void>;
  /** Compares the database with the high-water mark; before anything else at a start. */
  checkMark(): Promise<void>;
  /** Asks the peers for our own log and takes back what they hold. */
  confirm(node: Node, peers: readonly Peer[], signal: AbortSignal): Promise<NodeState>;
  /** A peer was heard about our own log: it shows no more than we have. */
  heard(party: PartyId): void;
}

export function createRecovery(core: Core, changed: (state: NodeState) => void): Recovery {
  const asked = new Set<PartyId>();
  let stored: StoredState = 'founding';
  let everyone: readonly PartyId[] = [];
  let last: NodeState | undefined;

  function state(): NodeState {
    if (stored !== 'open') return stored;
    return everyone.every((party) => asked.has(party)) ? 'open' : 'unconfirmed';
  }

  function announce(): NodeState {
    const now = state();
    if (now !== last) changed(now);
    last = now;
    return now;
  }

  async function refresh(): Promise<NodeState> {
    await core.store.read(async (tx) => {
      stored = await storedState(tx);
      everyone = inForce(await chainNow(core, tx)).charter.parties.map((party) => party.id).filter((party) => party !== core.party);
    });
    return announce();
  }

  async function lost(code: string): Promise<void> {
    asked.clear();
    await core.store.write(async (tx) => {
      await tx.lockSpace();
      if ((await storedState(tx)) !== 'recovering') await putState(tx, 'recovering');
    });
    core.report('node.recovering', { reason: code });
    core.events.emit({ kind: 'alarm', code });
    await refresh();
  }

  async function checkMark(): Promise<void> {
    const mark = await core.highWater.read();
    const { head, at } = await core.store.read(async (tx) => {
      const own = await tx.head(core.party);
      return { head: own, at: own !== undefined && mark !== undefined && mark.size <= own.size ? await rootAt(core.engine, tx, own, mark.size) : undefined };
    });
    const size = head?.size ?? 0;
    if (mark === undefined) return size === 0 ? undefined : lost('node.high-water-missing');
    if (mark.size > size) return lost('node.behind-high-water');
    if (at !== mark.root) return lost('node.high-water-differs');
    return undefined;
  }

  /** Leaves RECOVERING when every party was asked; what nobody ever saw is lost and said so. */
  async function finish(): Promise<void> {
    if (!everyone.every((party) => asked.has(party))) return;
    const head = await core.store.read((tx) => tx.head(core.party));
    const mark = await core.highWater.read();
    if (head !== undefined && mark !== undefined && mark.size > head.size) {
      core.report('node.acts-lost', { from: head.size, to: mark.size });
      core.events.emit({ kind: 'alarm', code: 'node.acts-lost' });
    }
    await reapplyErasures(core);
    // The mark first: dying before the state changes leaves a node that recovers again and finds nothing missing.
    if (head !== undefined) await core.highWater.reset({ size: head.size, root: head.root });
    await core.store.write(async (tx) => {
      await tx.lockSpace();
      if ((await storedState(tx)) === 'recovering') await putState(tx, (await everyLogOpened(core, tx)) ? 'open' : 'founding');
    });
  }

  async function confirm(node: Node, peers: readonly Peer[], signal: AbortSignal): Promise<NodeState> {
    await refresh();
    await Promise.all(peers.map((peer) => askPeer(core.engine, node, peer, peers, signal).then((heard) => (heard ? void asked.add(peer.party) : undefined))));
    await refresh();
    if (stored === 'recovering') {
      await finish();
      await refresh();
    }
    return announce();
  }

  return { state, refresh, lost, checkMark, confirm, heard: (party) => void (asked.add(party), announce()) };
}

/**
 * Asks one peer for our own log and takes in whatever it holds beyond ours. True when it answered and
 * nothing more is to be had from it.
 */
async function askPeer(engine: Engine, node: Node, peer: Peer, peers: readonly Peer[], signal: AbortSignal): Promise<boolean> {
  try {
    const note = await peer.checkpoint(node.party);
    if (note === undefined) return true;
    const known: Result<unknown> = await node.acknowledge(peer.party, note);
    if (!known.ok) return false;
    const { charter } = await node.charter();
    const pulled = await pullLog({ node, engine, charter, others: peers, signal }, peer, node.party);
    // Words that nobody gives now are asked for in every round afterwards. Waiting for them here would lock two
    // nodes that lost acts together: neither hands out parts while it recovers.
    const whole = pulled.problem === undefined || pulled.problem.code === 'sync.part-withheld';
    return whole && pulled.fork === undefined && (pulled.theirSize ?? 0) <= pulled.size;
  } catch (error) {
    if (error instanceof PeerFailure) return false;
    throw error;
  }
}
