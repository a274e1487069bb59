/** The access journal over two real nodes: what enters it, who reads it, what a change of it looks like. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeEngine } from '../../../adapters/engine/node-engine.ts';
import { fromUtf8, utf8 } from '../../../kernel/bytes.ts';
import type { Hash } from '../../../kernel/ids.ts';
import { expectOk } from '../../../kernel/result.ts';
import { exportBundle } from '../../../main/export.ts';
import { peerOf, type House } from '../../../main/house.testkit.ts';
import { fetchFile } from '../../../node/sync/fetch-file.ts';
import { appoint, ask, slicesOfTwo, type Asked, type Officer } from '../../slices.testkit.ts';
import { listJournal, verifyJournal } from '../contract.ts';
import { anchorToday } from './anchors.ts';

const engine = nodeEngine();
let two: Asked;
let auditor: Officer;
let peerAuditor: Officer;
let secretary: Officer;
let part: Hash;

beforeAll(async () => {
  two = await slicesOfTwo();
  auditor = await appoint(two.rabat, 'Inspectorate', ['audit']);
  peerAuditor = await appoint(two.madrid, 'Inspectorate', ['audit']);
  secretary = await appoint(two.rabat, 'Secretariat', ['draft']);
  const { node } = two.rabat;
  const minted = node.mint.part('personal', 'text/plain', utf8('planted particulars'));
  part = minted.ref.part;
  expectOk(await node.submit([{ type: 'note.make', v: 1, scope: 'space', body: { words: minted.ref }, parts: [minted] }], { officer: secretary.officer }));
  await two.heal();
}, 60_000);
afterAll(() => two.close());

async function operations(of: Officer): Promise<unknown[]> {
  const { rows } = expectOk(await ask(of, listJournal, { query: {} }));
  return rows.toReversed().map((row) => (row.readable ? [row.operation, row.subject.id, row.why.code, row.recipients.map((one) => (one.kind === 'officer' ? one.officer : one.kind === 'party' ? one.party : one.kind))] : 'unreadable'));
}

function anchorsIn(house: House): Promise<readonly unknown[]> {
  return house.node.store.read((tx) => tx.db.selectFrom('leaf').select('idx').where('party', '=', 'dgsn').where('type', '=', 'journal.anchor').execute());
}

test('a personal part opens with a reason, which is in the journal, and not without', async () => {
  const { node } = two.rabat;
  expect(await operations(auditor)).toEqual([['collection', part, 'recorded', []]]);
  expect(await node.openPart(part)).toEqual({ ok: false, refusal: { code: 'part.reason-missing' } });
  expect(await operations(auditor)).toHaveLength(1);
  const opened = expectOk(await node.openPart(part, { operation: 'consultation', who: secretary.officer, form: 'view', why: { code: 'purpose-stated', words: 'accreditation' }, recipients: [{ officer: secretary.officer }] }));
  expect(fromUtf8(opened.plaintext)).toBe('planted particulars');
  const { rows: [row] } = expectOk(await ask(auditor, listJournal, { query: { limit: 1 } }));
  expect(row).toMatchObject({ readable: true, n: 1, operation: 'consultation', who: { kind: 'officer', office: { en: 'Secretariat' } }, why: { code: 'purpose-stated', words: 'accreditation' } });
});

test('handed to the other party it is a disclosure here and a collection there', async () => {
  expectOk(await fetchFile(two.madrid.node, engine, [peerOf(() => two.rabat, 'dgp')], part));
  expect((await operations(auditor)).at(-1)).toEqual(['disclosure', part, 'audience', ['dgp']]);
  expect(await operations(peerAuditor)).toEqual([['collection', part, 'received', []]]);
});

test('the day’s anchor is in the main log once, and a day without entries needs none', async () => {
  const faults: unknown[] = [];
  for (let look = 0; look < 3; look++) await anchorToday(two.rabat.node, engine, (error) => faults.push(error));
  expect(faults).toEqual([]);
  expect(await anchorsIn(two.rabat)).toHaveLength(1);
  expect(expectOk(await ask(auditor, listJournal, { query: {} })).anchor).toMatchObject({ size: 3 });
});

test('an erasure enters it on both nodes with the reason of the order', async () => {
  expectOk(await two.rabat.node.submit([{ type: 'part.erase', v: 1, scope: 'space', body: { parts: [part], basis: 'request' }, parts: [] }], { officer: two.rabat.founded.administrator.officer }));
  await two.heal();
  for (const one of [auditor, peerAuditor]) expect((await operations(one)).at(-1)).toEqual(['erasure', part, 'request', []]);
});

test('only who audits reads and verifies it', async () => {
  const no = { ok: false, refusal: { code: 'mandate.power-missing', params: { power: 'audit' } } };
  expect(await ask(secretary, listJournal, { query: {} })).toEqual(no);
  expect(await ask(secretary, verifyJournal, { body: {} })).toEqual(no);
});

test('pages and the filter by operation meet every entry once', async () => {
  const first = expectOk(await ask(auditor, listJournal, { query: { limit: 3 } }));
  const rest = expectOk(await ask(auditor, listJournal, { query: { before: first.next, limit: 3 } }));
  expect([...first.rows, ...rest.rows].map((row) => row.n)).toEqual([3, 2, 1, 0]);
  expect(expectOk(await ask(auditor, listJournal, { query: { operation: 'erasure' } })).rows.map((row) => row.n)).toEqual([3]);
});

test('an export is a disclosure whose anchor is in the main log; the journal itself is in no log and no bundle', async () => {
  const bundle = expectOk(await exportBundle(two.rabat.path, 'SPACE'));
  expect((await operations(auditor)).at(-1)).toEqual(['disclosure', two.rabat.node.space, 'operator-asked', ['bearer']]);
  expect(expectOk(await ask(auditor, listJournal, { query: {} })).anchor).toMatchObject({ size: 5 });
  await two.heal();
  expect(Buffer.from(bundle.bytes).includes('accreditation')).toBe(false);
  const mirrored = await two.madrid.node.store.read((tx) => tx.db.selectFrom('leaf').select('envelope').where('party', '=', 'dgsn').execute());
  expect(mirrored.filter(({ envelope }) => Buffer.from(envelope).includes('accreditation'))).toEqual([]);
});

test('verification holds, and names the place where an entry was changed', async () => {
  expect(expectOk(await ask(auditor, verifyJournal, { body: {} }))).toMatchObject({ holds: true, size: 5, anchors: 2, anchorsHeld: 2, faults: [] });
  await two.rabat.node.store.write(async (tx) => {
    await tx.lockSpace();
    const row = await tx.db.selectFrom('journal_entry').selectAll().where('n', '=', 1).executeTakeFirstOrThrow();
    const entry = utf8((fromUtf8(row.entry) ?? '').replace('accreditation', 'nothing at all'));
    await tx.db.updateTable('journal_entry').set({ entry }).where('n', '=', 1).execute();
  });
  const found = expectOk(await ask(auditor, verifyJournal, { body: {} }));
  expect(found.holds).toBe(false);
  expect(found.faults[0]).toEqual({ code: 'entry-changed', at: 1 });
  expect(found.faults).toContainEqual({ code: 'other-than-signed' });
});
