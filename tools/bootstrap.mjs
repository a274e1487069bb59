/**
 * The one door: runs under any Node from 20, installs what the lock file says and is missing (only
 * what the command needs), then hands over to the Node of the lock file. Plain JavaScript, no
 * dependencies, because nothing is installed yet when it starts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = {
  demo: { script: 'src/main/cli.ts', args: ['demo'], tests: false },
  alternat: { script: 'src/main/cli.ts', args: [], tests: false },
  build: { script: 'tools/build.ts', args: [], tests: false },
  test: { script: 'tools/test.ts', args: [], tests: true },
  'test-long': { script: 'tools/test.ts', args: ['--long'], tests: true },
  check: { script: 'tools/check.ts', args: [], tests: true },
  bench: { script: 'bench/run.ts', args: [], tests: true },
  mutants: { script: 'tools/mutants.ts', args: [], tests: true },
};

/** What the lock file asks for and node_modules lacks; optional packages count only as the runtime. */
function missing(tests) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  const wanted = read('package-lock.json');
  const hidden = join('node_modules', '.package-lock.json');
  const found = existsSync(join(root, hidden)) ? read(hidden) : {};
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && (tests || !entry.dev))
    .filter(([path, entry]) => found[path]?.version !== entry.version || found[path]?.integrity !== entry.integrity)
    .map(([path]) => path);
}

function runtime() {
  const bin = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(bin) ? bin : undefined;
}

function install(tests) {
  process.stderr.write(tests ? 'Installing what the tests need …\n' : 'Installing what is missing …\n');
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it takes an optional package of another platform that the registry lacks for a fault of
  // the lock file. Without saving, `npm install` takes every version and digest from the lock file as well.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', tests ? '--include=dev' : '--omit=dev'];
  const [file, list] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  // npm's own words go to stderr: stdout belongs to the command (--json).
  const done = spawnSync(file, list, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' && !npm });
  if (done.status !== 0) {
    process.stderr.write('The installation failed; nothing else was changed. See the lines above.\n');
    process.exit(done.status ?? 1);
  }
}

const [name, ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  process.stderr.write(`unknown command ${name}; one of ${Object.keys(commands).join(', ')}\n`);
  process.exit(64);
}
if (missing(command.tests).length > 0 || runtime() === undefined) install(command.tests);
const node = runtime();
if (node === undefined) {
  process.stderr.write(`No runtime for ${process.platform} ${process.arch} in the lock file.\n`);
  process.exit(69);
}
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, command.script), ...command.args, ...rest], {
  stdio: 'inherit',
  cwd: name === 'alternat' ? process.cwd() : root,
  // npm run changes the directory; paths that a person types are relative to where they stood.
  env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`, ALTERNAT_CWD: process.env.INIT_CWD ?? process.cwd() },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)));
