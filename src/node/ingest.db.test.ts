/** What a peer may hand over, and what it may not: every refusal leaves the node as it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { concatBytes, utf8, type Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { heal, twoHouses, type House } from '../main/house.testkit.ts';
import { parseNote } from '../record/note.ts';
import { consistencyProof, leafHash } from '../record/tree.ts';
import { engine } from '../record/space.testkit.ts';
import { originOf, signCheckpoint, logKey } from '../record/checkpoint.ts';
import { checkWholeRecord } from './log-check.testkit.ts';
import { extendHead, rootBytes, subtreeAt } from './log.ts';
import type { ActDraft, IngestBatch, NodeEvent } from './node.ts';
import type { Head } from './ports.ts';

let root: string;
let rabat: House;
let madrid: House;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'alternat-ingest-'));
  [rabat, madrid] = await twoHouses(root);
  await heal([rabat, madrid]);
});
afterEach(async () => {
  for (const house of [rabat, madrid]) await house.close();
  rmSync(root, { recursive: true, force: true });
});

function corps(house: House, name: string): ActDraft {
  const part = house.node.mint.part('text', 'application/vnd.alternat.label+json', utf8(JSON.stringify({ en: name })));
  return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: house.node.mint.id(), name: part.ref }, parts: [part] };
}

async function record(house: House, count: number): Promise<void> {
  for (let i = 0; i < count; i++) expectOk(await house.node.submit([corps(house, `act ${i}`)], house.founded.administrator));
}

/** Madrid's leaves [from, to) with their parts, under its note of now. */
async function batchOf(from: number, to: number): Promise<IngestBatch & { parts: Map<string, Bytes> }> {
  const note = (await madrid.node.checkpoint('dgp')) ?? '';
  const size = Number(note.split('\n')[1]);
  const { entries, commits, proof } = await madrid.node.store.read(async (tx) => {
    const leaves = await tx.leaves('dgp', from, to);
    const rows = await tx.db.selectFrom('part').select('commit').where('party', '=', 'dgp').where('idx', '>=', from).where('idx', '<', to).execute();
    const hashes = new Map<string, Bytes>();
    for (let level = 0; 2 ** level <= size; level++) for (let i = 0; (i + 1) * 2 ** level <= size; i++) hashes.set(`${level}/${i}`, await subtreeAt(engine, tx, 'dgp', level, i));
    const read = (level: number, index: number): Bytes => hashes.get(`${level}/${index}`) as Bytes;
    return { entries: leaves.map((leaf) => leaf.envelope), commits: rows.map((row) => row.commit), proof: consistencyProof(engine, to, size, read) };
  });
  const parts = new Map<string, Bytes>();
  for (const commit of commits) {
    const { salt, plaintext } = expectOk(await madrid.node.openPart(commit));
    parts.set(commit, concatBytes(salt, plaintext));
  }
  return { party: 'dgp', from, entries, note, proof, parts };
}

async function mirrored(): Promise<unknown> {
  const head = (await rabat.node.heads()).find(({ party }) => party === 'dgp');
  const rows = await rabat.node.store.read(async (tx) => ({
    facts: await tx.db.selectFrom('fact').selectAll().execute(), parts: await tx.db.selectFrom('part').selectAll().execute(),
    cosigned: await tx.db.selectFrom('cosignature').selectAll().execute(), notes: await tx.db.selectFrom('checkpoint').selectAll().execute(),
  }));
  return { head, ...rows };
}

test('a batch comes in once; again, in pieces, overlapping or late, it changes nothing', async () => {
  await record(madrid, 4);
  const whole = await batchOf(6, 10);
  expect(expectOk(await rabat.node.ingest(whole))).toMatchObject({ stored: 4, size: 10, missingParts: [] });
  const after = await mirrored();
  for (const again of [whole, await batchOf(0, 10), await batchOf(3, 8), await batchOf(9, 10), { ...(await batchOf(10, 10)), entries: [] }]) {
    expect(expectOk(await rabat.node.ingest(again)).stored).toBe(0);
  }
  expect(await mirrored()).toEqual(after);
  await checkWholeRecord(rabat.node.store, 'dgsn');
});

test('a long log comes in several batches under one note, each proven part of it before it is stored', async () => {
  await record(madrid, 6);
  const [first, rest] = [await batchOf(6, 9), await batchOf(9, 12)];
  expect(await rabat.node.ingest({ ...first, proof: [] })).toMatchObject({ refusal: { code: 'ingest.does-not-match' } });
  expect(await rabat.node.ingest({ ...first, proof: [...(first.proof ?? []).slice(1), new Uint8Array(32) as Bytes] })).toMatchObject({ refusal: { code: 'ingest.does-not-match' } });
  expect(expectOk(await rabat.node.ingest(first))).toMatchObject({ stored: 3, size: 9 });
  // The relay must not serve more than it has: the note of all twelve is kept, the one shown is of what is whole here.
  expect((await rabat.node.checkpoint('dgp'))?.split('\n')[1]).toBe('6');
  expect((await rabat.node.links()).find(({ party }) => party === 'dgp')).toMatchObject({ weHaveTheirs: 9 });
  expect(expectOk(await rabat.node.ingest(rest))).toMatchObject({ stored: 3, size: 12 });
  expect((await rabat.node.checkpoint('dgp'))?.split('\n')[1]).toBe('12');
});

test.each<[string, (batch: IngestBatch & { parts: Map<string, Bytes> }) => IngestBatch, string]>([
  ['a gap', (batch) => ({ ...batch, from: 7 }), 'ingest.gap'],
  ['one flipped bit of an entry', (batch) => ({ ...batch, entries: batch.entries.map((entry, i) => (i === 1 ? flipped(entry) : entry)) }), 'ingest.does-not-match'],
  ['entries in another order', (batch) => ({ ...batch, entries: [...batch.entries].reverse() }), 'ingest.does-not-match'],
  ['other bytes where entries are held', (batch) => ({ ...batch, from: 0 }), 'ingest.does-not-match'],
  ['more entries than the note signs', (batch) => ({ ...batch, entries: [...batch.entries, batch.entries[0] as Bytes] }), 'ingest.note-too-short'],
  ['a note of another log', (batch) => ({ ...batch, party: 'dgsn' }), 'ingest.note-refused'],
  ['a log of nobody', (batch) => ({ ...batch, party: 'stranger' }), 'ingest.not-a-party'],
  ['a changed size in the note', (batch) => ({ ...batch, note: batch.note.replace('\n9\n', '\n8\n') }), 'ingest.note-refused'],
  ['no note', (batch) => ({ ...batch, note: '' }), 'ingest.note-refused'],
  ['a part that does not open', (batch) => ({ ...batch, parts: new Map([...batch.parts].map(([commit, bytes]) => [commit, flipped(bytes)])) }), 'ingest.part-does-not-open'],
  ['a part of no bytes', (batch) => ({ ...batch, parts: new Map([...batch.parts].map(([commit]) => [commit, new Uint8Array(0) as Bytes])) }), 'ingest.part-does-not-open'],
  ['too many entries', (batch) => ({ ...batch, entries: Array.from({ length: 257 }, () => batch.entries[0] as Bytes) }), 'ingest.batch-too-large'],
  ['an entry that no bundle can hold', (batch) => ({ ...batch, entries: [new Uint8Array(65_536) as Bytes] }), 'ingest.does-not-match'],
])('refuses %s and keeps everything as it was', async (_, change, code) => {
  await record(madrid, 3);
  const good = await batchOf(6, 9);
  const before = await mirrored();
  expect(await rabat.node.ingest(change(good))).toMatchObject({ ok: false, refusal: { code } });
  expect(await mirrored()).toEqual(before);
  expect(expectOk(await rabat.node.ingest(good)).stored).toBe(3);
});

function flipped(bytes: Bytes): Bytes {
  const copy = new Uint8Array(bytes);
  copy[copy.length >> 1] = (copy[copy.length >> 1] as number) ^ 1;
  return copy;
}

test('without its words an act is stored and decided, and not cosigned before they come', async () => {
  await record(madrid, 2);
  const whole = await batchOf(6, 8);
  const [first] = whole.parts.keys();
  const outcome = expectOk(await rabat.node.ingest({ ...whole, parts: new Map([...whole.parts].slice(1)) }));
  expect(outcome).toEqual({ stored: 2, size: 8, missingParts: [first] });
  expect(await rabat.node.openPart(first as string)).toMatchObject({ refusal: { code: 'part.withheld' } });
  expect(parseNote((await rabat.node.checkpoint('dgp')) ?? '')).toMatchObject({ ok: true, value: { signatures: { length: 1 } } });
  expect(expectOk(await rabat.node.ingest({ ...whole, from: 8, entries: [], proof: [] }))).toEqual({ stored: 0, size: 8, missingParts: [] });
  expect(parseNote((await rabat.node.checkpoint('dgp')) ?? '')).toMatchObject({ ok: true, value: { signatures: { length: 2 } } });
  expect(expectOk(await rabat.node.openPart(first as string)).plaintext).toEqual(whole.parts.get(first as string)?.slice(32));
});

test('a leaf that is no act keeps its place without effect', async () => {
  const keys = madrid.opened.keys;
  const kept = (await keys.keys('log'))[0];
  const entry = utf8('not an envelope');
  const head = (await rabat.node.heads()).find(({ party }) => party === 'dgp');
  const grown = extendHead(engine, head as Head, [leafHash(engine, entry)]);
  const name = originOf(rabat.node.space, 'dgp', 1);
  const note = await signCheckpoint({ origin: name, size: 7n, root: rootBytes(grown.root), extensions: [] }, logKey(engine, name, kept?.publicKey as Bytes), (message) => keys.sign(kept?.key ?? '', message));
  expect(expectOk(await rabat.node.ingest({ party: 'dgp', from: 6, entries: [entry], note, parts: new Map() })).stored).toBe(1);
  expect((await rabat.node.store.read((tx) => tx.leaf('dgp', 6)))?.verdict).toMatchObject({ code: 'act.envelope-malformed' });
  await checkWholeRecord(rabat.node.store, 'dgsn');
});

test('two notes of one size are a proof: the log is frozen, the desk alarmed, everything else goes on', async () => {
  const events: NodeEvent[] = [];
  rabat.node.subscribe((event) => void events.push(event));
  const keys = madrid.opened.keys;
  const kept = (await keys.keys('log'))[0];
  const name = originOf(rabat.node.space, 'dgp', 1);
  const forged = await signCheckpoint({ origin: name, size: 6n, root: new Uint8Array(32) as Bytes, extensions: [] }, logKey(engine, name, kept?.publicKey as Bytes), (message) => keys.sign(kept?.key ?? '', message));
  expect(await rabat.node.ingest({ party: 'dgp', from: 6, entries: [], note: forged, parts: new Map() })).toMatchObject({ refusal: { code: 'ingest.log-differs' } });
  expect((await rabat.node.heads()).find(({ party }) => party === 'dgp')?.frozenAt).toBe(6);
  expect(events.filter((event) => event.kind === 'alarm')).toEqual([{ kind: 'alarm', code: 'sync.log-forked' }]);
  expect(await rabat.node.store.read((tx) => tx.db.selectFrom('evidence').select(['party', 'code']).execute())).toEqual([{ party: 'dgp', code: 'sync.log-forked' }]);
  await record(madrid, 1);
  expect(await rabat.node.ingest(await batchOf(6, 7))).toMatchObject({ refusal: { code: 'ingest.log-frozen' } });
  expect((await rabat.node.links()).find(({ party }) => party === 'dgp')?.state).toBe('frozen');
  await record(rabat, 1);
  const report = await rabat.node.store.read((tx) => tx.facts('fork.report', 'dgp'));
  expect(report.map((fact) => fact.party)).toEqual(['dgsn']);
});

test('own acts are taken back only as the note of the own log has them', async () => {
  await record(rabat, 2);
  await heal([rabat, madrid]);
  const note = (await madrid.node.checkpoint('dgsn')) ?? '';
  const entries = (await madrid.node.store.read((tx) => tx.leaves('dgsn', 6, 8))).map((leaf) => leaf.envelope);
  expect(expectOk(await rabat.node.ingest({ party: 'dgsn', from: 6, entries, note, parts: new Map() }))).toMatchObject({ stored: 0, size: 8 });
  expect(rabat.node.state()).toBe('open');
  expect(expectOk(await rabat.node.acknowledge('dgp', note))).toEqual({ delivered: 8 });
});

test('another tree under the own key stops the node at once', async () => {
  const keys = rabat.opened.keys;
  const kept = (await keys.keys('log'))[0];
  const name = originOf(rabat.node.space, 'dgsn', 1);
  const other = await signCheckpoint({ origin: name, size: 6n, root: new Uint8Array(32) as Bytes, extensions: [] }, logKey(engine, name, kept?.publicKey as Bytes), (message) => keys.sign(kept?.key ?? '', message));
  expectOk(await rabat.node.acknowledge('dgp', other));
  expect(rabat.node.state()).toBe('recovering');
  expect(await rabat.node.submit([corps(rabat, 'no')], rabat.founded.administrator)).toMatchObject({ refusal: { code: 'node.recovering' } });
  expect(await rabat.node.store.read((tx) => tx.db.selectFrom('evidence').select('code').execute())).toEqual([{ code: 'node.own-log-differs' }]);
});
