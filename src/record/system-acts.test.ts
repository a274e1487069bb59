/** Erasure, fork evidence, exports and anchors: what makes such an act count. */
import { beforeEach, describe, expect, test } from 'vitest';
import { fromBase64, toBase64, type Bytes } from '../kernel/bytes.ts';
import { formatCheckpoint, logKey, originOf } from './checkpoint.ts';
import { charterDefinitions } from './charter-rules.ts';
import { mandateDefinitions } from './mandate.ts';
import { formatNote } from './note.ts';
import { createRegistry } from './registry.ts';
import { engine, exchange, foundSpace, nodeKey, partOf, type TestParty } from './space.testkit.ts';
import { FORK, systemDefinitions } from './system-acts.ts';
import { inclusionProof, leafHash, nodeHash, subtreeHash, type HashReader } from './tree.ts';
import { utf8 } from '../kernel/bytes.ts';

const registry = createRegistry([...charterDefinitions, ...mandateDefinitions, ...systemDefinitions]);

let es: TestParty;
let ma: TestParty;
beforeEach(() => {
  [es, ma] = foundSpace(registry) as [TestParty, TestParty];
});

describe('erasure', () => {
  const scan = partOf('a scanned letter', 'file', 'application/pdf');
  const destroyed = { destroyedAt: '2026-11-23T11:00:00.000Z', backupsGoneOn: '2026-12-23' };

  test('is ordered by who recorded the part, carried out by each party, attested by each node', () => {
    es.act('note.make', { words: scan });
    const erase = es.act('part.erase', { parts: [scan.part], basis: 'request' }, { by: [es.admin] });
    expect(erase.says).toBe('valid');
    expect(ma.act('part.erased', { erase: erase.id, parts: [scan.part], ...destroyed }, { by: [ma.service] }).says).toBe('part.erase-unknown');
    exchange([es, ma]);
    for (const party of [es, ma]) expect(party.act('part.erased', { erase: erase.id, parts: [scan.part], ...destroyed }, { by: [party.service] }).says).toBe('valid');
  });

  test('is not ordered by others, over what nobody recorded, or by a drafter', () => {
    es.act('note.make', { words: scan });
    exchange([es, ma]);
    expect(ma.act('part.erase', { parts: [scan.part], basis: 'order' }, { by: [ma.admin] }).says).toBe('part.not-recorded-here');
    expect(es.act('part.erase', { parts: [partOf('unknown').part], basis: 'order' }, { by: [es.admin] }).says).toBe('part.not-recorded-here');
    expect(es.act('part.erase', { parts: [scan.part], basis: 'order' }, { by: [es.draft] }).says).toBe('mandate.power-missing');
  });

  test('names the order that it carries out', () => {
    es.act('note.make', { words: scan });
    const erase = es.act('part.erase', { parts: [scan.part], basis: 'request' }, { by: [es.admin] });
    expect(es.act('part.erased', { erase: 'a'.repeat(64), parts: [scan.part], ...destroyed }, { by: [es.service] }).says).toBe('part.erase-unknown');
    expect(es.act('part.erased', { erase: erase.id, parts: [scan.part, partOf('other').part], ...destroyed }, { by: [es.service] }).says).toBe('part.erase-unknown');
  });
});

describe('a fork report', () => {
  const leaves = (last: string): Bytes[] => ['zero', 'one', last].map((leaf) => leafHash(engine, utf8(leaf)));
  const reader = (hashes: readonly Bytes[]): HashReader => (level, index) => (level === 0 ? (hashes[index] as Bytes) : nodeHash(engine, reader(hashes)(level - 1, index * 2), reader(hashes)(level - 1, index * 2 + 1)));
  const signedBy = (party: TestParty, hashes: readonly Bytes[], key = nodeKey('ma log')): string => {
    const origin = originOf(party.space.id, 'ma', 1);
    const text = formatCheckpoint({ origin, size: BigInt(hashes.length), root: subtreeHash(engine, 0, hashes.length, reader(hashes)), extensions: [] });
    const { keyId } = logKey(engine, origin, fromBase64(nodeKey('ma log').granted.public) as Bytes);
    return formatNote({ text, signatures: [{ name: origin, keyId, signature: key.sign(utf8(text)) }] });
  };
  const side = (hashes: readonly Bytes[], index: number): object => ({
    note: signedBy(es, hashes), leaf: toBase64(hashes[index] as Bytes), proof: inclusionProof(engine, index, hashes.length, reader(hashes)).map((hash) => toBase64(hash)),
  });
  const report = (sides: readonly object[], more: object = {}): string => es.act('fork.report', { log: 'ma', epoch: 1, sides, ...more }, { by: [es.service] }).says;

  test('of two notes of one size with two roots needs nothing else', () => {
    expect(report([{ note: signedBy(es, leaves('two')) }, { note: signedBy(es, leaves('other')) }])).toBe('valid');
    expect(es.fold.facts(FORK, 'ma')).toHaveLength(1);
  });

  test('of two sizes shows two leaves at one index', () => {
    const [short, long] = [leaves('two'), [...leaves('other'), leafHash(engine, utf8('three'))]];
    expect(report([side(short, 2), side(long, 2)], { index: 2, common: 2 })).toBe('valid');
    expect(report([{ note: signedBy(es, short) }, { note: signedBy(es, long) }])).toBe('fork.notes-agree');
    expect(report([side(short, 1), side(long, 1)], { index: 1 })).toBe('fork.notes-agree');
    expect(report([side(short, 2), { ...side(long, 2), leaf: toBase64(leafHash(engine, utf8('made up'))) }], { index: 2 })).toBe('fork.notes-agree');
  });

  test('of notes that agree, of another log or by another key has no effect', () => {
    const note = { note: signedBy(es, leaves('two')) };
    expect(report([note, note])).toBe('fork.notes-agree');
    expect(report([note, { note: signedBy(es, leaves('other'), nodeKey('es log')) }])).toBe('act.proof-bad');
    expect(report([note, { note: signedBy(es, leaves('other')).replaceAll('/ma/1', '/es/1') }])).toBe('fork.note-of-other-log');
    expect(report([note, { note: 'no note' }])).toBe('fork.note-of-other-log');
    expect(report([note, { note: signedBy(es, leaves('other')) }], { epoch: 2 })).toBe('fork.note-of-other-log');
  });
});

describe('an anchor of the access journal', () => {
  const anchor = (size: number, root: string): string => es.act('journal.anchor', { size, root: root.repeat(64) }, { by: [es.service] }).says;
  test('never goes back and never changes what it said', () => {
    expect(anchor(3, 'a')).toBe('valid');
    expect(anchor(3, 'a')).toBe('valid');
    expect(anchor(3, 'b')).toBe('journal.goes-back');
    expect(anchor(2, 'c')).toBe('journal.goes-back');
    expect(anchor(4, 'c')).toBe('valid');
  });
});

test('an export with personal data names its purpose', () => {
  const body = { bundle: 'space', subject: es.space.id, manifest: 'a'.repeat(64), sizes: [{ party: 'es', size: 1, root: 'b'.repeat(64) }], personal: true };
  expect(es.act('export.record', body, { by: [es.service] }).says).toBe('export.purpose-missing');
  expect(es.act('export.record', { ...body, purpose: partOf('audit of the year') }, { by: [es.service] }).says).toBe('valid');
  expect(es.act('export.record', { ...body, personal: false }, { by: [es.service] }).says).toBe('valid');
});
