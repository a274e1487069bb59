/**
 * Nodes of several parties in one process, over real SQLite files and real mutual TLS on loopback, with
 * a TCP proxy on every way from one to another. Rounds are run by hand (`pull`) or by the loops (`start`).
 */
import type { PartyId } from '../../kernel/ids.ts';
import { httpsPeer, PEER_TIMES, type PeerTimes } from '../../adapters/peer/https-peer.ts';
import type { Bytes } from '../../kernel/bytes.ts';
import { engine, prepareSpace, type TestNode } from '../../node/space.testkit.ts';
import type { Peer } from '../../node/ports.ts';
import { acceptBundle, importBundle } from '../../node/sync/bundle-import.ts';
import { openDirectory, type Directory, type WireProfile } from '../../node/sync/directory.ts';
import type { LinkTimes } from '../../node/sync/link.ts';
import { runRound, type Round } from '../../node/sync/round.ts';
import { exportForPeer } from '../../node/sync/space-bundle.ts';
import { startSync, type Sync } from '../../node/sync/sync.ts';
import { startTcpProxy, type TcpProxy } from '../../node/sync/tcp-proxy.testkit.ts';
import { federationListener, type FederationListener } from './listener.ts';

export { engine };

const QUICK: LinkTimes = { intervalMs: 50, backoffMaxMs: 200, gapMs: 5 };

/** One party's node with its listener, its ways to the others and what it was alarmed by. */
export class Member {
  readonly test: TestNode;
  readonly alarms: string[] = [];
  readonly poked: PartyId[] = [];
  readonly proxies = new Map<PartyId, TcpProxy>();
  directory!: Directory;
  port = 0;
  sync: Sync | undefined;
  #listener: FederationListener | undefined;
  readonly #anchors: Map<PartyId, WireProfile>;
  readonly #times: PeerTimes;

  constructor(test: TestNode, anchors: Map<PartyId, WireProfile>, times: PeerTimes) {
    this.test = test;
    this.#anchors = anchors;
    this.#times = times;
  }

  /** Another node in the name of the same party: what equivocates, or what an old backup became. */
  static besides(member: Member, test: TestNode): Member {
    return new Member(test, member.#anchors, member.#times);
  }

  get party(): PartyId {
    return this.test.party;
  }

  get node(): TestNode['node'] {
    return this.test.node;
  }

  /** Opens the node and its door; on the same port as before. */
  async open(): Promise<void> {
    await this.test.open();
    const parties = this.test.charter.parties.map(({ id }) => id);
    this.directory = await openDirectory(this.test.store, parties, this.#anchors);
    this.node.subscribe((event) => {
      if (event.kind === 'alarm') this.alarms.push(event.code);
      if (event.kind === 'appended') void this.directory.refresh().catch(() => undefined);
    });
    this.#listener = federationListener({
      engine, node: this.node, key: this.test.identity.key, certificate: this.test.identity.certificate,
      partyOfPin: (pin) => this.directory.partyOfPin(pin),
      onPoke: (from) => {
        this.poked.push(from);
        this.sync?.poked(from);
      },
      onBundle: (_from, file) => acceptBundle({ node: this.node, engine }, file),
    });
    this.port = await this.#listener.listen(this.port, '127.0.0.1');
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all(this.test.peers.map((peer) => peer.close()));
    await this.#listener?.close();
    await this.test.close();
  }

  /** The way to another node, by this node's own proxy. */
  connect(to: Member, proxy: TcpProxy): void {
    this.proxies.set(to.party, proxy);
    this.test.peers.push(httpsPeer({
      space: this.test.space, party: to.party, identity: this.test.identity, partBytesMax: 10_000_000, times: this.#times,
      profile: () => ({ addresses: [`https://127.0.0.1:${proxy.port}`], pins: this.directory.profile(to.party).pins }),
    }));
  }

  peer(party: PartyId): Peer {
    return this.test.peers.find((peer) => peer.party === party) as Peer;
  }

  proxy(party: PartyId): TcpProxy {
    return this.proxies.get(party) as TcpProxy;
  }

  /** One round with `from`. */
  async pull(from: PartyId, peer: Peer = this.peer(from)): Promise<Round> {
    const others = this.test.peers.filter((other) => other.party !== from);
    return runRound({ node: this.node, engine, peer, others, signal: new AbortController().signal });
  }

  start(times: LinkTimes = QUICK): Sync {
    const onFault = (error: unknown): void => {
      throw error;
    };
    this.sync = startSync({ node: this.node, engine, peers: this.test.peers, onFault, times });
    return this.sync;
  }

  async stop(): Promise<void> {
    await this.sync?.close();
    this.sync = undefined;
  }

  async exportFile(reader: PartyId): Promise<Bytes> {
    return exportForPeer({ node: this.node, engine, keys: this.test.keys, reader });
  }

  importFile(file: Bytes): ReturnType<typeof importBundle> {
    return importBundle({ node: this.node, engine }, file);
  }

  /** Sizes held of every log. */
  async sizes(): Promise<Readonly<Record<PartyId, number>>> {
    return Object.fromEntries((await this.node.heads()).map((head) => [head.party, head.size]));
  }

  /** Size of our log that `by` has cosigned, as known here. */
  async delivered(by: PartyId): Promise<number> {
    return (await this.node.links()).find((link) => link.party === by)?.theyHaveOurs ?? 0;
  }

  /** The envelopes held of a log. */
  async leaves(log: PartyId): Promise<readonly string[]> {
    return this.test.store.read(async (tx) => (await tx.leaves(log, 0, 1_000_000)).map((leaf) => Buffer.from(leaf.envelope).toString('utf8')));
  }
}

export interface Federation {
  readonly members: readonly Member[];
  readonly member: (party: PartyId) => Member;
  /** Rounds between all, until a whole turn brings nothing new. */
  readonly exchange: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FederationSetup {
  readonly parties: readonly PartyId[];
  readonly times?: PeerTimes;
}

/** A founded space whose nodes hold each other's logs. */
export async function foundFederation(folder: string, setup: FederationSetup): Promise<Federation> {
  const anchors = new Map<PartyId, WireProfile>();
  const members = (await prepareSpace(folder, setup.parties)).map((test) => new Member(test, anchors, setup.times ?? PEER_TIMES));
  for (const { test } of members) anchors.set(test.party, { addresses: [], pins: [test.identity.pin] });
  for (const member of members) await member.open();
  const proxies: TcpProxy[] = [];
  for (const from of members) {
    for (const to of members) {
      if (from === to) continue;
      const proxy = await startTcpProxy(to.port);
      proxies.push(proxy);
      from.connect(to, proxy);
    }
  }
  for (const member of members) await member.test.found([`https://127.0.0.1:${member.port}`]);
  const federation: Federation = {
    members,
    member: (party) => members.find((one) => one.party === party) as Member,
    exchange: () => exchange(members),
    async close() {
      await Promise.all(members.map((member) => member.close().catch(() => undefined)));
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
  await federation.exchange();
  return federation;
}

async function exchange(members: readonly Member[]): Promise<void> {
  const states = async (): Promise<string> => JSON.stringify(await Promise.all(members.map(async (member) => [await member.sizes(), (await member.node.links()).map((link) => link.theyHaveOurs)])));
  for (let before = '', now = await states(); before !== now; before = now, now = await states()) {
    for (const member of members) for (const other of members) if (other !== member) await member.pull(other.party);
  }
}

