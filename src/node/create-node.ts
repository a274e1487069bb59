/**
 * One party's node over its ports. The record's state is in the store; this process keeps only what it
 * has heard since its start.
 */
import { fromUtf8, type Bytes } from '../kernel/bytes.ts';
import { IntegrityFault } from '../kernel/fault.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { charter as charterShape, type Charter } from '../record/charter.ts';
import type { SignatureVerifier, Space } from '../record/decide.ts';
import type { Engine } from '../record/engine.ts';
import { parseCanonical } from '../record/json.ts';
import type { Registry } from '../record/registry.ts';
import { createMint, type Core } from './core.ts';
import { createEvents } from './events.ts';
import { FactCache } from './fact-cache.ts';
import { rangeOf } from './log.ts';
import type { Node } from './node.ts';
import { openLiveNode } from './live-node.ts';
import type { Clock, HighWater, KeyStore, Peer, Store } from './ports.ts';
import { prepareProjections } from './project.ts';
import type { Projection } from './projection.ts';
import { StoreFault } from './store-fault.ts';

export interface NodeOptions {
  readonly party: PartyId;
  readonly engine: Engine;
  readonly registry: Registry;
  readonly store: Store;
  readonly keys: KeyStore;
  readonly highWater: HighWater;
  readonly clock: Clock;
  readonly projections: readonly Projection[];
  /** The other parties' nodes, asked for our own log at the start and by `confirm`. May change with profiles. */
  readonly peers: () => readonly Peer[];
  readonly random?: (size: number) => Bytes;
  readonly verify?: SignatureVerifier;
  readonly report?: Core['report'];
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Opens the node of a founded space. Rejects with `StoreFault` (`node.not-founded`, `node.other-party`)
 * or `IntegrityFault` when the database cannot be trusted. When it resolves, the high-water mark was
 * compared and the read tables are there; the peers are being asked, and the first append waits for that.
 */
export async function createNode(options: NodeOptions): Promise<Node> {
  const space = await readSpace(options);
  const random = options.random ?? ((size: number) => crypto.getRandomValues(new Uint8Array(size)));
  const report = options.report ?? (() => undefined);
  const core: Core = {
    party: options.party, space, engine: options.engine, registry: options.registry, store: options.store, keys: options.keys,
    highWater: options.highWater, clock: options.clock, mint: createMint(options.party, options.engine, options.clock, random),
    inline: options.projections.filter((projection) => projection.mode === 'inline'),
    following: options.projections.filter((projection) => projection.mode === 'following'),
    events: createEvents((error) => report('node.listener-failed', { error: error instanceof Error ? error.name : 'unknown' })),
    ...(options.verify === undefined ? {} : { verify: options.verify }),
    factCache: new FactCache(),
    report,
  };
  await checkHeads(core);
  await prepareProjections(core, options.progress);
  return openLiveNode(core, options.peers);
}

async function readSpace(options: NodeOptions): Promise<Space> {
  const row = await options.store.read((tx) => tx.db.selectFrom('space').selectAll().executeTakeFirst());
  if (row === undefined || row.id === '') throw new StoreFault('node.not-founded');
  const parsed = parseCanonical(row.charter);
  const genesis: Charter | undefined = parsed.ok ? charterShape.safeParse(parsed.value).data : undefined;
  const id: Hash = options.engine.sha256(row.charter).toHex();
  if (genesis === undefined || id !== row.id) throw new IntegrityFault({ code: 'record.charter-damaged' }, { space: row.id, bytes: fromUtf8(row.charter)?.length ?? 0 });
  if (!genesis.parties.some((party) => party.id === options.party)) {
    // A late joiner stands in a later charter only; its own log says so.
    const own = await options.store.read((tx) => tx.head(options.party));
    if (own === undefined) throw new StoreFault('node.other-party', { party: options.party });
  }
  return { id, genesis };
}

/**
 * Whether the newest state of each log fits together: the range gives the root, the last leaf is the
 * last. Constant work per log, so that a start does not read the record; `verify` reads all of it.
 */
async function checkHeads(core: Core): Promise<void> {
  await core.store.read(async (tx) => {
    for (const head of await tx.heads()) {
      rangeOf(core.engine, head);
      const [last, beyond] = [head.size === 0 ? undefined : await tx.leaf(head.party, head.size - 1), await tx.leaf(head.party, head.size)];
      if ((head.size > 0 && last === undefined) || beyond !== undefined || head.decided > head.size) {
        throw new IntegrityFault({ code: 'record.head-damaged', params: { party: head.party, size: head.size } }, { party: head.party, size: head.size });
      }
    }
  });
}
