/**
 * One party's node, as the people's API, the federation, the CLI and the demo see it. The only two
 * write paths into the record are `submit` (own acts; `prepare` + `complete` when officers sign with
 * their own keys) and `ingest` (the peers' acts).
 */
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { PartRef, Scope } from '../record/act.ts';
import type { PreparedAnswer, Receipt } from '../record/answers.ts';
import type { Charter } from '../record/charter.ts';
import type { LocalSeal } from './local-seal.ts';
import type { JournalNote } from './journal.ts';
import type { Head, Store } from './ports.ts';
import type { ForkEvidence } from './sync/fork.ts';

/** Who acts: an officer of this party with a session, or the node's own service office. */
export type Actor = { readonly officer: ObjectId } | 'service';

/** Why a part is opened, and for whom: what the access journal says of it. */
export type PartAccess = Pick<JournalNote, 'who' | 'form' | 'why' | 'recipients'> & { readonly operation: 'consultation' | 'disclosure' | 'combination' };

/** A part about to be recorded: its reference for the body, and what stays here. */
export interface MintedPart {
  readonly ref: PartRef;
  readonly salt: Bytes;
  readonly plaintext: Bytes;
}

/** Ids, salts and time for commands; so that commands stay pure. */
export interface Mint {
  id(): ObjectId;
  now(): Instant;
  random(size: number): Bytes;
  part(kind: PartRef['class'], media: string, bytes: Uint8Array, audience?: readonly PartyId[]): MintedPart;
}

/** An act before it has officers, time, cut and signatures: what a slice's command returns. */
export interface ActDraft {
  readonly type: string;
  readonly v: number;
  readonly scope: Scope;
  readonly body: Readonly<Record<string, unknown>>;
  readonly parts: readonly MintedPart[];
}

/** A signature by an officer's own key over a prepared act. */
export type OfficerSignature =
  | { readonly kind: 'node'; readonly key: Hash }
  | { readonly kind: 'passkey'; readonly key: Hash; readonly authenticatorData: Bytes; readonly clientDataJSON: Bytes; readonly signature: Bytes };

export type Completed = { readonly state: 'recorded'; readonly receipt: Receipt } | { readonly state: 'waiting'; readonly signed: number; readonly quorum: number };

/** A prepared act that waits for an officer. */
export interface WaitingAct {
  readonly prepared: string;
  readonly type: string;
  /** The joint text that a stance is about. */
  readonly text?: Hash;
  /** Who prepared it. */
  readonly by: ObjectId;
  readonly officers: readonly ObjectId[];
  readonly signed: readonly ObjectId[];
  readonly expiresAt: Instant;
}

/** A run of entries of one log, from any source (pull, relay, bundle file). */
export interface IngestBatch {
  readonly party: PartyId;
  readonly from: number;
  /** Exact envelope bytes; at most 256. */
  readonly entries: readonly Bytes[];
  /** Signed note of the log at a size >= from + entries.length. */
  readonly note: string;
  /**
   * RFC 6962 consistency proof from `from + entries.length` to the size of `note`; absent or empty when
   * they are equal. A long log arrives in several batches under one note: each is proven part of it
   * before it is stored, so that a relay can never plant leaves that the owner did not sign for.
   */
  readonly proof?: readonly Bytes[];
  /** Openings of the `text` parts that the entries refer to and this node lacks: commit -> salt ‖ plaintext. */
  readonly parts: ReadonlyMap<Hash, Bytes>;
}

export type Ingested = { readonly stored: number; readonly size: number; readonly missingParts: readonly Hash[] };

/** Why the node does or does not take writes. */
export type NodeState = 'founding' | 'recovering' | 'unconfirmed' | 'open';

export interface LinkState {
  readonly party: PartyId;
  /** Size of our log that they have cosigned; of theirs that we hold. */
  readonly theyHaveOurs: number;
  readonly weHaveTheirs: number;
  /** Own size, and their size as last seen. */
  readonly ourSize: number;
  readonly theirSize: number;
  readonly lastContact?: Instant;
  /** Since when something of ours has not been delivered. */
  readonly waitingSince?: Instant;
  readonly state: 'linked' | 'waiting' | 'down' | 'frozen';
  readonly reason?: string;
}

export type NodeEvent =
  | { readonly kind: 'appended'; readonly party: PartyId; readonly size: number; readonly types: readonly string[]; readonly keys: readonly string[] }
  | { readonly kind: 'delivered'; readonly party: PartyId; readonly size: number }
  | { readonly kind: 'link'; readonly link: LinkState }
  | { readonly kind: 'state'; readonly state: NodeState }
  | { readonly kind: 'alarm'; readonly code: string };

/** Signs with the party's root key, which lies offline; handed in for the one act. */
export type RootSigner = (message: Bytes) => Promise<Bytes>;

export interface Node {
  readonly party: PartyId;
  readonly space: Hash;
  readonly store: Store;
  readonly mint: Mint;
  /** For content of local tables: `localSeal(keys)`. */
  readonly local: LocalSeal;
  state(): NodeState;
  /** The charter in force as this node has decided it. */
  charter(): Promise<{ charter: Charter; id: Hash | 'genesis' }>;
  heads(): Promise<readonly Head[]>;
  links(): Promise<readonly LinkState[]>;
  /** Signs with the key the node keeps for the officer (or the service key) and appends all drafts in one commit, or none. */
  submit(drafts: readonly ActDraft[], actor: Actor): Promise<Result<Receipt>>;
  /** The same, signed by the party root instead of officers: profiles, first administrators, what the rules leave to the root. */
  submitByRoot(drafts: readonly ActDraft[], sign: RootSigner): Promise<Result<Receipt>>;
  /** Fixes bytes for officers to sign with their own keys; kept durably until signed or expired. `cosigners`: who else
   * signs where the charter asks for several; absent: officers who may, in the order of their mandates. */
  prepare(draft: ActDraft, actor: Actor, cosigners?: readonly ObjectId[]): Promise<Result<PreparedAnswer>>;
  /** Adds a signature; appends when the quorum is met. Takes lock, cut and mandate afresh: may answer `act.changed-since-prepared`. */
  complete(prepared: string, signature: OfficerSignature, actor: Actor): Promise<Result<Completed>>;
  /** A prepared act as an officer named in it sees it. Refusals `act.prepared-unknown`, `act.prepared-expired`, `act.not-asked-to-sign`, `mandate.no-key`. */
  prepared(prepared: string, actor: Actor): Promise<Result<PreparedAnswer>>;
  /** Prepared acts that name the officer and that they have not signed yet, oldest first. */
  waitingFor(officer: ObjectId): Promise<readonly WaitingAct[]>;
  /** Gives a prepared act up before it is recorded: any officer named in it may. Refusals as `prepared`. */
  cancel(prepared: string, actor: Actor): Promise<Result<undefined>>;
  ingest(batch: IngestBatch): Promise<Result<Ingested>>;
  /**
   * Plaintext of a part held here; refusals `part.unknown`, `part.erased`, `part.withheld`. A part of class
   * `personal` opens only with a reason (`part.reason-missing`), which stands in the access journal before
   * the plaintext is given out; to a party outside the part's audience it is withheld.
   */
  openPart(commit: Hash, access?: PartAccess): Promise<Result<{ ref: PartRef; plaintext: Bytes; salt: Bytes }>>;
  /** Adds to the access journal (record/journal.ts), durably, before it resolves: what is about to be given out. */
  journal(notes: readonly JournalNote[]): Promise<void>;
  /**
   * The signed note of a log held here, followed by every cosignature line known for that size; what the
   * federation serves. The own log's note is never given out before its high-water mark is on disk.
   */
  checkpoint(log: PartyId): Promise<string | undefined>;
  /**
   * What `from` serves of our own log. Its cosignature makes acts *delivered*; a copy longer than ours
   * stops writing at once (RECOVERING); a copy that is not a prefix or extension of ours is evidence of a fork.
   */
  acknowledge(from: PartyId, note: string): Promise<Result<{ readonly delivered: number }>>;
  /** A log with two faces: evidence kept, log frozen at the last common size, desk alarmed, `fork.report` recorded. Again: nothing new. */
  forked(evidence: ForkEvidence): Promise<void>;
  /** The outcome of one attempt to reach `from`, for links(): its own log's size as served (and what is wrong with what it serves), or why it failed. */
  contact(from: PartyId, outcome: { readonly ok: true; readonly theirSize: number; readonly reason?: string } | { readonly ok: false; readonly reason: string }): Promise<void>;
  /** Asks the peers for our own log again (boot does it first): the way out of `recovering` and `unconfirmed`. */
  confirm(): Promise<NodeState>;
  /** Drops and replays every read table; `progress` is called with acts done and to do. */
  rebuild(progress?: (done: number, total: number) => void): Promise<void>;
  subscribe(listener: (event: NodeEvent) => void): () => void;
  close(): Promise<void>;
}
