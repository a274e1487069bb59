import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromHex, utf8 } from '../../../kernel/bytes.ts';
import { expectOk } from '../../../kernel/result.ts';
import { nodeEngine } from '../../../adapters/engine/node-engine.ts';
import { leafHash, verifyInclusion } from '../../../record/tree.ts';
import { registerCentre } from '../../centres/commands.ts';
import { appoint, ask, slicesOfTwo, type Asked, type Officer } from '../../slices.testkit.ts';
import { findAct, getAct, listActs, listLogs, verifyHere } from '../contract.ts';

let two: Asked;
let rabat: Officer;
let madrid: Officer;
let narrow: string;
let inside: Officer;

beforeAll(async () => {
  two = await slicesOfTwo();
  rabat = await appoint(two.rabat, 'Secretariat', ['draft']);
  narrow = `edition:${two.rabat.node.mint.id()}`;
  inside = await appoint(two.rabat, 'Inside', ['draft'], ['space', narrow]);
  madrid = await appoint(two.madrid, 'Auditor', ['audit']);
  const centre = registerCentre({ port: { en: 'planted secret' }, host: 'dgsn', recordedAfterwards: false, scope: narrow }, two.rabat.node.mint);
  expectOk(await two.rabat.node.submit([centre], { officer: inside.officer }));
  await two.heal();
});
afterAll(() => two.close());

test('every log with its size, its note and who has stored it', async () => {
  const { logs, own, evidence } = expectOk(await ask(madrid, listLogs));
  expect(own).toBe('dgp');
  expect(evidence).toEqual([]);
  expect(logs.map((log) => [log.party, log.own, log.size === log.decided, log.note?.startsWith(log.origin)])).toEqual([['dgp', true, true, true], ['dgsn', false, true, true]]);
  for (const log of logs) expect(log.stored.map((one) => one.size)).toEqual([log.size]);
});

test('acts come newest first, page by page, and are filtered by kind and effect', async () => {
  const first = expectOk(await ask(rabat, listActs, { params: { party: 'dgp' }, query: { limit: 3 } }));
  expect(first.rows).toHaveLength(3);
  expect(first.rows[0]?.index).toBe(first.size - 1);
  const rest = expectOk(await ask(rabat, listActs, { params: { party: 'dgp' }, query: { before: first.next, limit: 100 } }));
  expect(rest.next).toBeUndefined();
  expect([...first.rows, ...rest.rows].map((row) => row.index)).toEqual([...Array(first.size).keys()].toReversed());
  const grants = expectOk(await ask(rabat, listActs, { params: { party: 'dgp' }, query: { type: 'mandate.grant' } }));
  expect(grants.rows).toHaveLength(3);
  expect(expectOk(await ask(rabat, listActs, { params: { party: 'dgp' }, query: { effect: 'none' } })).rows).toEqual([]);
  expect(await ask(rabat, listActs, { params: { party: 'stranger' }, query: {} })).toMatchObject({ refusal: { code: 'record.log-unknown' } });
});

test('one act in full: bytes, signatures by office, parts, and a proof that verifies', async () => {
  const index = expectOk(await ask(rabat, listActs, { params: { party: 'dgp' }, query: { type: 'office.declare' } })).rows[0]?.index ?? 0;
  const view = expectOk(await ask(rabat, getAct, { params: { party: 'dgp', index } }));
  if (!view.readable) throw new Error('the act is in the scope of the space');
  expect(view).toMatchObject({ type: 'office.declare', verdict: { effect: 'valid' }, signatures: [{ kind: 'node', office: { en: 'System administration' } }], parts: [{ class: 'text', state: 'held' }] });
  expect(JSON.parse(view.pretty)).toEqual(JSON.parse(view.bytes));
  const engine = nodeEngine();
  const hash = leafHash(engine, utf8(view.envelope));
  expect(hash.toHex()).toBe(view.proof.leaf);
  const path = view.proof.path.map((one) => fromHex(one) ?? new Uint8Array(0));
  expect(verifyInclusion(engine, BigInt(index), BigInt(view.proof.size), hash, path, fromHex(view.proof.root) ?? new Uint8Array(0)).ok).toBe(true);
  expect(expectOk(await ask(rabat, findAct, { params: { act: view.act } }))).toEqual({ party: 'dgp', index });
  expect(await ask(rabat, getAct, { params: { party: 'dgp', index: 9_999 } })).toMatchObject({ refusal: { code: 'record.act-unknown' } });
  expect(await ask(rabat, findAct, { params: { act: '0'.repeat(64) } })).toMatchObject({ refusal: { code: 'record.act-unknown' } });
});

test('without the right there is position and digest only, and a kind that is hidden is not even listed', async () => {
  const open = expectOk(await ask(inside, listActs, { params: { party: 'dgsn' }, query: { type: 'centre.register' } }));
  expect(open.rows).toMatchObject([{ readable: true, type: 'centre.register' }]);
  const index = open.rows[0]?.index ?? 0;
  for (const reader of [rabat, madrid]) {
    const page = expectOk(await ask(reader, listActs, { params: { party: 'dgsn' }, query: {} }));
    expect(page.types).not.toContain('centre.register');
    expect(Object.keys(page.rows.find((row) => row.index === index) ?? {}).toSorted()).toEqual(['act', 'index', 'party', 'readable']);
    expect(expectOk(await ask(reader, listActs, { params: { party: 'dgsn' }, query: { type: 'centre.register' } })).rows).toEqual([]);
    expect(Object.keys(expectOk(await ask(reader, getAct, { params: { party: 'dgsn', index } }))).toSorted()).toEqual(['act', 'index', 'party', 'proof', 'readable', 'size']);
  }
});

test('a log verifies as it is stored, and says what was not checked', async () => {
  const found = expectOk(await ask(madrid, verifyHere, { params: { party: 'dgsn' }, body: {} }));
  expect(found.holds).toBe(true);
  expect(found.checks.map((check) => [check.check, check.outcome])).toEqual([
    ['note', 'holds'], ['note-root', 'holds'], ['cosigned', 'holds'], ['root', 'holds'], ['leaves', 'holds'], ['forms', 'holds'], ['signatures', 'holds'], ['effect', 'not-checked'],
  ]);
  expect(await ask(madrid, verifyHere, { params: { party: 'stranger' }, body: {} })).toMatchObject({ refusal: { code: 'record.log-unknown' } });
  expect(await ask(madrid, verifyHere, { params: { party: 'dgsn' }, body: { index: 9_999 } })).toMatchObject({ refusal: { code: 'record.act-unknown' } });
});

test('a changed byte in the database is found, with its place', async () => {
  const { node } = two.madrid;
  const place = { party: 'dgsn', index: 5 };
  const stored = await node.store.read((tx) => tx.leaf(place.party, place.index));
  if (stored === undefined) throw new Error('there is a leaf');
  const changed = stored.envelope.slice();
  changed[40] = changed[40] === 65 ? 66 : 65;
  const put = (envelope: Uint8Array<ArrayBuffer>) => node.store.write((tx) => tx.db.updateTable('leaf').set({ envelope }).where('party', '=', place.party).where('idx', '=', place.index).execute());
  await put(changed);
  try {
    const log = expectOk(await ask(madrid, verifyHere, { params: { party: 'dgsn' }, body: {} }));
    expect(log.holds).toBe(false);
    expect(log.checks.find((check) => check.check === 'leaves-bad')).toEqual({ check: 'leaves-bad', outcome: 'fails', params: { count: 1, index: 5 } });
    expect(log.checks.find((check) => check.check === 'root')?.outcome).toBe('fails');
    const entry = expectOk(await ask(madrid, verifyHere, { params: { party: 'dgsn' }, body: { index: 5 } }));
    expect(entry.checks.filter((check) => check.outcome === 'fails').map((check) => check.check)).toContain('inclusion');
  } finally {
    await put(stored.envelope);
  }
  expect(expectOk(await ask(madrid, verifyHere, { params: { party: 'dgsn' }, body: { index: 5 } })).holds).toBe(true);
});
