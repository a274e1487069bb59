/**
 * What is under a narrow scope is found in no answer to who lacks it: every operation of every slice is
 * asked, by its route, so that a new one is asked too.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import type { Hash, ObjectId } from '../kernel/ids.ts';
import { expectOk } from '../kernel/result.ts';
import { registerInstrument } from './agreements/commands.ts';
import { registerCentre } from './centres/commands.ts';
import { createBody } from './committee/commands.ts';
import { listTexts } from './texts/contract.ts';
import { serverRoutes } from './server-slices.ts';
import { appoint, ask, asked, slicesOfTwo, type Asked, type Officer } from './slices.testkit.ts';
import { createSeries, registerEdition } from './symposia/commands.ts';
import { beginText, getText, markConcordance, propose, saveDraft, shareDraft, suggest } from './texts/contract.ts';
import { startTextOffice } from './texts/server/office.ts';

const WORD = 'Zarzaparrilla';

let two: Asked;
let outsiders: Officer[];
let insider: Officer;
let ids: { doc: ObjectId; local: ObjectId; text: Hash; suggestion: Hash; instrument: ObjectId; body: ObjectId; edition: ObjectId; centre: ObjectId };

beforeAll(async () => {
  two = await slicesOfTwo();
  const { mint } = two.rabat.node;
  const scope = `body:${mint.id()}`;
  insider = await appoint(two.rabat, 'Inside', ['draft', 'sign'], ['space', scope]);
  const across = await appoint(two.madrid, 'Across', ['draft', 'sign'], ['space', scope]);
  const powers = ['draft', 'sign', 'report', 'centre', 'audit', 'administer'] as const;
  outsiders = [await appoint(two.rabat, 'Outside', powers), await appoint(two.madrid, 'Outside', powers)];
  await two.heal();
  const title = { en: WORD };
  const instrument = registerInstrument({ kind: 'treaty', level: 'countries', title, authentic: ['es'], signedOn: '2013-01-01', offices: [], gazettes: [], recordedAfterwards: true, scope }, mint);
  const body = createBody({ kind: 'committee', name: title, chairing: 'co-chairs', yearly: true, recordedAfterwards: true, scope }, mint);
  const series = createSeries({ title, recordedAfterwards: true, scope }, mint);
  const edition = registerEdition({ series: series.body.series, number: 2, host: 'dgp', place: title, from: '2013-01-01', to: '2013-01-02', title, authentic: ['es'], recordedAfterwards: true, scope }, mint);
  const centre = registerCentre({ port: title, host: 'dgsn', recordedAfterwards: true, scope }, mint);
  expectOk(await two.rabat.node.submit([instrument, body, series, edition, centre], { officer: insider.officer }));
  const doc = await shared(scope);
  const local = (await begun(scope)).doc;
  expectOk(await ask(insider, saveDraft, { params: { doc: local, lang: 'es' }, body: { title: WORD, clauses: [{ id: 'aaaa', text: WORD }] } }));
  await two.heal();
  expectOk(await ask(across, suggest, { params: { doc, lang: 'es' }, body: { clause: 'aaaa', words: WORD, reason: WORD } }));
  for (const side of [insider, across]) expectOk(await ask(side, markConcordance, { params: { doc }, body: { clauses: ['aaaa'] } }));
  await two.heal();
  expectOk(await ask(insider, propose, { params: { doc } }));
  await two.heal();
  const office = startTextOffice(two.rabat.node);
  await office.run();
  await office.stop();
  const shown = expectOk(await ask(insider, getText, { params: { id: doc } }));
  ids = {
    doc, local, text: shown.text as Hash, suggestion: shown.suggestions[0]?.act as Hash, instrument: instrument.body.instrument, body: body.body.body,
    edition: edition.body.edition, centre: centre.body.centre,
  };
});
afterAll(() => two.close());

async function begun(scope: string): Promise<{ doc: ObjectId }> {
  const languages = [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }];
  return expectOk(await ask(insider, beginText, { body: { kind: 'communique', title: { en: WORD }, languages, scope } }));
}

async function shared(scope: string): Promise<ObjectId> {
  const { doc } = await begun(scope);
  for (const lang of ['ar', 'es']) expectOk(await ask(insider, saveDraft, { params: { doc, lang }, body: { title: WORD, clauses: [{ id: 'aaaa', text: `${WORD} ${lang}` }] } }));
  expectOk(await ask(insider, shareDraft, { params: { doc }, body: { languages: ['ar', 'es'] } }));
  return doc;
}

/** Every way to fill the path and the query of an operation with what the outsider might guess. */
async function guesses(officer: Officer): Promise<{ id: string; params: Record<string, unknown>; query: Record<string, unknown> }[]> {
  const { node } = officer.house;
  const sizes = new Map((await node.heads()).map((head) => [head.party, head.size]));
  const routes = serverRoutes({ node, engine: nodeEngine(), keys: officer.house.opened.keys, printer: { print: async () => new Uint8Array(0) } });
  const found: { id: string; params: Record<string, unknown>; query: Record<string, unknown> }[] = [];
  for (const { operation } of routes.filter((route) => route.access === 'session' && route.operation.method === 'GET' && route.operation.produces === undefined)) {
    const names = [...operation.path.matchAll(/:([a-z]+)/g)].map(([, name]) => name as string);
    const fillings = names.includes('index')
      ? [...sizes].flatMap(([party, size]) => [...Array(size).keys()].map((index) => ({ party, index: String(index) })))
      : [ids.doc, ids.local, ids.text, ids.suggestion, ids.instrument, ids.body, ids.edition, ids.centre].flatMap((id) => ['dgsn', 'dgp'].map((party) => Object.fromEntries(names.map((name) => [name, name === 'party' ? party : name === 'lang' ? 'es' : id]))));
    for (const params of fillings) for (const query of [{}, { q: WORD }]) found.push({ id: operation.id, params, query });
  }
  return found;
}

test('the words are there, and in the index, for who may read them', async () => {
  await expect.poll(async () => JSON.stringify(await asked(insider, 'search.all', { query: { q: WORD } }))).toContain(ids.doc);
  expect(expectOk(await ask(insider, listTexts, { query: { q: WORD } })).rows).toHaveLength(2);
  expect(JSON.stringify(await ask(insider, getText, { params: { id: ids.doc } }))).toContain(WORD);
});

test('no answer to an outsider holds a word, an id or a reference of it, whatever they ask', async () => {
  for (const outsider of outsiders) {
    const answered = new Set<string>();
    for (const { id, params, query } of await guesses(outsider)) {
      const said = await asked(outsider, id, { params, query });
      if (said === undefined) continue;
      if (said.ok) answered.add(id);
      const text = JSON.stringify(said.ok ? said.value : {});
      // What the caller itself named may come back (a party, an index); the secret's words and objects may not.
      for (const secret of [WORD, ids.doc, ids.local, ids.instrument, ids.body, ids.edition, ids.centre]) expect(text, `${id} ${JSON.stringify(params)}`).not.toContain(secret);
    }
    for (const id of ['texts.list', 'desk.get', 'mechanism.get', 'record.acts', 'record.act', 'search.all', 'communique.objects']) expect(answered).toContain(id);
  }
});

test('counts and lists are those of somebody for whom it does not exist', async () => {
  for (const outsider of outsiders) {
    expect(expectOk(await ask(outsider, listTexts)).rows).toEqual([]);
    expect(await asked(outsider, 'search.all', { query: { q: WORD.slice(0, 5) } })).toMatchObject({ ok: true, value: { hits: [] } });
    expect(await asked(outsider, 'desk.get')).toMatchObject({ ok: true, value: { rows: [] } });
  }
});
