import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../../kernel/result.ts';
import { getInstrument, listInstruments, registerInstrumentOperation } from '../../agreements/contract.ts';
import { listCentres, registerCentreOperation } from '../../centres/contract.ts';
import { createBodyOperation, listBodies } from '../../committee/contract.ts';
import { listFactObjects } from '../../communique/contract.ts';
import { getMechanism } from '../../mechanism/contract.ts';
import { searchAll } from '../../search/contract.ts';
import { appoint, ask, slicesOfTwo, type Asked, type Officer } from '../../slices.testkit.ts';
import { createSeriesOperation, listSymposia, registerEditionOperation } from '../../symposia/contract.ts';

let two: Asked;
let rabat: Officer;
let madrid: Officer;
let auditor: Officer;

beforeAll(async () => {
  two = await slicesOfTwo();
  rabat = await appoint(two.rabat, 'Secretariat', ['draft', 'sign']);
  madrid = await appoint(two.madrid, 'Secretaría', ['draft', 'sign']);
  auditor = await appoint(two.madrid, 'Auditor', ['audit']);
});
afterAll(() => two.close());

const agreement = {
  kind: 'administrative-agreement', level: 'institutions', title: { en: 'Agreement on irregular migration', es: 'Acuerdo sobre inmigración irregular' }, authentic: ['es', 'ar'],
  signedOn: '2013-04-15', place: { en: 'Madrid' }, offices: [{ party: 'dgsn', office: { en: 'Director General of National Security' } }], gazettes: [],
  source: { en: 'Communiqué of March 2014' }, recordedAfterwards: true,
} as const;

const no = (code: string) => ({ ok: false, refusal: { code } });

test('an instrument registered on one side is shown on both, its labels with it', async () => {
  expectOk(await ask(rabat, registerInstrumentOperation, { body: agreement }));
  await two.heal();
  const [row] = expectOk(await ask(madrid, listInstruments, { query: { level: 'institutions' } })).rows;
  expect(row).toMatchObject({
    kind: 'administrative-agreement', title: agreement.title, authentic: ['ar', 'es'], signedOn: '2013-04-15', place: { en: 'Madrid' },
    offices: [{ party: 'dgsn', office: { en: 'Director General of National Security' } }], source: { en: 'Communiqué of March 2014' }, recordedAfterwards: true, party: 'dgsn',
  });
  expect(expectOk(await ask(madrid, getInstrument, { params: { instrument: row?.instrument } }))).toEqual(row);
  expect(expectOk(await ask(madrid, listInstruments, { query: { level: 'countries' } })).rows).toEqual([]);
  expect(await ask(madrid, getInstrument, { params: { instrument: `dgsn.${'0'.repeat(20)}` } })).toEqual(no('agreement.unknown'));
});

test.each([
  [{ offices: [{ party: 'stranger', office: { en: 'x' } }] }, 'agreement.party-unknown'],
  [{ authentic: ['es', 'es'] }, 'agreement.language-twice'],
  [{ signedOn: '2013-02-29' }, 'agreement.date-impossible'],
  [{ inForceOn: '2013-01-01' }, 'agreement.in-force-before-signature'],
])('an instrument is refused: %j', async (change, code) => {
  expect(await ask(rabat, registerInstrumentOperation, { body: { ...agreement, ...change } })).toMatchObject(no(code));
});

test('who may not draft registers nothing', async () => {
  expect(await ask(auditor, registerInstrumentOperation, { body: agreement })).toMatchObject(no('mandate.power-missing'));
});

test('bodies rest on a registered instrument and on their parent', async () => {
  const [instrument] = expectOk(await ask(rabat, listInstruments, { query: {} })).rows;
  const cited = { id: instrument?.instrument, revision: instrument?.revision };
  const committee = { kind: 'committee', name: { en: 'Strategic Security Committee' }, chairing: 'co-chairs', yearly: true, instrument: cited, recordedAfterwards: true };
  expectOk(await ask(rabat, createBodyOperation, { body: committee }));
  const [body] = expectOk(await ask(rabat, listBodies)).rows;
  const below = { kind: 'technical-subcommittee', name: { en: 'Training' }, chairing: 'co-chairs', yearly: false, recordedAfterwards: false };
  expect(await ask(rabat, createBodyOperation, { body: below })).toMatchObject(no('committee.parent-missing'));
  expect(await ask(rabat, createBodyOperation, { body: { ...committee, parent: body?.body } })).toMatchObject(no('committee.parent-not-allowed'));
  expect(await ask(rabat, createBodyOperation, { body: { ...below, parent: `dgp.${'0'.repeat(20)}` } })).toMatchObject(no('committee.parent-unknown'));
  expect(await ask(rabat, createBodyOperation, { body: { ...committee, instrument: { ...cited, revision: '0'.repeat(64) } } })).toMatchObject(no('committee.instrument-unknown'));
  expect(await ask(rabat, createBodyOperation, { body: { ...committee, createdOn: '2013-11-31' } })).toMatchObject(no('committee.date-impossible'));
  await two.heal();
  expectOk(await ask(madrid, createBodyOperation, { body: { ...below, parent: body?.body } }));
  expect(expectOk(await ask(madrid, listBodies)).rows.map((row) => [row.kind, row.parent, row.instrument?.revision])).toEqual([
    ['committee', undefined, instrument?.revision], ['technical-subcommittee', body?.body, undefined],
  ]);
});

test('editions are numbered once, within their days, hosted by a party; the next host is the other one', async () => {
  expectOk(await ask(rabat, createSeriesOperation, { body: { title: { en: 'Symposia' }, recordedAfterwards: true } }));
  const [series] = expectOk(await ask(rabat, listSymposia)).series;
  const edition = {
    series: series?.series, number: 1, host: 'dgp', place: { es: 'Córdoba' }, from: '2013-11-27', to: '2013-11-28', title: { es: 'Nuevos desafíos', ar: 'تحديات جديدة' }, authentic: ['es', 'ar'], recordedAfterwards: true,
  };
  expectOk(await ask(rabat, registerEditionOperation, { body: edition }));
  const second = { ...edition, number: 2, host: 'dgsn', place: { ar: 'مراكش' }, from: '2014-03-06', to: '2014-03-07', opensAt: '2014-03-06T09:00:00+00:00[Africa/Casablanca]', title: { ar: 'التطرف الظلامي وسبل مواجهته' }, authentic: ['ar'] };
  expectOk(await ask(rabat, registerEditionOperation, { body: second }));
  for (const [change, code] of [
    [{ number: 2 }, 'symposium.number-taken'], [{ number: 3, to: '2014-03-05' }, 'symposium.ends-before-it-begins'], [{ number: 3, host: 'stranger' }, 'symposium.host-unknown'],
    [{ number: 3, opensAt: '2014-03-08T09:00:00+00:00[Africa/Casablanca]' }, 'symposium.opens-outside-its-days'], [{ number: 3, from: '2014-02-30' }, 'symposium.date-impossible'],
    [{ number: 3, authentic: ['ar', 'ar'] }, 'symposium.language-twice'], [{ number: 3, series: `dgp.${'0'.repeat(20)}` }, 'symposium.series-unknown'],
  ] as const) expect(await ask(rabat, registerEditionOperation, { body: { ...second, ...change } })).toMatchObject(no(code));
  expect(await ask(rabat, createSeriesOperation, { body: { title: { en: 'x' }, instrument: { id: `dgp.${'0'.repeat(20)}`, revision: '0'.repeat(64) }, recordedAfterwards: false } })).toMatchObject(no('symposium.instrument-unknown'));
  const view = expectOk(await ask(rabat, getMechanism));
  expect(view.editions.map((one) => [one.number, one.host])).toEqual([[1, 'dgp'], [2, 'dgsn']]);
  expect(view.nextHosts).toEqual([{ series: series?.series, host: 'dgp', after: view.editions[1]?.edition }]);
});

test('a centre stands in the country of its host', async () => {
  const centre = { port: { en: 'port of Tanger Med' }, host: 'dgsn', locode: 'MAPTM', openedOn: '2012-05-28', recordedAfterwards: true };
  expectOk(await ask(rabat, registerCentreOperation, { body: centre }));
  expect(await ask(rabat, registerCentreOperation, { body: { ...centre, host: 'dgp' } })).toMatchObject(no('centre.code-of-other-country'));
  expect(await ask(rabat, registerCentreOperation, { body: { ...centre, host: 'stranger' } })).toMatchObject(no('centre.host-unknown'));
  expect(await ask(rabat, registerCentreOperation, { body: { ...centre, openedOn: '2012-06-31' } })).toMatchObject(no('centre.date-impossible'));
  expect(await ask(rabat, registerCentreOperation, { body: { ...centre, instrument: { id: `dgp.${'0'.repeat(20)}`, revision: '0'.repeat(64) } } })).toMatchObject(no('centre.instrument-unknown'));
  expect(expectOk(await ask(rabat, listCentres)).rows.map((row) => [row.port.en, row.locode])).toEqual([['port of Tanger Med', 'MAPTM']]);
});

test('the mechanism at a glance: own party first, offices with what they may do, exercise', async () => {
  await two.heal();
  const view = expectOk(await ask(madrid, getMechanism));
  expect(view).toMatchObject({ exercise: true, own: 'dgp', authentic: ['ar', 'es'] });
  expect(view.parties.map((party) => party.id)).toEqual(['dgp', 'dgsn']);
  expect(view.parties[0]?.offices.find((office) => office.name.en === 'Auditor')).toMatchObject({ powers: ['audit'], held: true });
  expect(view.centres).toHaveLength(1);
});

test('each fact of the communiqué points at what embodies it, found by what it is', async () => {
  const { facts } = expectOk(await ask(madrid, listFactObjects));
  const found = Object.fromEntries(facts.map((fact) => [fact.id, fact.objects.map((object) => object.kind)]));
  expect(found).toMatchObject({ F1: ['space'], F2: ['edition'], F5: ['edition'], F10: ['committee'], F12: ['edition'], F13: [], F15: ['instrument'], F16: ['centre'], F17: [] });
  expect(facts.find((fact) => fact.id === 'F5')?.objects[0]).toMatchObject({ label: { ar: 'التطرف الظلامي وسبل مواجهته' }, act: { party: 'dgsn' } });
});

test('the search finds a title in the other side’s spelling, and says when it lags', async () => {
  await expect.poll(async () => expectOk(await ask(madrid, searchAll, { query: { q: 'تطرف ظلامي' } })).hits.map((hit) => hit.kind)).toEqual(['edition']);
  const { hits, behind } = expectOk(await ask(madrid, searchAll, { query: { q: 'migrac' } }));
  expect([hits, behind]).toEqual([[], false]);
  expect(expectOk(await ask(madrid, searchAll, { query: { q: 'inmigracion' } })).hits).toMatchObject([{ kind: 'instrument', title: agreement.title }]);
});
