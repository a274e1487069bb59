/**
 * Writes vectors/acts and vectors/fold from the specimens and executions of the tests. Only files that
 * do not exist are written: a published case stays as it is (delete a file to write it anew before it
 * is published).
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { specimens } from '../src/features/act-specimens.testkit.ts';
import { foldCases } from '../src/record/fold-cases.testkit.ts';

const root = join(import.meta.dirname, '../vectors');
mkdirSync(join(root, 'acts'), { recursive: true });
mkdirSync(join(root, 'fold'), { recursive: true });

function write(file: string, value: object): void {
  const path = join(root, file);
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(value, undefined, 1)}\n`);
}

/** Bodies that differ from a valid one in one member: left out, of another type, or one too many. */
function spoiled(body: Readonly<Record<string, unknown>>): { name: string; body: object }[] {
  const members = Object.keys(body);
  return [
    ...members.map((member) => ({ name: `${member} of another type`, body: { ...body, [member]: typeof body[member] === 'object' ? 7 : {} } })),
    { name: 'a member too many', body: { ...body, unforeseen: 1 } },
    { name: 'no members', body: {} },
  ];
}

for (const [name, body] of Object.entries(specimens)) {
  write(`acts/${name}.json`, { spec: 'docs/spec/act.md', valid: [{ name: 'every member', body }], invalid: spoiled(body as Record<string, unknown>) });
}
for (const one of foldCases()) {
  const file = one.name.toLowerCase().replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 60).replace(/-$/, '');
  write(`fold/${file}.json`, { spec: 'docs/spec/fold.md', ...one });
}
