import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '../kernel/operation.ts';
import { serving, type Serving } from '../http/serving.testkit.ts';
import { peopleRoutes } from '../http/sign-in/routes.ts';
import { liveEvents } from './officers/contract.ts';
import { operations } from './operations.ts';
import { serverRoutes } from './server-slices.ts';
import { textFileRoutes } from './texts/server/files.ts';

let space: Serving;
beforeAll(async () => { space = await serving(); });
afterAll(async () => space.close());

test('every operation of a contract is bound to a handler, once, and nothing else is', () => {
  const means = { node: space.open.node, engine: space.open.engine, keys: space.open.keys, printer: { print: async () => new Uint8Array() } };
  const notAsked = async (): Promise<never> => { throw new Error('nothing is asked here'); };
  const files = textFileRoutes({ words: (_language, key) => key, print: notAsked, writeDocx: notAsked, readDocx: notAsked, bundle: notAsked });
  const bound = [...peopleRoutes(space.served.people), ...serverRoutes(means), ...files].map((route) => route.operation.id);
  // The stream of events is bound by the listener itself.
  expect([...bound, liveEvents.id].sort()).toEqual(operations.map((operation) => operation.id).sort());
});

test('ids and addresses are unique', () => {
  const place = (operation: Operation): string => `${operation.method} ${operation.path.replaceAll(/:[a-zA-Z]+/g, ':')}`;
  expect(new Set(operations.map((operation) => operation.id)).size).toBe(operations.length);
  expect(new Set(operations.map(place)).size).toBe(operations.length);
});

test('every contract of a slice is among the operations', async () => {
  const root = import.meta.dirname;
  for (const slice of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    if (!readdirSync(join(root, slice.name)).includes('contract.ts')) continue;
    const contract = (await import(`./${slice.name}/contract.ts`)) as Record<string, unknown>;
    const own = Object.values(contract).filter((value): value is Operation => typeof value === 'object' && value !== null && 'method' in value && 'answer' in value);
    for (const operation of own) expect(operations.map(({ id }) => id)).toContain(operation.id);
  }
});
