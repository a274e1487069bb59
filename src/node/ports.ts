/**
 * What a node needs from outside, as small interfaces with their contracts in words. Adapters
 * implement them (src/adapters); nothing in src/node imports an adapter.
 */
import type { Kysely } from 'kysely';
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { Refusal } from '../kernel/result.ts';
import type { Fact } from '../record/rule.ts';
import type { Tables } from './tables.ts';

/** Wall clock of this node. Only for `at`, deadlines that trigger, sessions and display; never for rules. */
export interface Clock {
  now(): Instant;
}

/** The head of one log as stored here. `note` is the signed checkpoint (own: own log key; mirror: theirs). */
export interface Head {
  readonly party: PartyId;
  readonly epoch: number;
  readonly size: number;
  readonly root: Hash;
  /** Compact range: hashes of the perfect subtrees from left to right, concatenated hex. */
  readonly range: string;
  /** Signed note of exactly this size; empty for the own log between append and release. */
  readonly note: string;
  /** Acts [0, decided) have a verdict. */
  readonly decided: number;
  /** Set when the log is frozen (fork): nothing beyond this size counts. */
  readonly frozenAt?: number;
  /** Cut of the last decided act of this log (party -> size): the next act's cut rests on it. Absent: no act decided. */
  readonly cut?: Readonly<Record<PartyId, number>>;
}

export interface LeafRow {
  readonly party: PartyId;
  readonly index: number;
  readonly act: Hash;
  readonly type: string;
  readonly scope: string;
  readonly hash: Hash;
  readonly envelope: Bytes;
  /** Undefined: not decided yet. `valid`, or the refusal because of which it has no effect. */
  readonly verdict?: 'valid' | Refusal;
  /** Place in the order in which this node decided acts of all logs (from 1, without gaps). Set with the verdict. */
  readonly seq?: number;
}

/**
 * A transaction. `lockSpace` must be the first call of every writing transaction: both write paths
 * (submit, ingest) lock the one space row and read afterwards, so that no decision rests on what
 * another process commits meanwhile. Only the `tx` may be used inside; the root handle would deadlock.
 */
export interface Tx {
  readonly db: Kysely<Tables>;
  /** Answers the stored state of the space (recovery.ts). */
  lockSpace(): Promise<string>;
  head(party: PartyId): Promise<Head | undefined>;
  heads(): Promise<readonly Head[]>;
  putHead(head: Head): Promise<void>;
  /** Appends at exactly the stored size; throws IntegrityFault when an index exists with other bytes. */
  appendLeaves(leaves: readonly LeafRow[]): Promise<void>;
  leaf(party: PartyId, index: number): Promise<LeafRow | undefined>;
  leaves(party: PartyId, from: number, to: number): Promise<readonly LeafRow[]>;
  leafHashes(party: PartyId, from: number, to: number): Promise<readonly Bytes[]>;
  leafByAct(act: Hash): Promise<readonly LeafRow[]>;
  /** Number of the last decision, 0 before the first. Under the lock it changes by this transaction alone. */
  lastDecision(): Promise<number>;
  /** Acts in the order in which this node decided them: `after` < seq, at most `limit`. For replays and following projections. */
  decidedAfter(after: number, limit: number): Promise<readonly LeafRow[]>;
  /** Sets the verdict of a stored leaf, once, and its facts; a second verdict throws IntegrityFault. */
  putVerdict(party: PartyId, index: number, verdict: 'valid' | Refusal, facts: readonly Fact[]): Promise<void>;
  /** Facts of one act whose leaf was appended with its verdict. */
  putFacts(facts: readonly Fact[]): Promise<void>;
  /** Facts of (kind, key), ordered by party then index; the caller cuts. One indexed query. */
  facts(kind: string, key: string): Promise<readonly Fact[]>;
  tile(party: PartyId, level: number, index: number): Promise<Bytes | undefined>;
  putTile(party: PartyId, level: number, index: number, hashes: Bytes): Promise<void>;
  /** Runs portable DDL (projection.ts) inside this transaction. */
  define(sql: string): Promise<void>;
}

/** A database of one node. Both engines pass one contract suite (store.contract.ts). */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** Reads outside a writing transaction: a consistent snapshot, never locks the space. Not inside `write`: use its `tx`. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Durable when it resolves: fsynced. Rejects and leaves nothing behind on any throw. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** After erasures: what was overwritten or deleted is gone from free space and the engine's own log too, as far as it can. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

export type KeyPurpose = 'log' | 'cosigner' | 'office' | 'service' | 'root';

export interface PartToSeal {
  readonly commit: Hash;
  readonly salt: Uint8Array;
  readonly plaintext: Uint8Array;
}

/**
 * Keys of this node, outside the database and its backups: log key, cosigner key, keys kept for
 * offices, the sealing keys of parts. Private keys never leave it.
 */
export interface KeyStore {
  sign(key: Hash, message: Uint8Array): Promise<Bytes>;
  /** Creates an Ed25519 key and returns its id and public key. */
  create(purpose: KeyPurpose): Promise<{ key: Hash; publicKey: Bytes }>;
  publicKey(key: Hash): Promise<Bytes | undefined>;
  /** Keys of one purpose, oldest first. */
  keys(purpose: KeyPurpose): Promise<readonly { key: Hash; publicKey: Bytes }[]>;
  /** Seals a part under a fresh key (AES-256-GCM); the salt and key are kept here, the ciphertext is returned. */
  seal(commit: Hash, salt: Uint8Array, plaintext: Uint8Array): Promise<Bytes>;
  /** The same for several parts with one fsync; all keys are durable when it resolves. */
  sealMany(parts: readonly PartToSeal[]): Promise<readonly Bytes[]>;
  /** The opening, or undefined when the key was destroyed. */
  open(commit: Hash, ciphertext: Uint8Array): Promise<{ salt: Bytes; plaintext: Bytes } | undefined>;
  /** Destroys salt and key, durably, before it resolves. */
  destroy(commit: Hash): Promise<void>;
}

/** (size, root) of the own log, fsynced outside the database and its backups before a head is served. */
export interface HighWater {
  read(): Promise<{ size: number; root: Hash } | undefined>;
  /** Raises the mark; durable when it resolves. A smaller mark than the one that stands changes nothing. */
  write(mark: { size: number; root: Hash }): Promise<void>;
  /** Sets the mark, also back: only at the end of a recovery, when every party was asked. */
  reset(mark: { size: number; root: Hash }): Promise<void>;
}

/**
 * A way to another party's node. Every answer is untrusted bytes; the caller verifies. What hinders an
 * answer is thrown as `PeerFailure` (sync/peer-failure.ts) with a code; nothing here waits for ever.
 */
export interface Peer {
  readonly party: PartyId;
  /** The latest signed note that the peer has of `log`, with cosignatures; undefined: it has none. */
  checkpoint(log: PartyId): Promise<string | undefined>;
  /** Entry bundle (tlog-tiles): 256 entries, or `width` for a partial one. */
  entries(log: PartyId, bundle: number, width?: number): Promise<Bytes>;
  /** Hash tile (tlog-tiles): 256 hashes of 32 bytes, or `width` of them for a partial one. */
  tile(log: PartyId, level: number, index: number, width?: number): Promise<Bytes>;
  /** salt(32) ‖ plaintext; `erased` for 410; undefined for 404. */
  part(commit: Hash): Promise<Bytes | 'erased' | undefined>;
  /** A hint that something is new; failure is of no consequence. */
  poke(): Promise<void>;
  /** Hands over a SPACE bundle: the file that could as well travel on a USB stick. */
  sendBundle(file: Bytes): Promise<void>;
  /** Drops idle connections; the peer can be asked again afterwards. */
  close(): Promise<void>;
}
