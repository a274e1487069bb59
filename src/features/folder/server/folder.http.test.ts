import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serving, type Browser, type Serving } from '../../../http/serving.testkit.ts';
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import { prepareStance } from '../../texts/contract.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { ActDraft } from '../../../node/node.ts';
import { getDesk } from '../../desk/contract.ts';
import { deskRoutes } from '../../desk/server/routes.ts';
import type { DeskRow } from '../../desk/views.ts';
import { officersDesk } from '../../officers/server/desk.ts';
import { grantMandate } from '../../officers/contract.ts';
import {
  clearStep, endAbsence, enterAbsence, getFolderEntry, listAbsences, listFolder, listFolderOfficers, openFolderEntry, remindFolderEntry, resumeFolderEntry, returnStep, withdrawFolderEntry,
  type FolderEntry,
} from '../contract.ts';
import { officersProjection } from '../../officers/server/project.ts';
import { textsProjection } from '../../texts/server/project.ts';
import { textRoutes } from '../../texts/server/routes.ts';
import { folderDesk } from './desk.ts';
import { requireCleared } from './published.ts';

const SECRET = 'words that stay inside';
const desk = async (browser: Browser): Promise<DeskRow[]> => (await on<{ rows: DeskRow[] }>(browser, getDesk)).body.rows;
let space: Serving;
let admin: Browser;
const people = new Map<string, { officer: ObjectId; browser: Browser }>();

beforeAll(async () => {
  space = await serving({ routes: [...deskRoutes([folderDesk, officersDesk]), ...textRoutes({ requireCleared })], projections: [officersProjection, textsProjection] });
  admin = await space.signedIn(space.administrator);
  for (const [office, powers] of [['director', ['sign']], ['secretary', ['draft', 'report']], ['legal', ['report']], ['linguist', ['draft']], ['outsider', ['report']]] as const) {
    const made = await on<{ officer: ObjectId }>(admin, grantMandate, { body: { office: { en: office }, powers, scopes: ['space'], clearance: 'GREEN' } });
    people.set(office, { officer: made.body.officer, browser: await space.signedIn(made.body.officer) });
  }
});
afterAll(async () => space.close());

const who = (office: string): ObjectId => people.get(office)?.officer as ObjectId;
const as = (office: string): Browser => people.get(office)?.browser as Browser;
async function on<A = FolderEntry>(browser: Browser, operation: { method: string; path: string }, sent: Parameters<Browser['call']>[1] = {}): Promise<{ status: number; body: A & { code?: string } }> {
  return browser.call<A & { code?: string }>(operation, sent);
}

let count = 0;
async function newText(): Promise<Hash> {
  const { charter, id } = await space.open.node.charter();
  const draft: ActDraft = { type: 'charter.propose', v: 1, scope: 'space', body: { base: id, charter: { ...charter, name: { en: `Space ${count++}` } } }, parts: [] };
  return expectOk(await space.open.node.submit([draft], { officer: space.administrator })).acts[0]?.act as Hash;
}

async function lay(mode: 'sequence' | 'parallel', more: object = {}): Promise<FolderEntry & { code?: string }> {
  return (await on(as('secretary'), openFolderEntry, { body: { text: await newText(), signer: who('director'), mode, steps: [who('legal'), who('linguist')], reason: SECRET, ...more } })).body;
}
const turns = (entry: FolderEntry): boolean[] => entry.steps.map((step) => step.turn);

test('in sequence each waits for the one before; the last clearance lays it before the signer', async () => {
  const entry = await lay('sequence');
  expect([entry.state, turns(entry), entry.reason]).toEqual(['clearing', [true, false], SECRET]);
  const params = { entry: entry.entry };
  expect((await on(as('linguist'), clearStep, { params, body: {} })).body.code).toBe('folder.not-your-turn');
  expect(turns((await on(as('legal'), clearStep, { params, body: { note: 'Checked' } })).body)).toEqual([false, true]);
  const cleared = (await on(as('linguist'), clearStep, { params, body: {} })).body;
  expect([cleared.state, cleared.steps[0]?.note]).toEqual(['cleared', 'Checked']);
  expect((await on(as('director'), getFolderEntry, { params })).body.may).toEqual(['sign']);
  expect((await on(as('legal'), getFolderEntry, { params })).body.may).toEqual([]);
});

test('in parallel a return with a note ends the round; the next round asks everybody again and keeps the answers', async () => {
  const entry = await lay('parallel');
  const params = { entry: entry.entry };
  expect(turns(entry)).toEqual([true, true]);
  const returned = (await on(as('linguist'), returnStep, { params, body: { note: 'The second clause differs' } })).body;
  expect([returned.state, turns(returned)]).toEqual(['returned', [false, false]]);
  expect((await on(as('legal'), clearStep, { params, body: {} })).body.code).toBe('folder.not-your-turn');
  expect((await on(as('legal'), resumeFolderEntry, { params, body: {} })).body.code).toBe('folder.not-yours');
  const resumed = (await on(as('secretary'), resumeFolderEntry, { params, body: {} })).body;
  expect([resumed.round, turns(resumed), resumed.earlier.map((round) => round.steps.map((step) => [step.outcome, step.note]))])
    .toEqual([2, [true, true], [[['waiting', undefined], ['returned', 'The second clause differs']]]]);
  expect((await on(as('secretary'), resumeFolderEntry, { params, body: {} })).body.code).toBe('folder.not-returned');
});

test('an uncleared text is refused before anything is prepared for signing; refusing it stays open', async () => {
  const entry = await lay('sequence');
  const body = { stance: 'sign', read: entry.text };
  expect((await on<{ code?: string }>(as('director'), prepareStance, { params: { text: entry.text }, body })).body.code).toBe('folder.not-cleared');
  expect(await space.open.node.waitingFor(who('director'))).toEqual([]);
  for (const office of ['legal', 'linguist']) await on(as(office), clearStep, { params: { entry: entry.entry }, body: {} });
  expect((await on(as('director'), prepareStance, { params: { text: entry.text }, body })).status).toBe(200);
});

test('a return without a note is not taken', async () => {
  const entry = await lay('parallel');
  expect((await on(as('legal'), returnStep, { params: { entry: entry.entry }, body: {} })).body.code).toBe('request.invalid');
});

test('during an absence the substitute answers, shown as such; before and after, not', async () => {
  const entry = await lay('sequence');
  const params = { entry: entry.entry };
  expect((await on(as('outsider'), getFolderEntry, { params })).body.code).toBe('folder.unknown');
  const future = (await on<{ now: boolean }>(as('legal'), enterAbsence, { body: { substitute: who('outsider'), from: '2026-11-24', to: '2026-11-30' } })).body;
  expect(future.now).toBe(false);
  expect((await on(as('outsider'), clearStep, { params, body: {} })).body.code).toBe('folder.unknown');
  const away = (await on<{ absence: string; now: boolean }>(as('legal'), enterAbsence, { body: { substitute: who('outsider'), from: '2026-11-20', to: '2026-11-23' } })).body;
  expect(away.now).toBe(true);
  const shown = (await on(as('outsider'), getFolderEntry, { params })).body;
  expect([shown.may, shown.steps[0]?.substitute?.officer]).toEqual([['clear', 'return'], who('outsider')]);
  const cleared = (await on(as('outsider'), clearStep, { params, body: {} })).body;
  expect([cleared.steps[0]?.officer, cleared.steps[0]?.by?.officer]).toEqual([who('legal'), who('outsider')]);
  expect((await on(as('linguist'), endAbsence, { params: { absence: away.absence } })).body.code).toBe('mandate.power-missing');
  expect((await on(as('legal'), endAbsence, { params: { absence: away.absence } })).status).toBe(200);
  expect((await on<{ rows: { from: string }[] }>(admin, listAbsences)).body.rows.map((row) => row.from)).toEqual(['2026-11-24']);
  expect((await on(as('legal'), endAbsence, { params: { absence: away.absence } })).body.code).toBe('folder.absence-unknown');
});

test('an absence needs somebody else, in the right order, known here; others’ absences are an administrator’s', async () => {
  const enter = async (office: string, body: object): Promise<string | undefined> => (await on(office === 'admin' ? admin : as(office), enterAbsence, { body })).body.code;
  const days = { from: '2026-12-01', to: '2026-12-05' };
  expect(await enter('legal', { ...days, substitute: who('legal') })).toBe('folder.substitute-self');
  expect(await enter('legal', { from: '2026-12-05', to: '2026-12-01', substitute: who('linguist') })).toBe('folder.absence-backwards');
  expect(await enter('legal', { ...days, substitute: space.open.node.mint.id() })).toBe('officer.unknown');
  expect(await enter('legal', { ...days, officer: who('linguist'), substitute: who('outsider') })).toBe('mandate.power-missing');
  expect(await enter('admin', { ...days, officer: who('linguist'), substitute: who('outsider') })).toBe(undefined);
});

test('a reminder goes to whose turn it is, once an hour, from who laid it there or who signs', async () => {
  const entry = await lay('sequence');
  const params = { entry: entry.entry };
  expect((await on(as('legal'), remindFolderEntry, { params })).body.code).toBe('folder.not-yours');
  const reminded = (await on(as('secretary'), remindFolderEntry, { params })).body;
  expect(reminded.steps.map((step) => step.reminders)).toEqual([1, 0]);
  expect((await on(as('director'), remindFolderEntry, { params })).body.code).toBe('folder.reminded-lately');
  await on(as('legal'), clearStep, { params, body: {} });
  await on(as('linguist'), clearStep, { params, body: {} });
  expect((await on(as('secretary'), remindFolderEntry, { params })).body.code).toBe('folder.nobody-to-remind');
});

test('who opens it must be able to, the signer must have the power, and each step may read it once', async () => {
  const text = await newText();
  const open = async (office: string, more: object): Promise<string | undefined> =>
    (await on(office === 'admin' ? admin : as(office), openFolderEntry, { body: { text, signer: who('director'), mode: 'sequence', steps: [who('legal')], reason: 'x', ...more } })).body.code;
  expect(await open('admin', {})).toBe('mandate.power-missing');
  expect(await open('secretary', { signer: who('legal') })).toBe('folder.signer-cannot-sign');
  expect(await open('secretary', { steps: [who('legal'), who('legal')] })).toBe('folder.step-twice');
  expect(await open('secretary', { steps: [space.open.node.mint.id()] })).toBe('folder.officer-cannot-read');
  expect(await open('secretary', { text: 'a'.repeat(64) })).toBe('folder.text-unknown');
  expect(await open('secretary', {})).toBe(undefined);
  expect(await open('secretary', {})).toBe('folder.open-already');
});

test('withdrawn, it stands in nobody’s way and can be laid anew', async () => {
  const entry = await lay('sequence');
  const params = { entry: entry.entry };
  expect((await on(as('director'), withdrawFolderEntry, { params })).body.code).toBe('folder.not-yours');
  expect((await on(as('secretary'), withdrawFolderEntry, { params })).body.state).toBe('withdrawn');
  expect((await on(as('secretary'), withdrawFolderEntry, { params })).body.code).toBe('folder.over');
  expect((await on(as('secretary'), openFolderEntry, { body: { text: entry.text, signer: who('director'), mode: 'sequence', steps: [who('legal')], reason: 'again' } })).status).toBe(200);
});

test('once the party has taken its stance the folder only shows it', async () => {
  const entry = await lay('sequence', { dueOn: '2026-11-20' });
  expect(entry.overdue).toBe(true);
  expectOk(await space.open.node.submit([{ type: 'text.sign', v: 1, scope: 'space', body: { text: entry.text }, parts: [] }], { officer: who('director') }));
  const params = { entry: entry.entry };
  const shown = (await on(as('secretary'), getFolderEntry, { params })).body;
  expect([shown.state, shown.may, shown.overdue]).toEqual(['signed', [], false]);
  expect((await on(as('legal'), clearStep, { params, body: {} })).body.code).toBe('folder.not-your-turn');
  expect((await on(as('secretary'), withdrawFolderEntry, { params })).body.code).toBe('folder.over');
  expect((await on(as('secretary'), openFolderEntry, { body: { text: entry.text, signer: who('director'), mode: 'sequence', steps: [who('legal')], reason: 'x' } })).body.code).toBe('folder.stance-taken');
});

test('who has no part in it sees no entry, in no list; what it says is not in the database in clear, and no act tells of it', async () => {
  const before = (await space.open.node.heads()).map((head) => head.size);
  const entry = await lay('sequence');
  const listed = (await on<{ waiting: FolderEntry[]; others: FolderEntry[] }>(as('outsider'), listFolder)).body;
  expect([...listed.waiting, ...listed.others].map((one) => one.entry)).not.toContain(entry.entry);
  expect((await on<{ waiting: FolderEntry[] }>(as('legal'), listFolder, { query: { text: entry.text } })).body.waiting.map((one) => one.entry)).toEqual([entry.entry]);
  const after = (await space.open.node.heads()).map((head) => head.size);
  expect(after.reduce((sum, size) => sum + size, 0) - before.reduce((sum, size) => sum + size, 0)).toBe(1);
  for (const file of [space.open.data.database, `${space.open.data.database}-wal`]) expect(readFileSync(file).includes(SECRET)).toBe(false);
});

test('those who may read the text are offered, with who signs', async () => {
  const rows = (await on<{ rows: { officer: string; signs: boolean }[] }>(as('secretary'), listFolderOfficers, { query: { text: await newText() } })).body.rows;
  expect(rows.filter((row) => row.signs).map((row) => row.officer)).toEqual([who('director')]);
  expect(rows.map((row) => row.officer).sort()).toEqual([...people.values()].map(({ officer }) => officer).concat(space.administrator).sort());
  expect((await on(as('secretary'), listFolderOfficers, { query: { text: 'b'.repeat(64) } })).body.code).toBe('folder.text-unknown');
});

test('it stands on the desk of whose turn it is, late once its day is over, and on nobody else’s', async () => {
  const entry = await lay('sequence', { dueOn: '2026-11-22' });
  const row = (await desk(as('legal'))).find((one) => one.href === `/folder/${entry.entry}`);
  // The offset of Casablanca is the zone table's to say: tables of two machines differ.
  const midnight = Temporal.ZonedDateTime.from('2026-11-23T00:00[Africa/Casablanca]').toInstant().toString({ fractionalSecondDigits: 3 });
  expect([row?.band, row?.key, row?.dueAt, row?.labels.title]).toEqual(['late', 'folder-clear', midnight, entry.title]);
  for (const office of ['linguist', 'secretary', 'director', 'outsider']) expect((await desk(as(office))).some((one) => one.href === `/folder/${entry.entry}`)).toBe(false);
  await on(as('legal'), returnStep, { params: { entry: entry.entry }, body: { note: 'Not yet' } });
  expect((await desk(as('secretary'))).find((one) => one.href === `/folder/${entry.entry}`)?.key).toBe('folder-returned');
});

test('an administrator’s desk shows mandates whose last day is near', async () => {
  await on(admin, grantMandate, { body: { office: { en: 'interim' }, powers: ['report'], scopes: ['space'], clearance: 'GREEN', until: '2026-12-01' } });
  await on(admin, grantMandate, { body: { office: { en: 'lasting' }, powers: ['report'], scopes: ['space'], clearance: 'GREEN', until: '2027-12-01' } });
  expect((await desk(admin)).map(({ key, params, labels }) => [key, params.on, labels.office])).toEqual([['mandate-ends', '2026-12-01', { en: 'interim' }]]);
  expect(await desk(as('outsider'))).toEqual([]);
});
