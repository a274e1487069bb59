import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { twoHouses, type House } from './house.testkit.ts';

let root: string;
let houses: readonly [House, House];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'alternat-found-'));
  houses = await twoHouses(root);
});
afterAll(async () => {
  for (const house of houses) await house.close();
  rmSync(root, { recursive: true, force: true });
});

test('two parties that exchanged anchors found one space and open once each holds the other log', async () => {
  const [rabat, madrid] = houses;
  expect(rabat.node.space).toBe(madrid.node.space);
  expect([rabat.node.state(), madrid.node.state()]).toEqual(['founding', 'founding']);
  await rabat.pull(madrid);
  await madrid.pull(rabat);
  await rabat.pull(madrid);
  expect([rabat.node.state(), madrid.node.state()]).toEqual(['open', 'open']);
  const heads = await rabat.node.heads();
  expect(heads.map((head) => [head.party, head.size, head.decided])).toEqual([['dgp', 6, 6], ['dgsn', 6, 6]]);
});
