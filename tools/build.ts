/** Builds what the node serves and what travels with a bundle: dist/web and dist/verify.html. Skips what is newer than its sources. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let time = 0;
  for (const name of readdirSync(path)) if (!name.includes('.test.')) time = Math.max(time, newest(join(path, name)));
  return time;
}

/** Builds are needed when an output is missing or older than any source it may contain. */
function stale(output: string, sources: readonly string[]): boolean {
  const path = join(root, output);
  if (!existsSync(path)) return true;
  const built = statSync(path).mtimeMs;
  return sources.some((source) => newest(join(root, source)) > built);
}

function run(title: string, args: string[]): void {
  process.stderr.write(`${title} …\n`);
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const force = process.argv.includes('--force');
const pure = ['src/kernel', 'src/record', 'src/features', 'package-lock.json'];
if (force || stale('dist/web/index.html', [...pure, 'src/web', 'vite.config.ts'])) {
  run('Building the web application', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
}
if (force || stale('dist/verify.html', [...pure, 'src/main/verify-page', 'tools/build-verify-page.ts'])) {
  run('Building the offline verification page', ['tools/build-verify-page.ts']);
}
