/**
 * The write path of others' acts (and of own acts that come back after a loss). Nothing is believed:
 * the note is signed by the log's key, the entries are proven part of the tree that it signs, every part
 * opens its commitment. Then leaves, parts, checkpoint and own cosignature are one transaction.
 *
 * Dying on any line leaves the log as it was; the same batch again changes nothing.
 */
import { equalBytes, toHex, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { partsOf, type PartRef } from '../record/act.ts';
import { decodeEntry } from '../record/codec.ts';
import { ENVELOPE_SIZE_MAX } from '../record/envelope.ts';
import { openPart } from '../record/part.ts';
import { leafHash, verifyConsistency } from '../record/tree.ts';
import { logNoteKey, memberOf, Refused, type Core } from './core.ts';
import { cosign, openNote, putCosignatures, type OpenedNote } from './cosign.ts';
import { collected, missingText, putPart } from './held-parts.ts';
import { appendJournal } from './journal.ts';
import { completeTiles, extendHead, rootAt, rootBytes } from './log.ts';
import type { IngestBatch, Ingested, MintedPart } from './node.ts';
import type { Head, LeafRow, Tx } from './ports.ts';
import { settledEntry, settleHeld, type SettledByParty } from './settle.ts';
import { attempt, sealAll, type Written } from './submit.ts';
import { headOf, setHead, type Work } from './work.ts';

const ENTRIES_MAX = 256;

interface Entry {
  readonly row: LeafRow;
  readonly hash: Bytes;
  readonly refs: readonly PartRef[];
}

export interface IngestOutcome extends Ingested {
  /** More acts can be decided than one transaction takes. */
  readonly more: boolean;
  /** The note shows own acts that are not here: this node has lost some. */
  readonly ownLost: boolean;
}

/**
 * Refusals: `ingest.batch-too-large`, `ingest.not-a-party`, `ingest.note-refused`, `ingest.gap`,
 * `ingest.note-too-short`, `ingest.does-not-match` (entries that are not those of the signed tree),
 * `ingest.log-differs` (the note signs another tree than the one held here), `ingest.part-does-not-open`.
 */
export async function ingestBatch(core: Core, batch: IngestBatch): Promise<Result<Written<IngestOutcome>>> {
  if (batch.entries.length > ENTRIES_MAX) return refuse('ingest.batch-too-large', { entries: batch.entries.length, max: ENTRIES_MAX });
  if (batch.entries.some((entry) => entry.length > ENVELOPE_SIZE_MAX)) return refuse('ingest.does-not-match', { party: batch.party });
  const entries = batch.entries.map((envelope, i) => readEntry(core, batch.party, batch.from + i, envelope));
  const openings = await openParts(core, batch, entries);
  if (!openings.ok) return openings;
  const sealed = await sealAll(core, openings.value);
  if (!sealed.ok) return sealed;
  return attempt(core, async (work, settled) => {
    const refs = new Map(openings.value.map((part) => [part.ref.part, part.ref]));
    return takeIn(work, batch, entries, { sealed: sealed.value, refs }, settled);
  });
}

/** Leaf and references of exact bytes. Bytes that are no act are still a leaf: the tree needs them. */
function readEntry(core: Core, party: PartyId, index: number, envelope: Bytes): Entry {
  const hash = leafHash(core.engine, envelope);
  const decoded = decodeEntry(core.engine, envelope);
  const act = decoded.ok ? decoded.value.act : undefined;
  const row: LeafRow = {
    party, index, envelope, hash: toHex(hash),
    act: decoded.ok ? decoded.value.id : '', type: act?.type ?? '', scope: act?.scope ?? '',
  };
  return { row, hash, refs: act === undefined ? [] : partsOf(act.body) };
}

/** The openings that come with the batch, for references of its entries or for gaps left earlier. */
async function openParts(core: Core, batch: IngestBatch, entries: readonly Entry[]): Promise<Result<readonly MintedPart[]>> {
  const refs = new Map(entries.flatMap((entry) => entry.refs).map((ref) => [ref.part, ref]));
  const gaps = [...batch.parts.keys()].filter((commit) => !refs.has(commit));
  for (const ref of await core.store.read((tx) => missingRefs(tx, gaps))) refs.set(ref.part, ref);
  const opened: MintedPart[] = [];
  for (const [commit, bytes] of batch.parts) {
    const ref = refs.get(commit);
    if (ref === undefined || !mayHold(core, ref)) continue;
    const opening = openPart(core.engine, commit, bytes, ref.size);
    if (!opening.ok) return refuse('ingest.part-does-not-open', { part: commit, reason: opening.refusal.code });
    opened.push({ ref, ...opening.value });
  }
  const erased = await core.store.read((tx) => erasedAmong(tx, opened.map((part) => part.ref.part)));
  return ok(opened.filter((part) => !erased.has(part.ref.part)));
}

async function missingRefs(tx: Tx, commits: readonly Hash[]): Promise<readonly PartRef[]> {
  if (commits.length === 0) return [];
  const rows = await tx.db.selectFrom('part').selectAll().where('commit', 'in', [...commits]).where('state', '=', 'missing').execute();
  return rows.map((row) => ({
    part: row.commit, class: row.class as PartRef['class'], media: row.media, size: row.size,
    ...(row.audience === null ? {} : { audience: JSON.parse(row.audience) as string[] }),
  }));
}

async function erasedAmong(tx: Tx, commits: readonly Hash[]): Promise<ReadonlySet<Hash>> {
  if (commits.length === 0) return new Set();
  const rows = await tx.db.selectFrom('part').select('commit').where('commit', 'in', [...commits]).where('state', '=', 'erased').execute();
  return new Set(rows.map((row) => row.commit));
}

function mayHold(core: Core, ref: PartRef): boolean {
  return ref.audience === undefined || ref.audience.includes(core.party);
}

interface Brought {
  readonly sealed: ReadonlyMap<Hash, Bytes>;
  readonly refs: ReadonlyMap<Hash, PartRef>;
}

async function takeIn(work: Work, batch: IngestBatch, entries: readonly Entry[], brought: Brought, settled: SettledByParty): Promise<IngestOutcome> {
  const { core, tx } = work;
  const member = memberOf(work.chain, batch.party);
  if (member === undefined) throw new Refused({ code: 'ingest.not-a-party', params: { party: batch.party } });
  const head = headOf(work, batch.party);
  const others = work.chain.flatMap((link) => link.charter.parties.map((party) => party.id));
  const note = await openNote(core, tx, batch.note, logNoteKey(core, { ...member, epoch: head.epoch }), [...new Set(others)]);
  if (!note.ok) throw new Refused({ code: 'ingest.note-refused', params: { party: batch.party, reason: note.refusal.code } });
  const noted = Number(note.value.checkpoint.size);
  const fresh = await freshEntries(work, batch, entries, head);
  const grown = fresh.length === 0 ? head : extendHead(core.engine, head, fresh.map((entry) => entry.hash));
  await requireSameTree(work, head, grown, batch, note.value);
  if (fresh.length > 0) {
    await tx.appendLeaves(fresh.map((entry) => entry.row));
    await completeTiles(core.engine, tx, batch.party, head.size, grown.size);
  }
  await putParts(core, tx, fresh, brought);
  await appendJournal(core, tx, collected([...brought.refs.values()].filter((ref) => brought.sealed.has(ref.part)), 'service', 'received'));
  await tx.db.insertInto('checkpoint').values({ party: batch.party, size: noted, root: toHex(note.value.checkpoint.root), note: batch.note }).onConflict((conflict) => conflict.doNothing()).execute();
  const whole = grown.size === noted && batch.party !== core.party;
  const next: Head = whole ? { ...grown, note: noteOnly(batch.note, note.value) } : grown;
  setHead(work, next);
  await putCosignatures(tx, batch.party, noted, note.value.lines);
  const missing = await missingText(tx, batch.party, next.size);
  if (whole && missing.length === 0) await cosignOnce(core, tx, batch.party, noted, note.value);
  const more = await settleHeld(work, settled);
  if (fresh.length > 0) settledEntry(settled, next);
  return { stored: fresh.length, size: next.size, missingParts: missing, more, ownLost: batch.party === core.party && noted > head.size };
}

/** The entries behind our size; those before it must be the bytes that are here. */
async function freshEntries(work: Work, batch: IngestBatch, entries: readonly Entry[], head: Head): Promise<readonly Entry[]> {
  if (batch.from > head.size) throw new Refused({ code: 'ingest.gap', params: { party: batch.party, size: head.size, from: batch.from } });
  if (head.frozenAt !== undefined) throw new Refused({ code: 'ingest.log-frozen', params: { party: batch.party, size: head.frozenAt } });
  const known = entries.slice(0, Math.max(0, head.size - batch.from));
  const stored = known.length === 0 ? [] : await work.tx.leafHashes(batch.party, batch.from, batch.from + known.length);
  known.forEach((entry, i) => {
    if (!equalBytes(entry.hash, stored[i] as Bytes)) throw new Refused({ code: 'ingest.does-not-match', params: { party: batch.party, index: batch.from + i } });
  });
  return entries.slice(known.length);
}

/** What is held after the batch is a prefix of the tree that the note signs, or the note's tree is a prefix of what is held. */
async function requireSameTree(work: Work, head: Head, grown: Head, batch: IngestBatch, note: OpenedNote): Promise<void> {
  const { core, tx } = work;
  const { size, root } = note.checkpoint;
  const held = rootBytes(grown.root);
  if (size <= BigInt(head.size)) {
    // The note says nothing about entries beyond it, and a smaller tree of ours has no proof to show but our own hashes.
    if (grown.size > head.size) throw new Refused({ code: 'ingest.note-too-short', params: { party: batch.party, size: Number(size) } });
    if (!equalBytes(rootBytes(await rootAt(core.engine, tx, head, Number(size))), root)) throw new Refused({ code: 'ingest.log-differs', params: { party: batch.party, size: Number(size) } });
    return;
  }
  if (size < BigInt(grown.size)) throw new Refused({ code: 'ingest.note-too-short', params: { party: batch.party, size: Number(size) } });
  // Without new entries a longer note is only kept: what lies behind our size has yet to come.
  if (grown.size === head.size && batch.entries.length === 0) return;
  const proven = verifyConsistency(core.engine, BigInt(grown.size), size, batch.proof ?? [], held, root);
  if (!proven.ok) throw new Refused({ code: 'ingest.does-not-match', params: { party: batch.party, index: batch.from } });
}

async function putParts(core: Core, tx: Tx, fresh: readonly Entry[], brought: Brought): Promise<void> {
  const placed = new Set<Hash>();
  for (const { row, refs } of fresh) {
    for (const ref of refs) {
      const sealed = brought.sealed.get(ref.part);
      placed.add(ref.part);
      if (sealed !== undefined) await putPart(tx, ref, 'held', sealed, row);
      else await putPart(tx, ref, mayHold(core, ref) ? 'missing' : 'withheld', null, row);
    }
  }
  for (const [commit, sealed] of brought.sealed) {
    const ref = brought.refs.get(commit);
    if (placed.has(commit) || ref === undefined) continue;
    const row = await tx.db.selectFrom('part').select(['party', 'idx']).where('commit', '=', commit).executeTakeFirst();
    if (row !== undefined) await putPart(tx, ref, 'held', sealed, { party: row.party, index: row.idx });
  }
}

/** The note as the log signed it: cosignature lines are kept apart, by party and size. */
function noteOnly(source: string, note: OpenedNote): string {
  const cosigned = new Set(note.lines.map((line) => line.line));
  const split = source.lastIndexOf('\n\n') + 2;
  const lines = source.slice(split).split(/(?<=\n)/);
  return source.slice(0, split) + lines.filter((line) => !cosigned.has(line)).join('');
}

async function cosignOnce(core: Core, tx: Tx, party: PartyId, size: number, note: OpenedNote): Promise<void> {
  const before = await tx.db.selectFrom('cosignature').select('size').where('party', '=', party).where('by', '=', core.party).where('size', '=', size).executeTakeFirst();
  if (before !== undefined) return;
  const line = await cosign(core, note.checkpoint.text);
  if (line !== undefined) await putCosignatures(tx, party, size, [line]);
}
