/**
 * `npm run demo`: two institutions on one machine, as two processes. Founds the space on the first run
 * (in a folder beside, moved into place when whole), starts both nodes, waits for the exercise, prints
 * the addresses, and ends cleanly on SIGTERM or when its parent is gone.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parties } from '../demo/parties.ts';
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts';
import type { Label } from '../kernel/language.ts';
import type { Instant } from '../kernel/time.ts';
import { dataDirectory, readConfig, type Config } from './config.ts';
import { exportAnchor, foundSpace, importAnchor, init, joinSpace, type Terms } from './found.ts';
import { firstTakenPort } from './ports.ts';

export interface DemoOptions {
  readonly data: string;
  /** First of four ports: people P and P+1, federation P+2 and P+3. Default 4700, or what the data was founded with. */
  readonly port?: number;
  readonly today?: Instant;
  readonly progress: (line: string) => void;
}

export type DemoMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly done: number; readonly of: number }
  | { readonly kind: 'ready'; readonly party: string; readonly url: string; readonly officers: readonly { role: string; office: Label; signIn: string }[] }
  | { readonly kind: 'failed'; readonly refusal: Refusal };

export interface DemoNode {
  readonly party: string;
  readonly place: string;
  readonly url: string;
  readonly data: string;
  readonly officers: readonly { readonly role: string; readonly office: Label; readonly signIn: string }[];
}

export interface RunningDemo {
  readonly nodes: readonly DemoNode[];
  /** Resolves when a node has ended by itself. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

const FOUNDING = '.founding';
const DEFAULT_PORT = 4700;

const terms: Terms = {
  name: {
    ar: 'آلية التعاون الأمني المغربي الإسباني (تمرين)', es: 'Mecanismo hispano-marroquí de cooperación en materia de seguridad (ejercicio)',
    fr: 'Mécanisme maroco-espagnol de coopération sécuritaire (exercice)', en: 'Moroccan-Spanish mechanism of security cooperation (exercise)',
  },
  authentic: ['ar', 'es'], exercise: true, highestMark: 'AMBER',
  limits: { textBytes: 1_048_576, fileBytes: 52_428_800 }, retention: { file: 3650, personal: 365 },
};

function configOf(index: number, port: number, startedAt: Instant, today: Instant | undefined): Omit<Config, 'v'> {
  const party = parties[index];
  if (party === undefined) throw new Error('no such party');
  return {
    party: { id: party.id, name: party.name, short: party.short, country: party.country, language: party.language, zone: party.zone, epoch: 1, quorum: 1 },
    engine: { kind: 'sqlite' },
    listen: { people: { host: '127.0.0.1', port: port + index }, federation: { host: '127.0.0.1', port: port + 2 + index } },
    profile: {
      endpoints: [`https://127.0.0.1:${port + 2 + index}`],
      passkeys: { rpIds: ['localhost'], origins: [`http://localhost:${port + index}`] },
      policy: { nodeKeys: true },
    },
    demo: { startedAt, ...(today === undefined ? {} : { today }) },
  };
}

/** Found once: all or nothing. A crash leaves `.founding`, which the next start completes or begins anew. */
async function foundOnce(options: DemoOptions): Promise<Result<readonly string[]>> {
  const places = parties.map((party) => join(options.data, party.place));
  const beside = join(options.data, FOUNDING);
  const whole = join(beside, 'whole');
  if (!existsSync(whole)) rmSync(beside, { recursive: true, force: true });
  if (places.every((place) => existsSync(place))) return ok(places);
  if (!existsSync(whole)) {
    if (places.some((place) => existsSync(place))) return refuse('demo.data-not-whole', { path: options.data });
    const first = options.port ?? DEFAULT_PORT;
    const taken = await firstTakenPort([first, first + 1, first + 2, first + 3]);
    // Before anything is founded: the ports are written into the profiles and stay.
    if (taken !== undefined) return refuse('serve.port-taken', { port: taken });
    const founded = await foundIn(beside, options);
    if (!founded.ok) return founded;
    writeFileSync(whole, '');
  }
  for (const party of parties) if (existsSync(join(beside, party.place))) renameSync(join(beside, party.place), join(options.data, party.place));
  rmSync(beside, { recursive: true, force: true });
  return ok(places);
}

async function foundIn(beside: string, options: DemoOptions): Promise<Result<undefined>> {
  mkdirSync(beside, { recursive: true });
  const startedAt = options.today ?? new Date().toISOString();
  const paths = parties.map((party) => join(beside, party.place));
  const anchors: string[] = [];
  for (const [i, data] of paths.entries()) {
    options.progress(`keys ${parties[i]?.place ?? ''}`);
    const made = await init({ data, config: configOf(i, options.port ?? DEFAULT_PORT, startedAt, options.today) });
    if (!made.ok) return made;
    const anchor = await exportAnchor(data);
    if (!anchor.ok) return anchor;
    anchors.push(anchor.value);
  }
  for (const [i, data] of paths.entries()) {
    const taken = await importAnchor(data, anchors[1 - i] as string);
    if (!taken.ok) return taken;
  }
  options.progress('space');
  const founded = await foundSpace({ data: paths[0] as string }, terms);
  if (!founded.ok) return founded;
  const joined = await joinSpace({ data: paths[1] as string }, founded.value.charter);
  return joined.ok ? ok(undefined) : joined;
}

/** Refusals `demo.data-not-whole`, `demo.other-port`, `demo.failed`, `serve.port-taken`, and what founding and serving refuse. */
export async function startDemo(options: DemoOptions): Promise<Result<RunningDemo>> {
  const founded = await foundOnce(options);
  if (!founded.ok) return founded;
  for (const [i, place] of founded.value.entries()) {
    const config = readConfig(dataDirectory(place));
    if (!config.ok) return config;
    const port = config.value.listen.people.port - i;
    if (options.port !== undefined && options.port !== port) return refuse('demo.other-port', { port, asked: options.port });
  }
  await build(options.progress);
  const children = founded.value.map((data) => fork(join(import.meta.dirname, 'demo-process.ts'), [data], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 2, 2, 'ipc'] }));
  const close = async (): Promise<void> => {
    await Promise.all(children.map(endChild));
  };
  try {
    const nodes = await firstFailure(children.map((child, i) => ready(child, founded.value[i] as string, parties[i]?.place ?? '', options.progress)));
    if ('code' in nodes) {
      await close();
      return { ok: false, refusal: nodes };
    }
    const ended = Promise.race(children.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve()))));
    return ok({ nodes, ended, close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** All nodes, or why the first that failed did: the others would wait for it for ever. */
function firstFailure(waiting: readonly Promise<DemoNode | Refusal>[]): Promise<readonly DemoNode[] | Refusal> {
  return new Promise((resolve, reject) => {
    for (const one of waiting) one.then((node) => 'code' in node && resolve(node), reject);
    Promise.all(waiting).then((nodes) => resolve(nodes.filter((node): node is DemoNode => !('code' in node))), reject);
  });
}

/** Waits for `ready`; a refusal says why it never came. */
function ready(child: ChildProcess, data: string, place: string, progress: DemoOptions['progress']): Promise<DemoNode | Refusal> {
  return new Promise((resolve) => {
    child.on('message', (message: DemoMessage) => {
      if (message.kind === 'progress') progress(`${place} ${message.step} ${message.done}/${message.of}`);
      else if (message.kind === 'ready') resolve({ party: message.party, place, url: message.url, data, officers: message.officers });
      else resolve(message.refusal);
    });
    child.once('exit', (code) => resolve({ code: 'demo.failed', params: { reason: `${place}: ${code ?? 'signal'}` } }));
  });
}

/** SIGTERM, then after six seconds SIGKILL: nothing acknowledged is lost either way. */
function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 6000);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** The web application and the offline page, when they are older than their sources. */
function build(progress: DemoOptions['progress']): Promise<void> {
  progress('web');
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, '..', '..', 'tools', 'build.ts');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], { stdio: ['ignore', 2, 2] });
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the build ended with ${code ?? 'a signal'}`))));
  });
}
