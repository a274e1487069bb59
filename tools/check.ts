/** `npm run check`: everything that a machine can hold the tree to, short of the tests. One line per check. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const checks: { name: string; args: string[] }[] = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'boundaries', args: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'src', 'e2e', 'bench', 'tools', '--config', '.dependency-cruiser.cjs'] },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'catalogues', args: ['tools/check-catalogues.ts'] },
  { name: 'logical css', args: ['tools/check-css.ts'] },
  { name: 'words', args: ['tools/check-words.ts'] },
  { name: 'acts frozen', args: ['tools/check-acts-frozen.ts'] },
  { name: 'openapi', args: ['tools/check-openapi.ts'] },
];

async function run(check: (typeof checks)[number]): Promise<boolean> {
  const child = spawn(process.execPath, check.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => { output += data.toString(); });
  child.stderr.on('data', (data: Buffer) => { output += data.toString(); });
  const code = await new Promise<number>((resolve) => child.on('close', (value) => resolve(value ?? 1)));
  console.log(`${code === 0 ? 'holds ' : 'BROKEN'} ${check.name}`);
  if (code !== 0) console.log(output.trimEnd().split('\n').map((line) => `    ${line}`).join('\n'));
  return code === 0;
}

const wanted = process.argv.slice(2);
const results: boolean[] = [];
for (const check of checks) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue;
  if (check.args[0]?.startsWith('tools/') && !existsSync(join(root, check.args[0]))) throw new Error(`${check.args[0]} is missing`);
  results.push(await run(check));
}
process.exit(results.every(Boolean) ? 0 : 1);
