/** vectors/acts and vectors/fold against this implementation, with both engines. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nobleEngine } from '../adapters/engine/noble-engine.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { specimens } from '../features/act-specimens.testkit.ts';
import { fromBase64, toHex, type Bytes } from '../kernel/bytes.ts';
import { askSync } from './decide.ts';
import { foldLogs, textsIn } from './fold.ts';
import { foldCases, type FoldCase } from './fold-cases.testkit.ts';
import { canonicalBytes } from './json.ts';
import { saysOf } from './space.testkit.ts';
import { charterChain } from './stances.ts';

const root = join(import.meta.dirname, '../../vectors');

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
}

describe('acts', () => {
  test.each(domainRegistry.definitions.map((definition) => [`${definition.type}.v${definition.v}`, definition] as const))('%s', (name, definition) => {
    expect(existsSync(join(root, `acts/${name}.json`)), 'an act version has vectors: node tools/make-act-vectors.ts').toBe(true);
    const { valid, invalid } = read<{ valid: { name: string; body: object }[]; invalid: { name: string; body: object }[] }>(`acts/${name}.json`);
    expect(valid.length > 0 && invalid.length > 1).toBe(true);
    for (const one of valid) expect(definition.body.safeParse(one.body).success, one.name).toBe(true);
    for (const one of invalid) expect(definition.body.safeParse(one.body).success, one.name).toBe(false);
    expect(definition.body.safeParse(specimens[name]).success).toBe(true);
  });

  test('a file stands for a definition', () => {
    const known = domainRegistry.definitions.map((definition) => `${definition.type}.v${definition.v}.json`);
    expect(readdirSync(join(root, 'acts')).filter((file) => file.endsWith('.json')).sort()).toEqual(known.sort());
  });
});

describe.each([['node:crypto', nodeEngine()], ['noble', nobleEngine()]] as const)('folds with %s', (_, engine) => {
  test.each(readdirSync(join(root, 'fold')))('%s', (file) => {
    const one = read<FoldCase>(`fold/${file}`);
    expect(toHex(engine.sha256(canonicalBytes(one.genesis)))).toBe(one.space);
    const logs = new Map(Object.entries(one.logs).map(([log, entries]) => [log, entries.map((entry) => fromBase64(entry) as Bytes)]));
    const space = { id: one.space, genesis: one.genesis };
    const fold = foldLogs(engine, domainRegistry, space, logs);
    expect(Object.fromEntries(fold.parties().map((log) => [log, fold.decided(log).map(saysOf)]))).toEqual(one.expect.verdicts);
    const waiting = fold.parties().flatMap((log) => {
      const pending = fold.pending(log);
      return pending?.state === 'waiting' ? [[log, { party: pending.party, size: pending.size }]] : [];
    });
    expect(Object.fromEntries(waiting)).toEqual(one.expect.waiting);
    expect(textsIn(fold, space).map(({ text, state, stances }) => ({ text, state, stances: Object.fromEntries(stances) }))).toEqual(one.expect.texts);
    expect(askSync(charterChain(space.genesis), fold).at(-1)?.id).toBe(one.expect.charter);
  });
});

test('the executions from which the folds were written still give the same', () => {
  const written = readdirSync(join(root, 'fold')).map((file) => read<FoldCase>(`fold/${file}`)).map((one) => [one.name, one]);
  expect(Object.fromEntries(foldCases().map((one) => [one.name, { spec: 'docs/spec/fold.md', ...one }]))).toEqual(Object.fromEntries(written));
});
