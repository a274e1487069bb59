/**
 * `npm test`: builds what the tests open, runs every test, ends with one line
 * `N passed, N failed, N skipped`. A skipped test says why; in CI nothing may be skipped.
 */
import { readFileSync, rmSync, mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  success: boolean;
  testResults: { name: string; assertionResults: { status: string; fullName: string; meta?: { skipped?: string } }[] }[];
}

const root = join(import.meta.dirname, '..');
const long = process.argv.includes('--long');
const files = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const report = join(root, '.cache', 'tests.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });

const env = { ...process.env, ...(long ? { ALTERNAT_LONG: '1', ALTERNAT_RUNS: process.env.ALTERNAT_RUNS ?? '100000' } : {}) };
const step = (script: string, args: string[]): number =>
  spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit', env }).status ?? 1;

if (files.length === 0 && step('tools/build.ts', []) !== 0) {
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
step('node_modules/vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files]);

let result: Report;
try {
  result = JSON.parse(readFileSync(report, 'utf8')) as Report;
} catch {
  console.log('The test run ended without a report.');
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
const skipped = result.testResults.flatMap((file) => file.assertionResults.filter((test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo'));
for (const test of skipped) console.log(`skipped: ${test.fullName}`);
// A file that does not even load has no failed test, and is a failure all the same.
const failed = Math.max(result.numFailedTests, result.success ? 0 : 1, result.numFailedTests + unloaded());
const skippedInCi = process.env.CI === 'true' && skipped.length > 0;
if (skippedInCi) console.log('In CI nothing may be skipped.');
console.log(`${result.numPassedTests} passed, ${failed + (skippedInCi ? skipped.length : 0)} failed, ${skippedInCi ? 0 : skipped.length} skipped`);
process.exit(failed > 0 || skippedInCi ? 1 : 0);

function unloaded(): number {
  return result.testResults.filter((file) => file.assertionResults.length === 0).length;
}
