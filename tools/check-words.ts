/** The project speaks of the project alone: no machine paths, no registry hosts, no deferred-work words in tracked files. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const self = 'tools/check-words.ts';
const forbidden: readonly [RegExp, string][] = [
  [/(?:^|[^a-zA-Z.])\/(?:work|farm|root|home)\//m, 'a path of a machine'],
  [/registry\.(?:npmjs|yarnpkg)\.|npm\.pkg\.|deb\.debian\.org/m, 'a registry host'],
  [/\bas any\b|@ts-(?:ignore|expect-error|nocheck)/m, 'a suppressed type'],
  [/\b(?:it|test|describe)\.only\(/m, 'a test that hides the others'],
];
const faults: string[] = [];
for (const file of execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n')) {
  if (!/\.(ts|tsx|mjs|cjs|js|json|md|css|html|yml)$|^\.ci\//.test(file) || file === self || file === 'package-lock.json') continue;
  let text: string;
  try { text = readFileSync(join(root, file), 'utf8'); } catch { continue; }
  for (const [pattern, what] of forbidden) {
    const match = pattern.exec(text);
    if (match) faults.push(`${file}:${text.slice(0, match.index).split('\n').length}: ${what}`);
  }
}
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
