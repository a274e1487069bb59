/**
 * Mutual pull with every peer of the space. No gossip, no order between links: each link is a loop of
 * its own, and whatever one brings, `ingest` makes safe. docs/spec/peer-api.md.
 */
import type { PartyId } from '../../kernel/ids.ts';
import type { Engine } from '../../record/engine.ts';
import type { Node } from '../node.ts';
import type { Peer } from '../ports.ts';
import { reportPending } from './fork-report.ts';
import { LINK_TIMES, openLink, type Link, type LinkTimes } from './link.ts';
import { runRound, type Round } from './round.ts';

export interface SyncOptions {
  readonly node: Node;
  readonly engine: Engine;
  readonly peers: readonly Peer[];
  readonly onFault: (error: unknown) => void;
  readonly times?: LinkTimes;
}

export interface Sync {
  /** A hint from `party`; of anybody else it is ignored. */
  poked(party: PartyId): void;
  /** One round with `party` now; undefined when there is no such link. */
  round(party: PartyId): Promise<Round | undefined>;
  /** Ends every loop; nothing of a cut pull needs cleaning up. */
  close(): Promise<void>;
}

/** Starts the loops. The first round with each peer begins at once. */
export function startSync(options: SyncOptions): Sync {
  const { node, engine, peers, onFault } = options;
  const stop = new AbortController();
  const links = new Map<PartyId, Link>();
  const pokeAll = (): void => links.forEach((link) => link.poke());
  const confirm = confirmation(node, onFault);
  for (const peer of peers) {
    const others = peers.filter((other) => other !== peer);
    const round = async (): Promise<Round> => {
      const done = await runRound({ node, engine, peer, others, signal: stop.signal });
      if (done.problem === undefined) confirm();
      return done;
    };
    const random = (): number => (node.mint.random(1)[0] as number) / 256;
    links.set(peer.party, openLink({ peer, round, onStored: pokeAll, onFault, random, times: options.times ?? LINK_TIMES }));
  }
  // A fork that was found before a crash is still to be told.
  reportPending(node).catch(onFault);
  const unsubscribe = node.subscribe((event) => {
    if (event.kind === 'appended' && event.party === node.party) pokeAll();
  });
  return {
    poked: (party) => links.get(party)?.wake(),
    round: async (party) => links.get(party)?.run(),
    async close() {
      unsubscribe();
      stop.abort();
      await Promise.all([...links.values()].map((link) => link.close()));
    },
  };
}

/**
 * A node that is not sure of its own log asks again as soon as a peer is in reach, one question at a
 * time: the way out of `recovering` and `unconfirmed`.
 */
function confirmation(node: Node, onFault: (error: unknown) => void): () => void {
  let asking = false;
  return () => {
    if (asking || (node.state() !== 'recovering' && node.state() !== 'unconfirmed')) return;
    asking = true;
    node.confirm().then(
      () => (asking = false),
      (error: unknown) => {
        asking = false;
        onFault(error);
      },
    );
  };
}
