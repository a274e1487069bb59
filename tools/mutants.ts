/**
 * `npm run mutants`: takes away, one at a time, what the protocol rests on, and shows that the tests
 * notice. Each mutant is put into a copy of the sources; the sources themselves are never touched.
 * `npm run mutants -- PATTERN` runs those whose name matches, `--all` names every test that noticed. Ends with 0 when every mutant is killed.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutants, type Mutant } from './mutants/rules.ts';

const root = join(import.meta.dirname, '..');
const pattern = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const chosen = mutants.filter((mutant) => pattern === undefined || mutant.name.includes(pattern));
const copy = mkdtempSync(join(tmpdir(), 'alternat-mutants-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

for (const name of ['src', 'vectors', 'package.json', 'tsconfig.json']) if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
writeFileSync(join(copy, 'vitest.config.mjs'), "export default { test: { include: ['src/**/*.test.ts'], pool: 'forks', maxWorkers: 1, testTimeout: 120000, hookTimeout: 120000 } };\n");

interface Outcome {
  readonly failed: readonly string[];
  readonly passed: number;
  /** Test files that did not even run. */
  readonly broken: readonly string[];
}

interface Report {
  readonly testResults: readonly { readonly name: string; readonly message: string; readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[] }[];
}

/** Runs test files in the copy. A fixed seed: a mutant that was killed once is killed again. */
function run(tests: readonly string[]): Outcome {
  const out = join(copy, 'report.json');
  rmSync(out, { force: true });
  spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', copy, '--config', 'vitest.config.mjs', '--reporter=json', `--outputFile=${out}`, ...tests], {
    cwd: copy, stdio: 'ignore', env: { ...process.env, ALTERNAT_RUNS: process.env['ALTERNAT_RUNS'] ?? '120', ALTERNAT_SEED: '20140306', NO_COLOR: '1' },
  });
  if (!existsSync(out)) return { failed: [], passed: 0, broken: tests };
  const report = JSON.parse(readFileSync(out, 'utf8')) as Report;
  const results = report.testResults.flatMap((file) => file.assertionResults);
  return {
    // The invariants first: they say what would be lost.
    failed: results.filter((test) => test.status === 'failed').map((test) => test.fullName).sort((a, b) => Number(/^I\d/.test(b)) - Number(/^I\d/.test(a))),
    passed: results.filter((test) => test.status === 'passed').length,
    broken: report.testResults.filter((file) => file.assertionResults.length === 0).map((file) => file.name),
  };
}

function applied(mutant: Mutant): string | undefined {
  const source = readFileSync(join(root, mutant.file), 'utf8');
  return source.split(mutant.find).length === 2 ? source.replace(mutant.find, () => mutant.put) : undefined;
}

const rows: string[][] = [];
let survivors = 0;

const sound = run([...new Set(chosen.flatMap((mutant) => mutant.tests))]);
if (sound.failed.length > 0 || sound.broken.length > 0) {
  console.log('The tests fail without any mutant; nothing can be shown.');
  for (const name of [...sound.failed, ...sound.broken]) console.log(`  ${name}`);
  process.exit(1);
}
console.log(`${sound.passed} tests pass on the sources as they are. ${chosen.length} mutants:\n`);

for (const mutant of chosen) {
  const source = applied(mutant);
  if (source === undefined) {
    survivors++;
    rows.push([mutant.name, 'DOES NOT APPLY', `${mutant.file} no longer holds the text exactly once`]);
    continue;
  }
  writeFileSync(join(copy, mutant.file), source);
  const outcome = run(mutant.tests);
  cpSync(join(root, mutant.file), join(copy, mutant.file));
  // A mutant that does not load proves nothing about the tests.
  const killed = outcome.failed.length > 0 && outcome.broken.length === 0;
  if (!killed) survivors++;
  rows.push([mutant.name, killed ? `killed by ${outcome.failed.length}` : outcome.broken.length > 0 ? 'BROKEN' : 'SURVIVED', outcome.failed[0] ?? mutant.harm]);
  const [name, verdict, by] = rows.at(-1) as [string, string, string];
  console.log(`${verdict.padEnd(14)} ${name}\n${' '.repeat(15)}${by}`);
  if (process.argv.includes('--all')) for (const other of outcome.failed.slice(1)) console.log(`${' '.repeat(15)}${other}`);
}

console.log(`\n${chosen.length - survivors} of ${chosen.length} mutants killed`);
process.exit(survivors === 0 ? 0 : 1);
