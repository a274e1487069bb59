/**
 * One pull: what a source has of one log, verified and handed to `ingest`. The steps of docs/spec/peer-api.md:
 *
 *   checkpoint → signature of the log → smaller, equal or greater → entries from our size →
 *   `text` parts → each batch proven part of the signed tree → ingest
 *
 * Nothing is kept between two pulls: what was stored is the place to go on from, so a pull may be cut
 * anywhere, by anyone, and costs at most the batch under way.
 */
import { equalBytes, fromBase64, type Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Charter, CharterParty } from '../../record/charter.ts';
import { cosignerName, logKey, openCheckpoint, originOf, type SignedCheckpoint } from '../../record/checkpoint.ts';
import type { Engine } from '../../record/engine.ts';
import { formatNote, parseNote, type NoteKey, type NoteSignature } from '../../record/note.ts';
import { consistencyProof, extendRange, leafHash, rootOf, verifyConsistency, type CompactRange } from '../../record/tree.ts';
import { rangeAt, rootAt, rootBytes } from '../log.ts';
import type { IngestBatch, Node } from '../node.ts';
import type { Head, Tx } from '../ports.ts';
import { compareBranches, type Branch, type ForkEvidence } from './fork.ts';
import { fetchParts, missingParts, settledParts, textPartsOf } from './parts.ts';
import { remoteEntries, remoteTiles, type LogSource } from './source.ts';
import { storedTiles, withTiles, type TileSource } from './tiles.ts';

export interface PullContext {
  readonly node: Node;
  readonly engine: Engine;
  readonly charter: Charter;
  /** Others who may hold a part that the source does not give. */
  readonly others: readonly LogSource[];
  readonly signal: AbortSignal;
}

export interface Pulled {
  /** Size of the log as the source serves it; absent: it has none, or none that can be believed. */
  readonly theirSize?: number;
  /** Size held here afterwards. */
  readonly size: number;
  /** Leaves that were new here. */
  readonly stored: number;
  /** Why less came than the source shows. */
  readonly problem?: Refusal;
  readonly fork?: ForkEvidence;
}

/**
 * Pulls `log` from `source`. Throws `PeerFailure` when the source fails; everything that the source did
 * wrong is a `problem` with a code:
 *
 * - `sync.checkpoint-forged`: not a checkpoint of this log under the log's key;
 * - `sync.answer-does-not-match`: entries or tiles that are not those of the signed tree;
 * - `sync.part-withheld`: nobody in reach gives a `text` part, so that nothing behind it can be cosigned;
 * - `sync.log-forked`: the log's owner signed two notes that no single log can satisfy.
 */
export async function pullLog(context: PullContext, source: LogSource, log: PartyId): Promise<Pulled> {
  const head = await context.node.store.read((tx) => tx.head(log));
  const size = head?.size ?? 0;
  if (head?.frozenAt !== undefined && head.epoch === partyOf(context, log).epoch) return { size, stored: 0, problem: { code: 'sync.log-frozen', params: { log } } };
  const note = await source.checkpoint(log);
  if (note === undefined) return { size, stored: 0 };
  const key = logKeyOf(context, log);
  const opened = openCheckpoint(context.engine, note, key);
  if (!opened.ok) return { size, stored: 0, problem: { code: 'sync.checkpoint-forged', params: { log, reason: opened.refusal.code } } };
  const theirSize = Number(opened.value.size);
  if (!Number.isSafeInteger(theirSize) || opened.value.extensions.length > 0) return { size, stored: 0, problem: { code: 'sync.checkpoint-forged', params: { log, reason: 'checkpoint.malformed' } } };
  const target: Target = { source, log, note: knownLinesOnly(context, note, key), checkpoint: opened.value, size: theirSize, tiles: remoteTiles(source, log, theirSize) };
  if (head !== undefined && theirSize <= size) return compareOlder(context, target, head);
  return extend(context, target, size);
}

interface Target {
  readonly source: LogSource;
  readonly log: PartyId;
  readonly note: string;
  readonly checkpoint: SignedCheckpoint;
  readonly size: number;
  readonly tiles: TileSource;
}

function partyOf({ charter }: PullContext, log: PartyId): CharterParty {
  const party = charter.parties.find(({ id }) => id === log);
  if (party === undefined) throw new Error(`${log} is no party of the charter`);
  return party;
}

function logKeyOf(context: PullContext, log: PartyId): NoteKey {
  const party = partyOf(context, log);
  return logKey(context.engine, originOf(context.node.space, log, party.epoch), fromBase64(party.log) as Bytes);
}

/** The source has no more than we do: a mirror that lags, a node restored from a backup, or another face. */
async function compareOlder(context: PullContext, target: Target, head: Head): Promise<Pulled> {
  const { engine, node } = context;
  const root = await node.store.read((tx) => rootAt(engine, tx, head, target.size));
  if (equalBytes(rootBytes(root), target.checkpoint.root)) {
    return complete(context, target, { theirSize: target.size, size: head.size, stored: 0 });
  }
  return disagreement(context, target);
}

/** Stores what lies behind our size, a batch at a time. */
async function extend(context: PullContext, target: Target, from: number): Promise<Pulled> {
  const { node } = context;
  let size = from;
  while (size < target.size && !context.signal.aborted) {
    const { entries, parts } = await nextBatch(context, target, size);
    const proof = await proofTo(context, target, size, entries);
    if (proof === undefined) return { ...(await disagreement(context, target)), stored: size - from };
    const taken = await node.ingest({ party: target.log, from: size, entries, note: target.note, proof, parts });
    if (!taken.ok) return { theirSize: target.size, size, stored: size - from, problem: taken.refusal };
    size += entries.length;
  }
  return complete(context, target, { theirSize: target.size, size, stored: size - from });
}

/** The entries of one bundle from our size on, as many as may be in memory with their parts; at least one. */
async function nextBatch(context: PullContext, target: Target, size: number): Promise<Pick<IngestBatch, 'entries' | 'parts'>> {
  const { engine, node } = context;
  const entries = await remoteEntries(target.source, target.log, size, target.size);
  const refs = entries.map((entry) => textPartsOf(engine, node.party, entry));
  const settled = await node.store.read((tx) => settledParts(tx, [...new Set(refs.flat().map((ref) => ref.part))]));
  const { covered, parts } = await fetchParts(engine, refs.map((list) => list.filter((ref) => !settled.has(ref.part))), sourcesOf(context, target));
  return { entries: entries.slice(0, covered), parts };
}

/**
 * All entries are here; what may still lack are `text` parts that nobody gave so far, and cosignatures
 * of others that stand in the note of exactly our size.
 */
async function complete(context: PullContext, target: Target, pulled: Pulled): Promise<Pulled> {
  const { engine, node } = context;
  const { log, note } = target;
  const missing = await node.store.read((tx) => missingParts(tx, log, 'text'));
  const { parts, withheld } = await fetchParts(engine, missing.map((part) => [part]), sourcesOf(context, target));
  if (parts.size > 0 || (pulled.stored === 0 && pulled.size === target.size && (await saysMore(context, target)))) {
    const taken = await node.ingest({ party: log, from: pulled.size, entries: [], note, parts });
    if (!taken.ok) return { ...pulled, problem: taken.refusal };
  }
  return withheld === undefined ? pulled : { ...pulled, problem: { code: 'sync.part-withheld', params: { log, part: withheld } } };
}

/** Whether the note of our size brings cosignatures that are new here, or ours is still owed. */
async function saysMore({ node }: PullContext, { log, note, size }: Target): Promise<boolean> {
  const own = await node.store.read((tx) =>
    tx.db.selectFrom('cosignature').select('size').where('party', '=', log).where('by', '=', node.party).where('size', '=', size).executeTakeFirst(),
  );
  const held = new Set((await node.checkpoint(log))?.split('\n'));
  return own === undefined || note.split('\n').some((line) => !held.has(line));
}

function sourcesOf(context: PullContext, target: Target): readonly LogSource[] {
  return [target.source, ...context.others.filter((other) => other !== target.source)];
}

/**
 * The proof that the log with these entries is a prefix of the signed tree: empty when it is the whole.
 * Undefined when entries and tiles do not belong to the note.
 */
async function proofTo(context: PullContext, target: Target, from: number, entries: readonly Bytes[]): Promise<readonly Bytes[] | undefined> {
  const { engine, node } = context;
  const before: CompactRange = await node.store.read((tx) => rangeAt(engine, tx, target.log, from));
  const range = extendRange(engine, before, entries.map((entry) => leafHash(engine, entry)));
  const root = rootOf(engine, range);
  if (range.size === target.size) return equalBytes(root, target.checkpoint.root) ? [] : undefined;
  const proof = await withTiles(engine, target.tiles, (read) => consistencyProof(engine, range.size, target.size, read));
  return verifyConsistency(engine, BigInt(range.size), target.checkpoint.size, proof, root, target.checkpoint.root).ok ? proof : undefined;
}

/** What came does not extend what is here: a source that serves something else than it signed for, or a fork. */
async function disagreement(context: PullContext, target: Target): Promise<Pulled> {
  const { engine, node } = context;
  const { log } = target;
  const faulty: Refusal = { code: 'sync.answer-does-not-match', params: { log } };
  const [head, note] = await node.store.read(async (tx) => [await tx.head(log), await lastNote(tx, log)] as const);
  if (head === undefined || note === undefined) return { theirSize: target.size, size: head?.size ?? 0, stored: 0, problem: faulty };
  const opened = openCheckpoint(engine, note, logKeyOf(context, log));
  if (!opened.ok) return { theirSize: target.size, size: head.size, stored: 0, problem: faulty };
  const ours: Branch = { note: ownLineOnly(note, logKeyOf(context, log)), checkpoint: opened.value, tiles: storedTiles(engine, node.store, log, Number(opened.value.size)) };
  const compared = await compareBranches(engine, partyOf(context, log), ours, { ...target, note: ownLineOnly(target.note, logKeyOf(context, log)) });
  if (compared.is !== 'forked') return { theirSize: target.size, size: head.size, stored: 0, problem: faulty };
  return { theirSize: target.size, size: head.size, stored: 0, problem: { code: 'sync.log-forked', params: { log } }, fork: compared.evidence };
}

/** The newest note of the log that stands here: what we would show against its owner. */
async function lastNote(tx: Tx, log: PartyId): Promise<string | undefined> {
  const head = await tx.head(log);
  if (head !== undefined && head.note !== '') return head.note;
  const row = await tx.db.selectFrom('checkpoint').select('note').where('party', '=', log).orderBy('size', 'desc').limit(1).executeTakeFirst();
  return row?.note;
}

/** The note with only these of its signature lines. */
function withLines(source: string, keep: (line: NoteSignature) => boolean): string {
  const note = parseNote(source);
  if (!note.ok) throw new Error(`an opened note does not parse: ${note.refusal.code}`);
  return formatNote({ text: note.value.text, signatures: note.value.signatures.filter(keep) });
}

/** Text and the log's own signature: what a fork is proven with. */
function ownLineOnly(source: string, key: NoteKey): string {
  return withLines(source, (line) => line.name === key.name && line.keyId === key.keyId);
}

/** The lines that can mean something here; whatever else a relay hangs under a note goes no further. */
function knownLinesOnly({ node, charter }: PullContext, source: string, key: NoteKey): string {
  const names = new Set([key.name, ...charter.parties.map(({ id }) => cosignerName(node.space, id))]);
  return withLines(source, (line) => names.has(line.name));
}
