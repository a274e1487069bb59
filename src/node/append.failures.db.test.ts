/**
 * Every write fails both ways: not persisted, and persisted but reported failed. Then the node is started
 * again over what is on disk. What was acknowledged is there, what was not is there whole or not at all,
 * the record verifies from its bytes, the mark is never ahead of what could be served, and the next act
 * goes on from there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { FileHighWater } from '../adapters/high-water/file-high-water.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { expectOk, type Result } from '../kernel/result.ts';
import { dataDirectory, readConfig } from '../main/config.ts';
import { heal, twoHouses, type House } from '../main/house.testkit.ts';
import { openKeys, openStore } from '../main/open.ts';
import type { Receipt } from '../record/answers.ts';
import { createNode } from './create-node.ts';
import { checkWholeRecord } from './log-check.testkit.ts';
import type { ActDraft, Node } from './node.ts';
import type { HighWater, KeyStore, Store } from './ports.ts';
import { StoreFault } from './store-fault.ts';

interface Ports {
  store: Store;
  keys: KeyStore;
  highWater: HighWater;
}

/** A write that can be made to fail: before it happens, or after it happened. */
type Mode = 'not-persisted' | 'persisted-but-reported-failed';
type Breaker = (ports: Ports, mode: Mode, armed: () => boolean) => Ports;

const fault = (): StoreFault => new StoreFault('store.disk-failed');

function failing<A extends readonly unknown[], T>(call: (...a: A) => Promise<T>, mode: Mode, armed: () => boolean): (...a: A) => Promise<T> {
  return async (...a) => {
    if (!armed()) return call(...a);
    if (mode === 'persisted-but-reported-failed') await call(...a);
    throw fault();
  };
}

/** The named method fails while armed; every other one goes through. */
function breaking<T extends object>(target: T, method: keyof T & string, mode: Mode, armed: () => boolean): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      const call = (value as (...a: unknown[]) => Promise<unknown>).bind(of);
      return name === method ? failing(call, mode, armed) : call;
    },
  });
}

const breakers: Readonly<Record<string, Breaker>> = {
  'database commit': (ports, mode, armed) => ({ ...ports, store: breaking(ports.store, 'write', mode, armed) }),
  'part sealing': (ports, mode, armed) => ({ ...ports, keys: breaking(ports.keys, 'sealMany', mode, armed) }),
  'signing by the key store': (ports, mode, armed) => ({ ...ports, keys: breaking(ports.keys, 'sign', mode, armed) }),
  'high-water mark': (ports, mode, armed) => ({ ...ports, highWater: breaking(ports.highWater, 'write', mode, armed) }),
};
const modes: readonly Mode[] = ['not-persisted', 'persisted-but-reported-failed'];

let root: string;
let rabat: House;
let madrid: House;
let node: Node | undefined;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'alternat-failures-'));
  [rabat, madrid] = await twoHouses(root);
  await heal([rabat, madrid]);
});
afterEach(async () => {
  await node?.close();
  node = undefined;
  for (const house of [rabat, madrid]) await house.close().catch(() => undefined);
  rmSync(root, { recursive: true, force: true });
});

/** The node of a house over ports of which one can be broken. */
async function openBroken(house: House, breaker: Breaker, mode: Mode, armed: () => boolean): Promise<Node> {
  await house.close();
  const data = dataDirectory(house.path);
  const engine = nodeEngine();
  const keys = openKeys(data, engine, undefined);
  const store = await openStore(data, expectOk(readConfig(data)));
  const ports = breaker({ store, keys, highWater: new FileHighWater(data.highWater) }, mode, armed);
  const opened = await createNode({ party: house.party, engine, registry: domainRegistry, clock: systemClock(), projections: [], peers: () => [], ...ports });
  return { ...opened, async close() {
    await opened.close();
    keys.close();
  } };
}

function corps(by: Node, name: string): ActDraft {
  const part = by.mint.part('text', 'application/vnd.alternat.label+json', new TextEncoder().encode(JSON.stringify({ en: name })));
  return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: by.mint.id(), name: part.ref }, parts: [part] };
}

async function outcome(work: Promise<Result<Receipt>>): Promise<Receipt | 'failed'> {
  try {
    const result = await work;
    return result.ok ? result.value : 'failed';
  } catch {
    return 'failed';
  }
}

async function afterRestart(house: House, acknowledged: readonly Receipt[], attempts: number): Promise<void> {
  await node?.close();
  node = undefined;
  const before = await new FileHighWater(dataDirectory(house.path).highWater).read();
  await house.reopen();
  const acts = await checkWholeRecord(house.node.store, house.party);
  for (const receipt of acknowledged) for (const { act, index } of receipt.acts) expect(acts[index]).toBe(act);
  const first = 6;
  expect(acts.length).toBeGreaterThanOrEqual(first + acknowledged.length);
  expect(acts.length).toBeLessThanOrEqual(first + attempts);
  expect(before?.size ?? 0).toBeLessThanOrEqual(acts.length);
  for (const commit of await house.node.store.read((tx) => tx.db.selectFrom('part').select('commit').where('state', '=', 'held').execute())) {
    expect(await house.node.openPart(commit.commit)).toMatchObject({ ok: true });
  }
  await house.node.confirm();
  expect(house.node.state()).toBe('open');
  const next = expectOk(await house.node.submit([corps(house.node, 'the next act')], house.founded.administrator));
  expect(next.size).toBe(acts.length + 1);
  await heal([rabat, madrid]);
  const heads = await Promise.all([rabat, madrid].map((one) => one.node.heads()));
  expect(heads[0]?.map(({ party, size, root: at }) => [party, size, at])).toEqual(heads[1]?.map(({ party, size, root: at }) => [party, size, at]));
}

describe.each(Object.entries(breakers))('%s fails while acts are submitted', (_name, breaker) => {
  test.each(modes)('%s', async (mode) => {
    let armed = false;
    node = await openBroken(rabat, breaker, mode, () => armed);
    const acknowledged: Receipt[] = [];
    const attempts = 5;
    for (let i = 0; i < attempts; i++) {
      armed = i === 1 || i === 2;
      const result = await outcome(node.submit([corps(node, `attempt ${i}`)], rabat.founded.administrator));
      if (result !== 'failed') acknowledged.push(result);
      // The release is part of what may fail; a peer asks for it while the fault stands.
      await node.checkpoint('dgsn').catch(() => undefined);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(3);
    await afterRestart(rabat, acknowledged, attempts);
  });
});

describe.each(Object.entries(breakers).filter(([name]) => name !== 'high-water mark'))('%s fails while the peer’s acts come in', (_name, breaker) => {
  test.each(modes)('%s', async (mode) => {
    for (let i = 0; i < 3; i++) expectOk(await madrid.node.submit([corps(madrid.node, `act ${i}`)], madrid.founded.administrator));
    let armed = true;
    node = await openBroken(rabat, breaker, mode, () => armed);
    const head = (await madrid.node.heads()).find(({ party }) => party === 'dgp');
    const note = await madrid.node.checkpoint('dgp');
    const batch = await madrid.node.store.read(async (tx) => {
      const leaves = await tx.leaves('dgp', 6, head?.size ?? 0);
      return { party: 'dgp', from: 6, entries: leaves.map((leaf) => leaf.envelope), note: note ?? '' };
    });
    const rows = await madrid.node.store.read((tx) => tx.db.selectFrom('part').select('commit').where('party', '=', 'dgp').where('idx', '>=', 6).execute());
    const parts = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const { commit } of rows) {
      const { salt, plaintext } = expectOk(await madrid.node.openPart(commit));
      parts.set(commit, new Uint8Array([...salt, ...plaintext]));
    }
    const broken = await node.ingest({ ...batch, parts }).then((result) => result.ok, () => false);
    expect(broken).toBe(false);
    armed = false;
    expect(expectOk(await node.ingest({ ...batch, parts })).size).toBe(9);
    expect(expectOk(await node.ingest({ ...batch, parts })).stored).toBe(0);
    await afterRestart(rabat, [], 0);
    expect((await madrid.node.links()).find(({ party }) => party === 'dgsn')).toMatchObject({ theyHaveOurs: 9 });
  });
});

test('a checkpoint is never given out when its mark could not be written', async () => {
  let armed = false;
  node = await openBroken(rabat, breakers['high-water mark'] as Breaker, 'not-persisted', () => armed);
  const released = await node.checkpoint('dgsn');
  armed = true;
  expectOk(await node.submit([corps(node, 'recorded, not released')], rabat.founded.administrator));
  await expect(node.checkpoint('dgsn')).rejects.toMatchObject({ refusal: { code: 'store.disk-failed' } });
  armed = false;
  expect(await node.checkpoint('dgsn')).not.toBe(released);
});

test('a failed release is an alarm on the desk, and the act stays recorded', async () => {
  let armed = false;
  node = await openBroken(rabat, breakers['high-water mark'] as Breaker, 'not-persisted', () => armed);
  const alarms: string[] = [];
  node.subscribe((event) => event.kind === 'alarm' && alarms.push(event.code));
  await node.checkpoint('dgsn');
  armed = true;
  expect(await outcome(node.submit([corps(node, 'recorded')], rabat.founded.administrator))).not.toBe('failed');
  await expect.poll(() => alarms).toEqual(['node.release-failed']);
});
