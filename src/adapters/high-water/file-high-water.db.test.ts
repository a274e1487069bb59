import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IntegrityFault } from '../../kernel/fault.ts';
import { FileHighWater } from './file-high-water.ts';

let folder: string;
const root = (n: number): string => String(n).padStart(64, '0');
const mark = (size: number): { size: number; root: string } => ({ size, root: root(size) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-mark-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('there is no mark before the first, then the largest', async () => {
  const highWater = new FileHighWater(folder);
  expect(await highWater.read()).toBeUndefined();
  await highWater.write(mark(1));
  await highWater.write(mark(12));
  expect(await new FileHighWater(folder).read()).toEqual(mark(12));
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a smaller mark changes nothing', async () => {
  const highWater = new FileHighWater(folder);
  await highWater.write(mark(9));
  await highWater.write(mark(8));
  expect(await highWater.read()).toEqual(mark(9));
});

test('processes that write at once end with the largest', async () => {
  const writers = Array.from({ length: 4 }, () => new FileHighWater(folder));
  await Promise.all(Array.from({ length: 80 }, (_, i) => (writers[i % 4] as FileHighWater).write(mark(80 - i))));
  expect(await new FileHighWater(folder).read()).toEqual(mark(80));
});

test('two roots of one size are a fork of this node and no mark', async () => {
  const highWater = new FileHighWater(folder);
  await highWater.write({ size: 5, root: root(1) });
  await highWater.write({ size: 5, root: root(2) });
  await expect(highWater.read()).rejects.toBeInstanceOf(IntegrityFault);
});

test('reset sets the mark back, when a recovery has ended', async () => {
  const highWater = new FileHighWater(folder);
  await highWater.write(mark(30));
  await highWater.reset(mark(20));
  expect(await highWater.read()).toEqual(mark(20));
});

test('files that are no marks are passed over', async () => {
  writeFileSync(join(folder, 'notes.txt'), 'x');
  expect(await new FileHighWater(folder).read()).toBeUndefined();
});
