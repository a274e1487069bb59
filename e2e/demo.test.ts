/**
 * `npm run demo` as a script starts it: one line on standard output, one folder per node, a second start
 * that goes on where the first left, and no process left behind, however it is ended.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { status, type Status } from '../src/main/status.ts';
import { expectOk } from '../src/kernel/result.ts';
import { freePorts, root, type DemoNode } from './house.testkit.ts';

interface Started {
  readonly child: ChildProcess;
  readonly nodes: readonly DemoNode[];
  /** Everything on standard output so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

/** Lines that npm itself prints before it runs a script. */
const withoutPreamble = (stdout: string): string[] => stdout.split('\n').filter((line) => line !== '' && !line.startsWith('> '));

function run(port: number, folder: string): Omit<Started, 'nodes'> {
  const child = spawn('npm', ['run', 'demo', '--', '--json', '--port', String(port), '--data', folder, '--no-open'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  child.stdout?.on('data', (data: Buffer) => { stdout += data.toString(); });
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => { stderr += data.toString(); });
  return { child, stdout: () => stdout, stderr: () => stderr, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function start(port: number, folder: string): Promise<Started> {
  const started = run(port, folder);
  const lines = (): string[] => withoutPreamble(started.stdout());
  await new Promise<void>((resolve, reject) => {
    started.child.stdout?.on('data', () => { if (/^\{.*\}\n/m.test(started.stdout())) resolve(); });
    void started.ended.then((code) => reject(new Error(`the demo ended with ${code}: ${started.stdout()}`)));
  });
  const { ready, nodes } = JSON.parse(lines()[0] as string) as { ready: boolean; nodes: DemoNode[] };
  expect(ready).toBe(true);
  return { ...started, nodes };
}

/** Whether something listens there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

async function listening(first: number): Promise<number[]> {
  const found = await Promise.all([0, 1, 2, 3].map(async (i) => ((await answers(first + i)) ? [first + i] : [])));
  return found.flat();
}

const sizesOf = ({ logs }: Status): Record<string, number> => Object.fromEntries(Object.entries(logs).map(([party, log]) => [party, log.size]));

/** Signs in with a demo link as the page behind it does; answers the status and whether a session came. */
async function pressLink(node: DemoNode, link: string): Promise<[number, boolean]> {
  const secret = new URL(link).hash.slice(1);
  const answer = await fetch(`${node.url}/api/sign-in/demo`, { method: 'POST', headers: { 'content-type': 'application/json', origin: node.url }, body: JSON.stringify({ secret }) });
  return [answer.status, answer.headers.get('set-cookie') !== null];
}

describe('npm run demo', { timeout: 200_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'alternat-demo-'));
  const running: Started[] = [];
  let port: number;
  let demo: Started;
  let loaded: readonly Status[];

  const begin = async (): Promise<Started> => {
    demo = await start(port, folder);
    running.push(demo);
    return demo;
  };

  beforeAll(async () => {
    port = await freePorts();
    await begin();
  }, 200_000);
  afterAll(async () => {
    for (const one of running) {
      one.child.kill('SIGTERM');
      await one.ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints one line of JSON and makes one folder per node', async () => {
    expect(withoutPreamble(demo.stdout())).toHaveLength(1);
    expect(demo.nodes.map(({ party, place, url, data }) => ({ party, place, url, data }))).toEqual([
      { party: 'dgsn', place: 'rabat', url: `http://localhost:${port}`, data: join(folder, 'rabat') },
      { party: 'dgp', place: 'madrid', url: `http://localhost:${port + 1}`, data: join(folder, 'madrid') },
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(['madrid', 'rabat']);
    expect(await listening(port)).toEqual([port, port + 1, port + 2, port + 3]);
    loaded = await settled();
    expect(loaded.map(({ texts }) => texts)).toEqual([{ concluded: 0, proposed: 1, dead: 0 }, { concluded: 0, proposed: 1, dead: 0 }]);
  });

  it('gives links that sign in as often as they are pressed', async () => {
    for (const node of demo.nodes) {
      const link = node.officers[0]?.signIn ?? '';
      for (let i = 0; i < 3; i++) expect(await pressLink(node, link)).toEqual([200, true]);
      expect(await pressLink(node, `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)).toEqual([expect.any(Number), false]);
    }
  });

  it('ends on SIGTERM: nothing listens any more', async () => {
    demo.child.kill('SIGTERM');
    await demo.ended;
    await expect.poll(() => listening(port), { timeout: 10_000 }).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['madrid', 'rabat']);
  });

  it('goes on where it left at the second start, with nothing loaded twice', async () => {
    await begin();
    expect((await settled()).map(sizesOf)).toEqual(loaded.map(sizesOf));
    expect((await settled()).map(({ kinds }) => kinds)).toEqual(loaded.map(({ kinds }) => kinds));
  });

  it('ends within seconds when npm itself is killed', async () => {
    demo.child.kill('SIGKILL');
    await expect.poll(() => listening(port), { timeout: 15_000 }).toEqual([]);
    await expect.poll(() => processesOn(folder), { timeout: 5_000 }).toEqual([]);
  });

  it('leaves nothing behind when it is killed while it starts', async () => {
    const starting = run(port, folder);
    // The last word before the two nodes are started.
    await expect.poll(() => starting.stderr(), { timeout: 30_000, interval: 20 }).toMatch(/^web$/m);
    starting.child.kill('SIGKILL');
    await expect.poll(() => processesOn(folder), { timeout: 20_000 }).toEqual([]);
  });

  it('says that a port is taken before it founds anything there', async () => {
    const [other, first] = [mkdtempSync(join(tmpdir(), 'alternat-taken-')), await freePorts()];
    const server = await new Promise<Server>((resolve) => { const made = createServer().listen(first + 3, '127.0.0.1', () => resolve(made)); });
    try {
      const refused = run(first, other);
      expect(await refused.ended).toBe(1);
      expect(withoutPreamble(refused.stdout()).map((line) => JSON.parse(line) as unknown)).toEqual([{ ok: false, error: 'serve.port-taken', params: { port: first + 3 } }]);
      expect(readdirSync(other)).toEqual([]);
    } finally {
      server.close();
      rmSync(other, { recursive: true, force: true });
    }
  });

  /** What both nodes hold once each has all of the other. */
  async function settled(): Promise<readonly Status[]> {
    const read = (): Promise<Status[]> => Promise.all(demo.nodes.map(async (node) => expectOk(await status(node.data))));
    await expect.poll(async () => (await read()).every(({ logs }) => Object.values(logs).every((log) => log.delivered === log.size)), { timeout: 30_000, interval: 500 }).toBe(true);
    return read();
  }
});

/** Command lines of processes that name this folder. */
function processesOn(folder: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    const line = commandLine(pid);
    return line.includes(folder) ? [line] : [];
  });
}

/** Empty where the process ended meanwhile. */
function commandLine(pid: string): string {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
