/**
 * `npm run bench [-- --sizes 1e4,1e5 --engines sqlite,postgres --json FILE --only appends,ingest]`
 *
 * Ratios to limits measured in the same run, on the same disk and cores, minutes apart at most: the
 * machine may be busy, the ratios still mean something. Progress on stderr, the table on stdout. Every
 * case is a process of its own; what it wrote is removed when it ends. docs/benchmarks.md.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import startDatabases, { testDatabase } from '../src/adapters/postgres/embedded.testkit.ts';
import { growthOf, tableOf } from './report.ts';
import type { CaseInput, CaseOutput, Engine } from './row.ts';

const TMPFS = 0x01021994;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1e4' },
    engines: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    data: { type: 'string', default: tmpdir() },
  },
});
const sizes = values.sizes.split(',').map(Number);
const engines = values.engines.split(',') as Engine[];
if (sizes.some((size) => !Number.isSafeInteger(size) || size < 2000) || engines.some((engine) => engine !== 'sqlite' && engine !== 'postgres')) {
  process.stderr.write('--sizes takes whole numbers from 2000, --engines sqlite and postgres\n');
  process.exit(64);
}

const folder = mkdtempSync(join(values.data, 'alternat-bench-'));
if (statfsSync(folder).type === TMPFS) process.stderr.write(`${folder} is in memory: nothing there is durable and the limits are too high. Choose a disk by --data DIR.\n`);
const stopDatabases = await startDatabases();
let running: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(130));

async function end(status: number): Promise<never> {
  running?.kill('SIGKILL');
  await stopDatabases();
  rmSync(folder, { recursive: true, force: true });
  process.exit(status);
}

async function runCase(engine: Engine, size: number): Promise<CaseOutput | undefined> {
  const own = mkdtempSync(join(folder, `${engine}-`));
  const only = values.only === '' ? [] : values.only.split(',');
  const input: CaseInput = { engine, size, folder: own, only };
  if (engine === 'postgres') {
    const [one, other] = [await testDatabase(), await testDatabase()];
    if ('skipped' in one || 'skipped' in other) {
      process.stderr.write(`postgres left out: ${'skipped' in one ? one.skipped : ''}\n`);
      return undefined;
    }
    Object.assign(input, { databases: { dgsn: one.url, dgp: other.url } });
  }
  const output = await inProcess(input);
  rmSync(own, { recursive: true, force: true });
  return output;
}

function inProcess(input: CaseInput): Promise<CaseOutput> {
  const { promise, resolve: done, reject } = Promise.withResolvers<CaseOutput>();
  const child = fork(new URL('./case.ts', import.meta.url), [], { execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', ...process.execArgv.filter((arg) => arg.startsWith('--cpu-prof') || arg.startsWith('--max-old'))] });
  running = child;
  let output: CaseOutput | undefined;
  child.once('message', (message) => (output = message as CaseOutput));
  child.once('exit', (code, signal) => {
    running = undefined;
    if (output === undefined) reject(new Error(`the case ended with ${code ?? signal}`));
    else done(output);
  });
  child.send(input);
  return promise;
}

const began = performance.now();
const cases: CaseOutput[] = [];
try {
  for (const size of sizes) {
    for (const engine of engines) {
      process.stderr.write(`${engine}, ${size} acts\n`);
      const output = await runCase(engine, size);
      if (output !== undefined) cases.push(output);
    }
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}
const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model ?? '', node: process.version, load: loadavg() };
process.stdout.write(`${machine.cores} cores (${machine.cpu}), node ${machine.node}, ${Math.round((performance.now() - began) / 1000)} s\n\n${tableOf(cases)}`);
if (values.json !== undefined) writeFileSync(resolve(process.env['ALTERNAT_CWD'] ?? '.', values.json), `${JSON.stringify({ machine, cases, growth: growthOf(cases) }, null, 2)}\n`);
await end(0);
