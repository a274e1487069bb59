/** What a change of the access journal looks like to whoever verifies it. */
import { expect, test } from 'vitest';
import { fromBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { logKey, signCheckpoint } from './checkpoint.ts';
import { journalOrigin, JournalCheck, readJournalEntry, type JournalAnchor, type JournalRow, type JournalVerdict } from './journal.ts';
import { canonicalBytes } from './json.ts';
import { engine, nodeKey } from './space.testkit.ts';
import { EMPTY_RANGE, extendRange, leafHash, rootOf } from './tree.ts';

const key = nodeKey('journal');
const noteKey = logKey(engine, journalOrigin('a'.repeat(64), 'es'), fromBase64(key.granted.public) as Bytes);

function row(n: number, words = 'review of the roster'): JournalRow {
  const entry = canonicalBytes({
    v: 1, n, at: '2026-11-23T10:42:00.000Z', operation: 'consultation', who: 'service', subject: { kind: 'part', id: 'b'.repeat(64) },
    form: 'view', why: { code: 'purpose-stated', words }, recipients: [],
  });
  return { n, operation: 'consultation', entry, hash: leafHash(engine, entry) };
}

function rootAt(rows: readonly JournalRow[], size: number): Bytes {
  return rootOf(engine, extendRange(engine, EMPTY_RANGE, rows.slice(0, size).map((one) => one.hash)));
}

async function noteOf(rows: readonly JournalRow[]): Promise<string> {
  return signCheckpoint({ origin: noteKey.name, size: BigInt(rows.length), root: rootAt(rows, rows.length), extensions: [] }, noteKey, (message) => key.sign(message));
}

function verdict(rows: readonly JournalRow[], note: string | undefined, anchors: readonly JournalAnchor[]): JournalVerdict {
  const check = new JournalCheck(engine, anchors);
  for (const one of rows) check.add(one);
  return check.end(note, [noteKey]);
}

const whole = [0, 1, 2, 3, 4, 5].map((n) => row(n));
const anchors = [2, 4].map((size, i) => ({ index: 10 + i, size, root: toHex(rootAt(whole, size)) }));
const note = await noteOf(whole);

test('a journal that was only added to verifies against its note and every anchor', () => {
  expect(verdict(whole, note, anchors)).toEqual({ size: 6, root: toHex(rootAt(whole, 6)), faults: [], anchors: 2 });
  expect(verdict([], undefined, [])).toMatchObject({ size: 0, faults: [] });
});

test('an entry whose bytes were changed is named by its place', () => {
  const changed = whole.map((one) => (one.n === 3 ? { ...one, entry: row(3, 'nothing to see').entry } : one));
  expect(verdict(changed, note, anchors).faults[0]).toEqual({ code: 'entry-changed', at: 3 });
});

test('an entry changed together with its digest is found between two anchors', () => {
  const changed = whole.map((one) => (one.n === 3 ? row(3, 'nothing to see') : one));
  expect(verdict(changed, note, anchors).faults).toEqual([{ code: 'other-than-anchored', anchor: 11, from: 2, to: 4 }, { code: 'other-than-signed' }]);
});

test('a whole journal written anew and signed again is betrayed by the main log', async () => {
  const changed = whole.map((one) => (one.n === 0 ? row(0, 'nothing to see') : one));
  expect(verdict(changed, await noteOf(changed), anchors).faults).toEqual([
    { code: 'other-than-anchored', anchor: 10, from: 0, to: 2 }, { code: 'other-than-anchored', anchor: 11, from: 0, to: 4 },
  ]);
});

test('an entry taken out, a tail cut off, and a lost head are each told apart', () => {
  expect(verdict(whole.filter((one) => one.n !== 1), note, []).faults).toEqual([{ code: 'entry-missing', at: 1 }, { code: 'shorter-than-signed', size: 5, signed: 6 }]);
  expect(verdict(whole.slice(0, 3), note, anchors).faults).toEqual([
    { code: 'shorter-than-anchored', anchor: 11, from: 3, to: 4 }, { code: 'shorter-than-signed', size: 3, signed: 6 },
  ]);
  expect(verdict(whole, undefined, anchors).faults).toEqual([{ code: 'head-missing' }]);
});

test('a head signed by another key is none', async () => {
  const other = nodeKey('another');
  const forged = await signCheckpoint({ origin: noteKey.name, size: 6n, root: rootAt(whole, 6), extensions: [] }, noteKey, (message) => other.sign(message));
  expect(verdict(whole, forged, anchors).faults).toEqual([{ code: 'note-not-signed' }]);
});

test('what filters go by is part of what is verified', () => {
  const hidden = whole.map((one) => (one.n === 5 ? { ...one, operation: 'erasure' } : one));
  expect(verdict(hidden, note, anchors).faults).toEqual([{ code: 'entry-changed', at: 5 }]);
});

test('an entry has one form', () => {
  expect(readJournalEntry(whole[0]?.entry as Bytes).ok).toBe(true);
  for (const text of ['{}', '{"v":1, "n":0}', '']) expect(readJournalEntry(utf8(text))).toEqual({ ok: false, refusal: { code: 'journal.entry-malformed' } });
});
