/** Read tables: fed with the deciding transaction or behind it, dropped and replayed when they change. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../adapters/postgres/embedded.testkit.ts';
import { utf8 } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { heal, twoHouses, type House, type HouseOptions } from '../main/house.testkit.ts';
import { openParty, type OpenParty } from '../main/open.ts';
import { partsOf } from '../record/act.ts';
import type { ActDraft } from './node.ts';
import type { Projection } from './projection.ts';

const postgres = await testDatabase();
const skipped = 'skipped' in postgres ? postgres.skipped : undefined;

let root: string;
let rabat: House;
let madrid: House;
const open: OpenParty[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alternat-project-'));
});
afterEach(async () => {
  for (const party of open.splice(0)) await party.close();
  for (const house of [rabat, madrid]) await house.close().catch(() => undefined);
  rmSync(root, { recursive: true, force: true });
});

function corps(house: House, name: string): ActDraft {
  const part = house.node.mint.part('text', 'application/vnd.alternat.label+json', utf8(JSON.stringify({ en: name })));
  return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: house.node.mint.id(), name: part.ref }, parts: [part] };
}

interface Probe {
  readonly mode: Projection['mode'];
  readonly version?: number;
  /** Throws at the nth act: a process that dies in the middle. */
  readonly failAt?: number;
}

/** Writes down every act that it is fed, with its verdict and the words of its first part. */
function probe({ mode, version = 1, failAt }: Probe): Projection {
  let fed = 0;
  return {
    name: `probe_${mode}`, version, mode,
    tables: [{ name: `probe_${mode}_seen`, sql: [`CREATE TABLE probe_${mode}_seen (party TEXT NOT NULL, idx INTEGER NOT NULL, type TEXT NOT NULL, verdict TEXT NOT NULL, words TEXT NOT NULL, v${version} INTEGER, PRIMARY KEY (party, idx))`] }],
    async apply(tx, { placed, verdict, openText }) {
      if (++fed === failAt) throw new Error('died here');
      const ref = partsOf(placed.act.body)[0];
      const words = ref === undefined ? undefined : await openText(ref);
      await sql`INSERT INTO ${sql.table(`probe_${mode}_seen`)} (party, idx, type, verdict, words) VALUES (${placed.act.party}, ${placed.index}, ${placed.act.type}, ${verdict === 'valid' ? 'valid' : verdict.code}, ${words === undefined ? '' : new TextDecoder().decode(words)})`.execute(tx.db);
    },
  };
}

async function seen(party: OpenParty, mode: string): Promise<readonly string[]> {
  const rows = await party.node.store.read((tx) => sql<{ party: string; idx: number; type: string; words: string }>`SELECT party, idx, type, words FROM ${sql.table(`probe_${mode}_seen`)} ORDER BY party, idx`.execute(tx.db));
  return rows.rows.map((row) => `${row.party} ${row.idx} ${row.type} ${row.words}`);
}

/** Opens Rabat's directory with these projections, beside nothing else. */
async function openWith(...projections: readonly Projection[]): Promise<OpenParty> {
  for (const party of open.splice(0)) await party.close();
  await rabat.close().catch(() => undefined);
  const party = await openParty({ data: rabat.path, projections, peers: [] });
  open.push(party);
  return party;
}

async function fill(options: HouseOptions): Promise<void> {
  [rabat, madrid] = await twoHouses(root, options);
  await heal([rabat, madrid]);
  for (let i = 0; i < 3; i++) expectOk(await rabat.node.submit([corps(rabat, `name ${i}`)], rabat.founded.administrator));
  expectOk(await madrid.node.submit([corps(madrid, 'theirs')], madrid.founded.administrator));
  await heal([rabat, madrid]);
}

const engines: readonly (readonly [string, () => Promise<HouseOptions>])[] = [
  ['SQLite', async () => ({})],
  [`PostgreSQL${skipped === undefined ? '' : ` (${skipped})`}`, async () => {
    const database = await testDatabase();
    return { engine: (party) => ({ kind: 'postgres', url: 'url' in database ? database.url : '', schema: party }) };
  }],
];

describe.each(engines)('%s', (name, options) => {
  const run = name.startsWith('PostgreSQL') && skipped !== undefined ? test.skip : test;

  run('a new projection is replayed at the start, then fed with each act', async () => {
    await fill(await options());
    const party = await openWith(probe({ mode: 'inline' }), probe({ mode: 'following' }));
    const replayed = await seen(party, 'inline');
    expect(replayed).toHaveLength(16);
    expect(replayed).toContain('dgsn 8 corps.declare {"en":"name 2"}');
    expect(replayed).toContain('dgp 6 corps.declare {"en":"theirs"}');
    expectOk(await party.node.submit([corps(rabat, 'one more')], rabat.founded.administrator));
    expect(await seen(party, 'inline')).toEqual([...replayed, 'dgsn 9 corps.declare {"en":"one more"}']);
    await expect.poll(() => seen(party, 'following')).toEqual(await seen(party, 'inline'));
  });

  run('a raised version drops the tables and replays them; the same version replays nothing', async () => {
    await fill(await options());
    const first = await openWith(probe({ mode: 'inline' }));
    const rows = await seen(first, 'inline');
    await first.node.store.write((tx) => sql`UPDATE probe_inline_seen SET words = 'spoiled'`.execute(tx.db));
    const same = await openWith(probe({ mode: 'inline' }));
    expect(new Set((await seen(same, 'inline')).map((row) => row.split(' ').slice(3).join(' ')))).toEqual(new Set(['spoiled']));
    const raised = await openWith(probe({ mode: 'inline', version: 2 }));
    expect(await seen(raised, 'inline')).toEqual(rows);
  });

  run('rebuild gives the same rows and says how far it is', async () => {
    await fill(await options());
    const party = await openWith(probe({ mode: 'inline' }), probe({ mode: 'following' }));
    const rows = await seen(party, 'inline');
    await party.node.store.write((tx) => sql`DELETE FROM probe_inline_seen`.execute(tx.db));
    const steps: [number, number][] = [];
    await party.node.rebuild((done, total) => void steps.push([done, total]));
    expect(await seen(party, 'inline')).toEqual(rows);
    expect(await seen(party, 'following')).toEqual(rows);
    expect(steps.at(-1)).toEqual([16, 16]);
    expectOk(await party.node.submit([corps(rabat, 'after the rebuild')], rabat.founded.administrator));
    await expect.poll(() => seen(party, 'following')).toHaveLength(17);
  });
});

test('an inline projection that fails keeps the act from being recorded at all', async () => {
  await fill({});
  const party = await openWith(probe({ mode: 'inline', failAt: 17 }));
  await expect(party.node.submit([corps(rabat, 'never')], rabat.founded.administrator)).rejects.toThrow('died here');
  expect((await party.node.heads()).find(({ party: of }) => of === 'dgsn')?.size).toBe(9);
  expectOk(await party.node.submit([corps(rabat, 'the next one')], rabat.founded.administrator));
  expect(await seen(party, 'inline')).toHaveLength(17);
});

test('a replay that dies is taken up by the next start', async () => {
  await fill({});
  await expect(openWith(probe({ mode: 'inline', failAt: 5 }))).rejects.toThrow('died here');
  const party = await openWith(probe({ mode: 'inline' }));
  expect(await seen(party, 'inline')).toHaveLength(16);
});

test('a following projection that fails holds up nobody', async () => {
  await fill({});
  const party = await openWith(probe({ mode: 'following', failAt: 2 }));
  expectOk(await party.node.submit([corps(rabat, 'recorded')], rabat.founded.administrator));
  await expect.poll(() => seen(party, 'following')).toHaveLength(17);
});

test('a table outside of the projection’s own name is a bug', async () => {
  await fill({});
  const stray: Projection = { ...probe({ mode: 'inline' }), name: 'other' };
  await expect(openWith(stray)).rejects.toThrow('must start with other_');
});
