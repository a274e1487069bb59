/**
 * The demo's two nodes with a line between them that can be taken down: the same processes as
 * `npm run demo` starts, but each tells the other an address at which a TCP proxy stands.
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parties, type DemoParty } from '../src/demo/parties.ts';
import { expectOk } from '../src/kernel/result.ts';
import type { Config } from '../src/main/config.ts';
import type { DemoMessage } from '../src/main/demo.ts';
import { exportAnchor, foundSpace, importAnchor, init, joinSpace } from '../src/main/found.ts';
import { testTerms } from '../src/main/house.testkit.ts';
import { startTcpProxy, type TcpProxy } from '../src/node/sync/tcp-proxy.testkit.ts';
import { freePorts, root, type DemoNode } from './house.testkit.ts';

export interface LinedDemo {
  readonly rabat: DemoNode;
  readonly madrid: DemoNode;
  /** Over which Madrid reaches Rabat, and Rabat Madrid. */
  readonly lines: { readonly toRabat: TcpProxy; readonly toMadrid: TcpProxy };
  close(): Promise<void>;
}

function configOf(party: DemoParty, people: number, federation: number, endpoint: number): Omit<Config, 'v'> {
  return {
    party: { id: party.id, name: party.name, short: party.short, country: party.country, language: party.language, zone: party.zone, epoch: 1, quorum: 1 },
    engine: { kind: 'sqlite' },
    listen: { people: { host: '127.0.0.1', port: people }, federation: { host: '127.0.0.1', port: federation } },
    profile: {
      endpoints: [`https://127.0.0.1:${endpoint}`],
      passkeys: { rpIds: ['localhost'], origins: [`http://localhost:${people}`] },
      policy: { nodeKeys: true },
    },
    demo: { startedAt: new Date().toISOString() },
  };
}

/** Founds both, starts both, and waits until the exercise has been played over the line. */
export async function startLinedDemo(): Promise<LinedDemo> {
  const built = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'tools/build.ts'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build ended with ${built.status}: ${built.stderr}`);
  const folder = mkdtempSync(join(tmpdir(), 'alternat-line-'));
  const port = await freePorts();
  const proxies = [await startTcpProxy(port + 2), await startTcpProxy(port + 3)] as const;
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(children.map(endChild));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const places = parties.map((party) => join(folder, party.place));
    await found(places, parties.map((party, i) => configOf(party, port + i, port + 2 + i, proxies[i]?.port ?? 0)));
    for (const place of places) {
      children.push(fork(join(root, 'src', 'main', 'demo-process.ts'), [place], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
    }
    const [rabat, madrid] = await Promise.all(children.map((child, i) => ready(child, places[i] as string, parties[i] as DemoParty)));
    return { rabat: rabat as DemoNode, madrid: madrid as DemoNode, lines: { toRabat: proxies[0], toMadrid: proxies[1] }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function found(places: readonly string[], configs: readonly Omit<Config, 'v'>[]): Promise<void> {
  for (const [i, data] of places.entries()) expectOk(await init({ data, config: configs[i] as Omit<Config, 'v'> }));
  for (const data of places) for (const other of places) if (other !== data) expectOk(await importAnchor(data, expectOk(await exportAnchor(other))));
  const founded = expectOk(await foundSpace({ data: places[0] as string }, testTerms));
  expectOk(await joinSpace({ data: places[1] as string }, founded.charter));
}

function ready(child: ChildProcess, data: string, party: DemoParty): Promise<DemoNode> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: DemoMessage) => {
      if (message.kind === 'ready') resolve({ party: message.party, place: party.place, url: message.url, data, officers: message.officers });
      if (message.kind === 'failed') reject(new Error(`${party.place}: ${message.refusal.code}`));
    });
    child.once('exit', (code) => reject(new Error(`${party.place} ended with ${code ?? 'a signal'}`)));
  });
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
