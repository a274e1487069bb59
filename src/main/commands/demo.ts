import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { exerciseWords } from '../../kernel/exercise.ts';
import { labelIn } from '../../kernel/language.ts';
import { startDemo, type RunningDemo } from '../demo.ts';
import { watchParents } from '../parent.ts';
import { need, pathOf, print, say, terminalLanguage, USAGE } from './terminal.ts';

interface Options {
  readonly json?: boolean;
  readonly port?: string;
  readonly data: string;
  readonly open: boolean;
  readonly today?: string;
}

export function addDemo(program: Command): void {
  program.command('demo')
    .description('Two institutions side by side on this machine: an exercise.')
    .option('--port <port>', 'first of four ports in a row (default 4700)')
    .option('--data <folder>', 'where the two nodes keep their data', 'demo-data')
    .option('--today <date>', 'the day that both clocks show, YYYY-MM-DD')
    .option('--json', 'print one line of JSON when ready')
    .option('--no-open', 'do not open a browser')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const port = options.port === undefined ? undefined : Number(options.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1024 && port <= 65_532)) usage(`--port ${options.port}: a number from 1024 to 65532`);
  if (options.today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(options.today)) usage(`--today ${options.today}: a date, YYYY-MM-DD`);
  const today = options.today === undefined ? undefined : `${options.today}T${new Date().toISOString().slice(11)}`;
  const started = startDemo({
    data: pathOf(options.data), progress: say,
    ...(port === undefined ? {} : { port }), ...(today === undefined ? {} : { today }),
  });
  let running: RunningDemo | undefined;
  let ending = false;
  const end = async (status: number): Promise<void> => {
    if (ending) return;
    ending = true;
    await running?.close();
    process.exit(status);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  watchParents(() => void end(0));
  running = need(await started, options.json === true);
  if (ending) {
    await running.close();
    process.exit(0);
  }
  if (options.json === true) {
    const nodes = running.nodes.map(({ party, place, url, data, officers }) => ({ party, place, url, data, officers }));
    print(JSON.stringify({ ready: true, nodes }));
  } else {
    tell(running);
    if (options.open && process.stdout.isTTY) openBrowser(running.nodes[1]?.officers[0]?.signIn ?? '');
  }
  await running.ended;
  if (!ending) say('A node ended by itself; the other is being ended too.');
  await end(1);
}

function usage(line: string): never {
  say(line);
  process.exit(USAGE);
}

function tell(running: RunningDemo): void {
  const language = terminalLanguage();
  print('');
  for (const words of Object.values(exerciseWords)) print(`  ${words}`);
  for (const node of running.nodes) {
    print(`\n  ${node.place === 'rabat' ? 'Rabat (DGSN)' : 'Madrid (DGP)'}   ${node.url}`);
    for (const officer of node.officers) print(`    ${officer.role.padEnd(14)} ${officer.signIn}   ${labelIn(officer.office, language).text}`);
  }
  print('\n  Rabat has proposed and signed the communiqué; Madrid has not. Sign in as Madrid’s co-chair to read and sign it.');
  print('  Ctrl-C ends both nodes; the same command goes on where you left.\n');
}

/** Best effort: a machine without a browser is no fault. */
function openBrowser(address: string): void {
  const [file, args] = process.platform === 'darwin' ? ['open', [address]] : process.platform === 'win32' ? ['cmd', ['/c', 'start', '', address]] : ['xdg-open', [address]];
  const child = spawn(file as string, args as string[], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
