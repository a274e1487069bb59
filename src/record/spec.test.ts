/** Every byte printed in docs/spec of these formats is what the code computes, and every example is printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examples } from './spec-examples.testkit.ts';

const folder = join(import.meta.dirname, '../../docs/spec');

test('worked examples in docs/spec are computed', () => {
  const printed: Record<string, string> = {};
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
    for (const [, id, body] of readFileSync(join(folder, name), 'utf8').matchAll(/^```text example=([a-z-]+)\n([^]*?)\n```$/gm)) {
      expect(printed[id as string], `${name}: ${id} stands twice`).toBeUndefined();
      printed[id as string] = body as string;
    }
  }
  expect(printed).toEqual(examples());
});
