/**
 * I2 for read tables: whatever causal order the logs interleave in, and whether the rows were written
 * act by act or replayed, they are the same, on both nodes.
 */
import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { expectOk } from '../kernel/result.ts';
import type { Node } from '../node/node.ts';
import type { Tx } from '../node/ports.ts';
import type { Decided } from '../node/projection.ts';
import { partsOf } from '../record/act.ts';
import { decodeEntry } from '../record/codec.ts';
import { registerInstrument } from './agreements/commands.ts';
import { serverProjections } from './server-slices.ts';
import { appoint, ask, slicesOfTwo, type Asked, type Officer } from './slices.testkit.ts';
import { answerSuggestion, askPen, beginText, getText, givePen, markConcordance, propose, saveDraft, shareDraft, suggest } from './texts/contract.ts';
import { startTextOffice } from './texts/server/office.ts';

let two: Asked;

class Undo extends Error {}

beforeAll(async () => {
  two = await slicesOfTwo();
  const rabat = await appoint(two.rabat, 'Secretariat', ['draft', 'sign', 'administer']);
  const madrid = await appoint(two.madrid, 'Secretaría', ['draft', 'sign', 'administer']);
  await two.heal();
  await history(rabat, madrid);
});
afterAll(() => two.close());

/** Work on both sides, partly without having seen each other, with acts that have no effect and an erasure. */
async function history(rabat: Officer, madrid: Officer): Promise<void> {
  const doc = await shared(rabat);
  await two.heal();
  expectOk(await ask(madrid, suggest, { params: { doc, lang: 'es' }, body: { clause: 'aaaa', words: 'palabras', reason: 'motivo' } }));
  expectOk(await ask(madrid, askPen, { params: { doc, lang: 'es' } }));
  expectOk(await ask(rabat, givePen, { params: { doc, lang: 'es' }, body: { to: 'dgp' } }));
  const other = await shared(madrid);
  await two.heal();
  const suggestion = expectOk(await ask(madrid, getText, { params: { id: doc } })).suggestions[0]?.act;
  expectOk(await ask(madrid, answerSuggestion, { params: { suggestion }, body: { outcome: 'taken' } }));
  expectOk(await ask(madrid, saveDraft, { params: { doc, lang: 'es' }, body: { title: 'T', clauses: [{ id: 'aaaa', text: 'palabras' }] } }));
  expectOk(await ask(madrid, shareDraft, { params: { doc }, body: { languages: ['es'] } }));
  await two.heal();
  for (const side of [rabat, madrid]) for (const one of [doc, other]) expectOk(await ask(side, markConcordance, { params: { doc: one }, body: { clauses: ['aaaa'] } }));
  await two.heal();
  expectOk(await ask(rabat, propose, { params: { doc } }));
  await two.heal();
  const text = expectOk(await ask(rabat, getText, { params: { id: doc } })).text as Hash;
  // The last two signatures cross.
  for (const side of [rabat, madrid]) expectOk(await side.house.node.submit([{ type: 'text.sign', v: 1, scope: 'space', body: { text }, parts: [] }], { officer: side.officer }));
  const erasable = registerInstrument({ kind: 'declaration', level: 'countries', title: { en: 'To be erased' }, authentic: ['es'], signedOn: '2013-01-01', offices: [], gazettes: [], recordedAfterwards: false }, rabat.house.node.mint);
  expectOk(await rabat.house.node.submit([erasable], { officer: rabat.officer }));
  const erase = expectOk(await rabat.house.node.submit([{ type: 'part.erase', v: 1, scope: 'space', body: { parts: [erasable.body.title.part], basis: 'mistake' }, parts: [] }], { officer: rabat.officer }));
  await two.heal();
  for (const side of [rabat, madrid]) {
    const body = { erase: erase.acts[0]?.act, parts: [erasable.body.title.part], destroyedAt: side.house.node.mint.now(), backupsGoneOn: '2030-01-01' };
    expectOk(await side.house.node.submit([{ type: 'part.erased', v: 1, scope: 'space', body, parts: [] }], { officer: side.officer }));
  }
  for (const side of [rabat, madrid]) {
    const office = startTextOffice(side.house.node);
    await office.run();
    await office.stop();
  }
  await two.heal();
}

async function shared(officer: Officer): Promise<string> {
  const languages = [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }];
  const { doc } = expectOk(await ask(officer, beginText, { body: { kind: 'declaration', title: { en: 'D' }, languages } }));
  for (const lang of ['ar', 'es']) expectOk(await ask(officer, saveDraft, { params: { doc, lang }, body: { title: `T ${lang}`, clauses: [{ id: 'aaaa', text: `x ${lang}` }] } }));
  expectOk(await ask(officer, shareDraft, { params: { doc }, body: { languages: ['ar', 'es'] } }));
  return doc;
}

const tables = serverProjections.flatMap((projection) => projection.tables.map((table) => table.name));

async function dump(tx: Tx): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(tx.db);
    found[table] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return found;
}

const dumpOf = (node: Node): Promise<Record<string, string[]>> => node.store.read(dump);

interface Placed extends Pick<Decided, 'placed' | 'verdict'> {
  readonly party: string;
}

async function decidedActs(node: Node): Promise<Map<string, Placed[]>> {
  const leaves = await node.store.read((tx) => tx.decidedAfter(0, 10_000));
  const acts = leaves.map((leaf): Placed => {
    const entry = expectOk(decodeEntry(nodeEngine(), leaf.envelope));
    if (leaf.verdict === undefined) throw new Error('a decided leaf has a verdict');
    return { party: leaf.party, placed: { id: entry.id, index: leaf.index, act: entry.act, keys: entry.signatures.map((one) => one.keyid) }, verdict: leaf.verdict };
  });
  return Map.groupBy(acts, (act) => act.party);
}

/** Every act after what it has seen and after the one before it in its log; `choose` picks among those that may come next. */
function interleave(logs: ReadonlyMap<string, readonly Placed[]>, choose: (count: number) => number): Placed[] {
  const at = new Map([...logs.keys()].map((party) => [party, 0]));
  const order: Placed[] = [];
  for (;;) {
    const ready = [...logs].flatMap(([party, acts]) => {
      const next = acts[at.get(party) ?? 0];
      return next !== undefined && Object.entries(next.placed.act.seen).every(([other, { size }]) => (at.get(other) ?? 0) >= size) ? [next] : [];
    });
    const next = ready[choose(ready.length)];
    if (next === undefined) return order;
    at.set(next.party, next.placed.index + 1);
    order.push(next);
  }
}

async function textsOf(node: Node, acts: readonly Placed[]): Promise<ReadonlyMap<Hash, Bytes>> {
  const open = new Map<Hash, Bytes>();
  for (const ref of acts.flatMap(({ placed }) => partsOf(placed.act.body))) {
    const opened = await node.openPart(ref.part);
    if (opened.ok) open.set(ref.part, opened.value.plaintext);
  }
  return open;
}

test('the history has what the property is about: acts of both sides, one without effect or crossing, an erasure', async () => {
  const logs = await decidedActs(two.rabat.node);
  const types = [...logs.values()].flat().map(({ placed }) => placed.act.type);
  for (const type of ['text.draft', 'text.revise', 'pen.give', 'text.answer', 'text.concord', 'text.propose', 'text.sign', 'text.register', 'text.attest', 'part.erased']) expect(types).toContain(type);
});

test('any causal interleaving gives the rows that the node has', async () => {
  const { node } = two.rabat;
  // Following tables are up to date when their cursor has reached the last act.
  await expect.poll(async () => {
    const { last, fed } = await node.store.read(async (tx) => ({
      last: (await tx.db.selectFrom('leaf').select((all) => all.fn.max('seq').as('seq')).executeTakeFirst())?.seq,
      fed: (await tx.db.selectFrom('projection').select('done').where('name', '=', 'search').executeTakeFirst())?.done,
    }));
    return Number(fed) - Number(last);
  }).toBe(0);
  const logs = await decidedActs(node);
  const texts = await textsOf(node, [...logs.values()].flat());
  const expected = await dumpOf(node);
  for (const table of ['texts_doc', 'texts_stance', 'texts_attest', 'registers_entry', 'search_term', 'officers_mandate']) expect(expected[table]?.length).toBeGreaterThan(0);
  const replayed = async (order: readonly Placed[]): Promise<Record<string, string[]>> => {
    let found: Record<string, string[]> = {};
    const undone = node.store.write(async (tx) => {
      await tx.lockSpace();
      for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(tx.db);
      for (const { placed, verdict } of order) {
        const entry: Decided = { placed, verdict, openText: async (ref) => texts.get(ref.part) };
        for (const projection of serverProjections) await projection.apply(tx, entry);
      }
      found = await dump(tx);
      throw new Undo();
    });
    await expect(undone).rejects.toThrow(Undo);
    return found;
  };
  await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 997 })), async (choices) => {
    const order = interleave(logs, (count) => (count === 0 ? 0 : (choices.next().value as number) % count));
    expect(order).toHaveLength([...logs.values()].flat().length);
    expect(await replayed(order)).toEqual(expected);
  }), { numRuns: 15 });
});

test('a rebuild gives the rows that were written act by act', async () => {
  for (const { node } of [two.rabat, two.madrid]) {
    const before = await dumpOf(node);
    await node.rebuild();
    expect(await dumpOf(node)).toEqual(before);
  }
});

test('both nodes hold the same rows', async () => {
  for (const { node } of [two.rabat, two.madrid]) await node.rebuild();
  expect(await dumpOf(two.rabat.node)).toEqual(await dumpOf(two.madrid.node));
});
