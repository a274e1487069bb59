/**
 * A published act version never changes: what one node recorded, every other node must still read, and
 * judge alike. The JSON Schema of each version is kept in vectors/acts/schemas; this check fails when a
 * schema differs, when one is gone from the product, and when a new one was not published yet.
 * `--publish` writes the schemas of new versions, and never touches one that is there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { actShape } from '../src/record/act.ts';
import { domainDefinitions } from '../src/features/domain-slices.ts';

const folder = join(import.meta.dirname, '../vectors/acts/schemas');
const publish = process.argv.includes('--publish');

const current = new Map<string, string>([['act', schemaOf(actShape)]]);
for (const { type, v, body } of domainDefinitions) current.set(`${type}.v${v}`, schemaOf(body));

function schemaOf(shape: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(shape), undefined, 1)}\n`;
}

mkdirSync(folder, { recursive: true });
const faults: string[] = [];
for (const [name, schema] of current) {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) {
    if (publish) writeFileSync(file, schema);
    else faults.push(`${name} is not published: node tools/check-acts-frozen.ts --publish, and its vectors`);
  } else if (readFileSync(file, 'utf8') !== schema) {
    faults.push(`${name} is published and has changed: make a new version of it`);
  }
}
for (const file of readdirSync(folder)) {
  if (!current.has(file.replace(/\.json$/, ''))) faults.push(`${file} is published and no definition has it any more`);
}
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
