/** The reasons that docs/spec gives for an act to have no effect are those that the code can answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = ['act.md', 'charter.md', 'mandate.md', 'texts.md', 'fold.md'].map((name) => readFileSync(join(root, 'docs/spec', name), 'utf8'));

/** Codes that a function of these files can answer, written as literals. */
function codesIn(files: readonly string[]): ReadonlySet<string> {
  const literal = /(?:refuse|without)\('([a-z]+\.[a-z-]+)'|code: '([a-z]+\.[a-z-]+)'|'(act\.(?:signature|proof)-bad)'/g;
  return new Set(files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(literal)].map((match) => (match[1] ?? match[2] ?? match[3]) as string)));
}

test('every reason why an act has no effect is in the specification, and no other', () => {
  const record = ['codec', 'decide', 'registry', 'signers', 'mandate', 'charter-rules', 'system-acts'].map((name) => `src/record/${name}.ts`);
  const texts = readdirSync(join(root, 'src/features/texts')).filter((name) => /-rules?\.ts$/.test(name)).map((name) => `src/features/texts/${name}`);
  const answered = codesIn([...record, ...texts, 'src/features/officers/rules.ts']);
  const specified = new Set(documents.flatMap((document) => [...document.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map((match) => match[1] as string)));
  const types = new Set(readdirSync(join(root, 'vectors/acts/schemas')).map((file) => file.replace(/\.v\d+\.json$/, '')));
  expect([...answered].filter((code) => !specified.has(code)).sort()).toEqual([]);
  expect([...specified].filter((code) => !answered.has(code) && !types.has(code) && !/\.(?:ts|md|json)$/.test(code)).sort()).toEqual([]);
});
