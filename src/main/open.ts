/** From a data directory to an open node: which adapter stands behind which port, and nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { verifierPool } from '../adapters/engine/verifier-pool.ts';
import { FileHighWater } from '../adapters/high-water/file-high-water.ts';
import { FileKeyStore } from '../adapters/keys/key-store.ts';
import { pinOfPem, type TlsIdentity } from '../adapters/peer/certificate.ts';
import { httpsPeer } from '../adapters/peer/https-peer.ts';
import { PostgresStore } from '../adapters/postgres/store.ts';
import { SqliteStore } from '../adapters/sqlite/store.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { fromUtf8 } from '../kernel/bytes.ts';
import type { Result } from '../kernel/result.ts';
import { createNode, type NodeOptions } from '../node/create-node.ts';
import type { Node } from '../node/node.ts';
import type { Clock, Peer, Store } from '../node/ports.ts';
import type { Projection } from '../node/projection.ts';
import { StoreFault } from '../node/store-fault.ts';
import { openDirectory, type Directory } from '../node/sync/directory.ts';
import type { Engine } from '../record/engine.ts';
import { readAnchors, wireProfiles } from './anchor.ts';
import { dataDirectory, readConfig, type Config, type DataDirectory } from './config.ts';

export interface OpenOptions {
  /** Path of the data directory. */
  readonly data: string;
  readonly projections: readonly Projection[];
  /** Unlocks the key store; default: the environment variable ALTERNAT_PASSPHRASE. */
  readonly passphrase?: string;
  readonly clock?: Clock;
  /** Instead of the peers that the profiles name: tests, and commands that must not use the network. */
  readonly peers?: readonly Peer[];
  readonly report?: NodeOptions['report'];
  readonly progress?: NodeOptions['progress'];
}

export interface OpenParty {
  readonly node: Node;
  readonly config: Config;
  readonly data: DataDirectory;
  readonly engine: Engine;
  readonly keys: FileKeyStore;
  readonly clock: Clock;
  /** The other parties' nodes, for `confirm` and for the sync. */
  readonly peers: readonly Peer[];
  /** Addresses and pins; refresh it after acts of profiles. */
  readonly directory: Directory;
  readonly tls: TlsIdentity;
  close(): Promise<void>;
}

/** Opens the node alone. */
export async function openNode(options: OpenOptions): Promise<Node> {
  const opened = await openParty(options);
  return { ...opened.node, close: () => opened.close() };
}

/**
 * Opens the node with everything that serving it needs. Rejects with `StoreFault`: `data.…` for the
 * directory, `keys.…` for the key store, `store.…` for the database, `node.not-founded`.
 */
export async function openParty(options: OpenOptions): Promise<OpenParty> {
  const data = dataDirectory(options.data);
  const config = required(readConfig(data));
  const engine = nodeEngine();
  const clock = options.clock ?? systemClock();
  const keys = openKeys(data, engine, options.passphrase);
  const verifiers = verifierPool();
  let store: Store | undefined;
  try {
    store = await openStore(data, config);
    const tls = await readTls(data, keys);
    const directory = await openDirectory(store, await partiesOf(store), wireProfiles(readAnchors(data)));
    const peers = options.peers ?? (await httpsPeers(store, config, directory, tls));
    const node = await createNode({
      party: config.party.id, engine, registry: domainRegistry, store, keys, highWater: new FileHighWater(data.highWater), clock,
      projections: options.projections, peers: () => peers, verify: (checks) => verifiers.verify(checks),
      ...(options.report === undefined ? {} : { report: options.report }),
      ...(options.progress === undefined ? {} : { progress: options.progress }),
    });
    const close = async (): Promise<void> => {
      await node.close();
      await Promise.all(peers.map((peer) => peer.close()));
      await verifiers.close();
      keys.close();
    };
    return { node, config, data, engine, keys, clock, peers, directory, tls, close };
  } catch (error) {
    await store?.close();
    keys.close();
    throw error;
  }
}

export function openKeys(data: DataDirectory, engine: Engine, passphrase: string | undefined): FileKeyStore {
  const secret = passphrase ?? process.env['ALTERNAT_PASSPHRASE'];
  return FileKeyStore.open({ folder: data.keys, engine, ...(secret === undefined ? {} : { passphrase: secret }) });
}

/** The database that the configuration names. `readOnly`: for `status`, beside a running node. */
export async function openStore(data: DataDirectory, config: Config, readOnly = false): Promise<Store> {
  if (config.engine.kind === 'sqlite') return SqliteStore.open({ path: data.database, readOnly });
  const url = process.env['ALTERNAT_DATABASE_URL'] ?? config.engine.url;
  if (url === undefined) throw new StoreFault('store.address-missing');
  return PostgresStore.open({ url, readOnly, ...(config.engine.schema === undefined ? {} : { schema: config.engine.schema }) });
}

/** Parties of the first charter; empty before the founding. */
async function partiesOf(store: Store): Promise<readonly string[]> {
  const row = await store.read((tx) => tx.db.selectFrom('space').select('charter').executeTakeFirst());
  const text = row === undefined ? undefined : fromUtf8(row.charter);
  if (text === undefined || text === '') return [];
  return (JSON.parse(text) as { parties: { id: string }[] }).parties.map((party) => party.id);
}

async function httpsPeers(store: Store, config: Config, directory: Directory, identity: TlsIdentity): Promise<readonly Peer[]> {
  const row = await store.read((tx) => tx.db.selectFrom('space').selectAll().executeTakeFirst());
  if (row === undefined || row.id === '') return [];
  const { limits } = JSON.parse(fromUtf8(row.charter) ?? '{}') as { limits: { fileBytes: number } };
  const others = (await partiesOf(store)).filter((party) => party !== config.party.id);
  return others.map((party) => httpsPeer({ space: row.id, party, identity, profile: () => directory.profile(party), partBytesMax: limits.fileBytes }));
}

async function readTls(data: DataDirectory, keys: FileKeyStore): Promise<TlsIdentity> {
  const key = await keys.secret('tls-key');
  const text = key === undefined ? undefined : fromUtf8(key);
  if (text === undefined || !existsSync(data.certificate)) throw new StoreFault('keys.certificate-missing', { path: data.certificate });
  const certificate = readFileSync(data.certificate, 'utf8');
  return { key: text, certificate, pin: pinOfPem(certificate) };
}

/** A refusal at the door of the whole process: there is nobody to hand a value to. */
export function required<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new StoreFault(result.refusal.code, result.refusal.params);
}
