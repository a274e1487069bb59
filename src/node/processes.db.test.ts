/**
 * Several processes of one node, and processes that die: on SQLite and on PostgreSQL. No acknowledged act
 * is lost, no index is taken twice or left out, whoever dies when.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../adapters/postgres/embedded.testkit.ts';
import { heal, twoHouses, type House, type HouseOptions } from '../main/house.testkit.ts';
import { checkWholeRecord } from './log-check.testkit.ts';

const postgres = await testDatabase();
const skipped = 'skipped' in postgres ? postgres.skipped : undefined;
const engines: readonly (readonly [string, () => Promise<HouseOptions>])[] = [
  ['SQLite', async () => ({})],
  [`PostgreSQL${skipped === undefined ? '' : ` (${skipped})`}`, async () => {
    const database = await testDatabase();
    const url = 'url' in database ? database.url : '';
    return { engine: (party) => ({ kind: 'postgres', url, schema: party }) };
  }],
];

interface Writer {
  readonly child: ChildProcess;
  /** What it was told is recorded. */
  readonly acknowledged: Map<number, string>;
  readonly problems: string[];
  readonly ready: Promise<void>;
  readonly ended: Promise<number | null>;
}

function startWriter(house: House, count: number): Writer {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.testkit.ts'), house.path, house.founded.administrator.officer, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const acknowledged = new Map<number, string>();
  const problems: string[] = [];
  const ready = Promise.withResolvers<void>();
  let rest = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    const lines = (rest + bytes.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [word, index, act] = line.split(' ');
      if (word === 'ready') ready.resolve();
      else if (word === 'ack') acknowledged.set(Number(index), act ?? '');
      else problems.push(line);
    }
  });
  child.stderr?.on('data', (bytes: Buffer) => problems.push(bytes.toString('utf8')));
  const ended = new Promise<number | null>((done) => child.on('close', (code) => {
    ready.resolve();
    done(code);
  }));
  return { child, acknowledged, problems, ready: ready.promise, ended };
}

let root: string;
let houses: readonly House[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alternat-processes-'));
});
afterEach(async () => {
  for (const house of houses) await house.close().catch(() => undefined);
  rmSync(root, { recursive: true, force: true });
});

async function founded(options: HouseOptions): Promise<House> {
  const [rabat, madrid] = await twoHouses(root, options);
  houses = [rabat, madrid];
  await heal(houses);
  return rabat;
}

describe.each(engines)('%s', (name, options) => {
  const run = name.startsWith('PostgreSQL') && skipped !== undefined ? test.skip : test;

  run.each([[2], [4]])('%i processes write at once without fork or gap', async (processes) => {
    const rabat = await founded(await options());
    const each = 25;
    const writers = Array.from({ length: processes }, () => startWriter(rabat, each));
    const codes = await Promise.all(writers.map((writer) => writer.ended));
    expect([codes, writers.flatMap((writer) => writer.problems)]).toEqual([codes.map(() => 0), []]);
    const acts = await checkWholeRecord(rabat.node.store, 'dgsn');
    expect(acts).toHaveLength(6 + processes * each);
    const acknowledged = writers.flatMap((writer) => [...writer.acknowledged]);
    expect(new Map(acknowledged).size).toBe(processes * each);
    for (const [index, act] of acknowledged) expect(acts[index]).toBe(act);
    await heal(houses);
    expect((await (houses[1] as House).node.heads()).find(({ party }) => party === 'dgsn')?.size).toBe(acts.length);
  });

  run('killed at any moment, it loses no act that it acknowledged', async () => {
    const rabat = await founded(await options());
    await rabat.close();
    const acknowledged = new Map<number, string>();
    for (let round = 0; round < 4; round++) {
      const writers = [startWriter(rabat, 100_000), startWriter(rabat, 100_000)];
      await Promise.all(writers.map((writer) => writer.ready));
      await pause(20 + Math.random() * 250);
      for (const writer of writers) writer.child.kill('SIGKILL');
      await Promise.all(writers.map((writer) => writer.ended));
      expect(writers.flatMap((writer) => writer.problems)).toEqual([]);
      for (const writer of writers) for (const [index, act] of writer.acknowledged) acknowledged.set(index, act);
    }
    expect(acknowledged.size).toBeGreaterThan(4);
    await rabat.reopen();
    expect(rabat.node.state()).not.toBe('recovering');
    const acts = await checkWholeRecord(rabat.node.store, 'dgsn');
    for (const [index, act] of acknowledged) expect(acts[index]).toBe(act);
    for (const { commit } of await rabat.node.store.read((tx) => tx.db.selectFrom('part').select('commit').execute())) {
      expect(await rabat.node.openPart(commit)).toMatchObject({ ok: true });
    }
    await heal(houses);
    expect((await (houses[1] as House).node.heads()).find(({ party }) => party === 'dgsn')?.size).toBe(acts.length);
  });
});

test('a running process hears of what another one committed, and serves it', async () => {
  const rabat = await founded({});
  const heard: string[] = [];
  rabat.node.subscribe((event) => event.kind === 'appended' && heard.push(`${event.party} ${event.size} ${event.types.join()}`));
  const writer = startWriter(rabat, 3);
  expect(await writer.ended).toBe(0);
  await expect.poll(() => heard.at(-1), { timeout: 5_000 }).toBe('dgsn 9 corps.declare');
  await heal(houses);
  expect((await (houses[1] as House).node.heads()).find(({ party }) => party === 'dgsn')?.size).toBe(9);
});
