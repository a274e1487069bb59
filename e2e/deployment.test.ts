/**
 * A deployment without the demo, by the command line alone, step by step as docs/operations.md tells it:
 * two data directories, anchors exchanged, the space founded and joined, both nodes served, the first
 * administrator let in; then backup, restore, rebuild and the proof of the whole record.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../src/main/status.ts';
import { faultsOf, openPage } from './axe.testkit.ts';
import { freePorts, openBrowser, root, virtualPasskey, words } from './house.testkit.ts';

const say = words('es');
const CLI = ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main', 'cli.ts')];

interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command to its end, as an operator does, in a folder of theirs. */
function alternat(folder: string, ...args: string[]): Promise<Done> {
  const child = spawn(process.execPath, [...CLI, ...args], { cwd: folder, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => { stdout += data.toString(); });
  child.stderr.on('data', (data: Buffer) => { stderr += data.toString(); });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

function environment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, ALTERNAT_LANGUAGE: 'en', ALTERNAT_CWD: folder };
}

/** The standard output of a command that must succeed. */
async function done(folder: string, ...args: string[]): Promise<string> {
  const ran = await alternat(folder, ...args);
  expect([ran.status, ran.stderr], args.join(' ')).toEqual([0, ran.stderr]);
  return ran.stdout;
}

async function json<T>(folder: string, ...args: string[]): Promise<T> {
  return JSON.parse(await done(folder, ...args, '--json')) as T;
}

interface Serving {
  readonly line: { readonly ready: true; readonly party: string; readonly url: string; readonly federation: number; readonly state: string };
  stop(): Promise<number | null>;
}

/** `alternat serve`, until it says that it is ready. */
async function serve(folder: string, ...args: string[]): Promise<Serving> {
  const child: ChildProcess = spawn(process.execPath, [...CLI, 'serve', '--data', 'node', '--json', ...args], { cwd: folder, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (data: Buffer) => { errors += data.toString(); });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve);
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${errors}`)));
  });
  return {
    line: JSON.parse(line) as Serving['line'],
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function configOf(party: 'dgsn' | 'dgp', people: number, federation: number): object {
  const of = {
    dgsn: { name: { ar: 'المديرية العامة للأمن الوطني', fr: 'Direction générale de la Sûreté nationale' }, short: { fr: 'DGSN' }, country: 'MA', language: 'ar', zone: 'Africa/Casablanca' },
    dgp: { name: { es: 'Dirección General de la Policía' }, short: { es: 'DGP' }, country: 'ES', language: 'es', zone: 'Europe/Madrid' },
  }[party];
  return {
    party: { id: party, ...of, epoch: 1, quorum: 1 },
    engine: { kind: 'sqlite' },
    listen: { people: { host: '127.0.0.1', port: people }, federation: { host: '127.0.0.1', port: federation } },
    profile: {
      endpoints: [`https://127.0.0.1:${federation}`],
      passkeys: { rpIds: ['localhost'], origins: [`http://localhost:${people}`] },
      policy: { nodeKeys: false },
    },
  };
}

const terms = {
  name: { ar: 'آلية التعاون', es: 'Mecanismo de cooperación' },
  authentic: ['ar', 'es'], exercise: false, highestMark: 'AMBER',
  limits: { textBytes: 1_048_576, fileBytes: 104_857_600 }, retention: { file: 3650, personal: 365 },
};

interface Founded {
  readonly space: string;
  readonly administrator: { readonly officer: string };
}

describe('a deployment by the command line', { timeout: 150_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'alternat-deployment-'));
  const [rabat, madrid] = ['rabat', 'madrid'].map((place) => join(folder, place)) as [string, string];
  const serving = new Map<string, Serving>();
  const founded = new Map<string, Founded>();
  let browser: Browser;
  let page: Page;
  let before: Status;

  const start = async (place: string): Promise<Serving> => {
    const served = await serve(place);
    serving.set(place, served);
    return served;
  };
  const stop = async (place: string): Promise<void> => {
    const served = serving.get(place);
    serving.delete(place);
    expect(await served?.stop()).toBe(0);
  };
  const statusOf = (place: string): Promise<Status> => json<Status>(place, 'status', '--data', 'node');
  /** Waits until every log is held by both. */
  const delivered = async (): Promise<Status> => {
    await expect.poll(async () => {
      const [one, two] = [await statusOf(rabat), await statusOf(madrid)];
      return [...Object.values(one.logs), ...Object.values(two.logs)].every((log) => log.delivered === log.size) && JSON.stringify(one.logs) === JSON.stringify(two.logs);
    }, { timeout: 90_000, interval: 1_000 }).toBe(true);
    return statusOf(madrid);
  };

  beforeAll(async () => {
    const port = await freePorts();
    for (const [i, place] of [rabat, madrid].entries()) {
      mkdirSync(place);
      writeFileSync(join(place, 'config.json'), JSON.stringify(configOf(i === 0 ? 'dgsn' : 'dgp', port + i, port + 2 + i)));
    }
    writeFileSync(join(rabat, 'terms.json'), JSON.stringify(terms));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const served of serving.values()) await served.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes both data directories and exchanges the anchors', async () => {
    for (const [place, party] of [[rabat, 'dgsn'], [madrid, 'dgp']] as const) {
      await done(place, 'init', '--data', 'node', '--config', 'config.json');
      await done(place, 'anchor', 'export', '--data', 'node', '-o', `${party}.anchor`);
    }
    expect(await alternat(rabat, 'init', '--data', 'node', '--config', 'config.json')).toMatchObject({ status: 1, stdout: '' });
    // What travels is the two files, by courier.
    await done(rabat, 'anchor', 'import', join(madrid, 'dgp.anchor'), '--data', 'node');
    await done(madrid, 'anchor', 'import', join(rabat, 'dgsn.anchor'), '--data', 'node');
  });

  it('founds the space in Rabat and joins it in Madrid under the same id; it is no exercise and cannot be served as a demo', async () => {
    founded.set(rabat, await json<Founded>(rabat, 'space', 'found', '--data', 'node', '--terms', 'terms.json', '-o', 'charter.json'));
    founded.set(madrid, await json<Founded>(madrid, 'space', 'join', join(rabat, 'charter.json'), '--data', 'node'));
    expect(founded.get(madrid)?.space).toBe(founded.get(rabat)?.space);
    const demo = await alternat(madrid, 'serve', '--data', 'node', '--demo', '--json');
    expect([demo.status, JSON.parse(demo.stdout)]).toMatchObject([1, { ok: false, error: 'serve.demo-not-exercise' }]);
    for (const place of [rabat, madrid]) renameSync(join(place, 'node', 'root.key'), join(place, 'root.key.offline'));
  });

  it('serves both; what they hold is told beside the running nodes', async () => {
    expect((await start(rabat)).line).toMatchObject({ party: 'dgsn', state: 'founding' });
    await start(madrid);
    const status = await delivered();
    expect([status.party, status.space, status.texts, Object.keys(status.logs).toSorted()]).toEqual(['dgp', founded.get(madrid)?.space, { concluded: 0, proposed: 0, dead: 0 }, ['dgp', 'dgsn']]);
    for (const served of serving.values()) await expect.poll(async () => (await fetch(`${served.line.url}/readyz`)).json(), { timeout: 30_000 }).toEqual({ state: 'open' });
  });

  it('has no links that sign in for everybody: this is no exercise', async () => {
    const url = serving.get(madrid)?.line.url ?? '';
    const answer = await fetch(`${url}/api/sign-in/demo`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify({ secret: 'A'.repeat(43) }) });
    expect([answer.ok, answer.headers.get('set-cookie')]).toEqual([false, null]);
  });

  it('says that a second process cannot listen where the first one does', async () => {
    const ran = await alternat(madrid, 'serve', '--data', 'node', '--json');
    expect([ran.status, JSON.parse(ran.stdout)]).toMatchObject([1, { ok: false, error: 'serve.port-taken' }]);
    expect(ran.stderr).not.toMatch(/^ +at /m);
  });

  it('lets the first administrator in by a one-time link, with a passkey that signs', async () => {
    const { officer } = founded.get(madrid)?.administrator ?? { officer: '' };
    expect((await alternat(madrid, 'officer', 'link', '0'.repeat(32), '--data', 'node')).status).toBe(1);
    const { url } = await json<{ url: string }>(madrid, 'officer', 'link', officer, '--data', 'node');
    page = await (await browser.newContext({ locale: 'es' })).newPage();
    await virtualPasskey(page);
    await page.goto(url);
    await page.getByRole('button', { name: say('enrol.create'), exact: true }).click();
    await page.getByRole('button', { name: say('enrol.prove'), exact: true }).click();
    // The party keeps no key that could bring another one in by itself: the administrator confirms, here their own.
    await page.getByText(say('enrol.proof.waiting')).waitFor();
    await page.getByRole('button', { name: say('enrol.to-desk'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: say('desk.title') }).waitFor();
    await page.goto(`${serving.get(madrid)?.line.url ?? ''}/settings/officers`);
    await page.getByRole('button', { name: say('officers.confirm-key'), exact: true }).click();
    await page.goto(`${serving.get(madrid)?.line.url ?? ''}/settings`);
    await page.getByText(say('passkey.state.signing')).waitFor();
    const second = await (await browser.newContext({ locale: 'es' })).newPage();
    await second.goto(url);
    await second.getByRole('alert').waitFor();
    await second.context().close();
  });

  it('shows a node that holds nothing yet without a fault, wide and on a phone', async () => {
    const url = serving.get(madrid)?.line.url ?? '';
    const faults: string[] = [];
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      for (const address of ['/', '/texts', '/folder', '/mechanism', '/record', '/record/dgp', '/settings', '/settings/officers', '/settings/links', '/settings/backups', '/communique']) {
        await openPage(page, `${url}${address}`);
        for (const fault of await faultsOf(page)) faults.push(`${address} ${width} px ${fault}`);
        if ((await page.locator('main [role=alert]').count()) > 0) faults.push(`${address} shows a refusal`);
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(faults).toEqual([]);
  });

  it('is backed up beside the running node: no private key in it', async () => {
    before = await delivered();
    const made = await json<{ size: number }>(madrid, 'backup', 'copy', '--data', 'node');
    expect(made.size).toBe(before.logs['dgp']?.size);
    expect(existsSync(join(madrid, 'copy', 'keys'))).toBe(false);
    expect((await alternat(madrid, 'backup', 'copy', '--data', 'node')).stderr).toContain('backup.target-exists');
    await done(madrid, 'backup', 'keys-copy.db', '--keys', '--data', 'node');
  });

  it('recovers after a restore only when the other party was asked, and has everything back that was delivered', async () => {
    const url = serving.get(madrid)?.line.url ?? '';
    await page.goto(`${url}/settings/officers`);
    await page.getByRole('button', { name: say('officers.grant'), exact: true }).click();
    await page.getByLabel(say('officers.office-in', { language: 'Español' })).fill('Secretaría');
    await page.getByLabel(say('officers.office-in', { language: 'العربية' })).fill('الكتابة');
    await page.getByRole('button', { name: say('officers.grant-verb'), exact: true }).click();
    await page.locator('.one-time-link').waitFor();
    const later = await delivered();
    expect(later.logs['dgp']?.size).toBeGreaterThan(before.logs['dgp']?.size ?? 0);
    expect((await alternat(madrid, 'restore', 'copy', '--data', 'node')).stderr).toContain('restore.node-running');

    await stop(rabat);
    await stop(madrid);
    expect(await statusOf(madrid)).toEqual(later);
    await done(madrid, 'restore', 'copy', '--data', 'node');
    const restarted = await start(madrid);
    expect(restarted.line.state).toBe('recovering');
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await statusOf(madrid)).logs['dgp']?.size).toBe(before.logs['dgp']?.size);
    await start(rabat);
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 90_000, interval: 500 }).toBe(200);
    await delivered();
    const now = await statusOf(madrid);
    expect(now.logs['dgp']?.size).toBeGreaterThanOrEqual(later.logs['dgp']?.size ?? 0);
    await page.goto(`${url}/settings/officers`);
    await page.getByText('Secretaría', { exact: true }).first().waitFor();
  });

  it('makes the read tables again from the acts', async () => {
    await stop(madrid);
    const status = await statusOf(madrid);
    await done(madrid, 'rebuild', '--data', 'node');
    expect(await statusOf(madrid)).toEqual(status);
    const served = await start(madrid);
    await page.goto(`${served.line.url}/settings/officers`);
    await page.getByText('Secretaría', { exact: true }).first().waitFor();
  });

  it('exports the whole record, which verifies on its own and not with one byte flipped', async () => {
    await done(madrid, 'export', 'SPACE', '--data', 'node', '-o', 'space.alternat');
    const verified = await alternat(madrid, 'verify', 'space.alternat', '--json');
    expect(verified.status).toBe(0);
    const report = JSON.parse(verified.stdout) as { verdict: string; notice?: unknown };
    expect([report.verdict, report.notice]).toEqual(['verified', undefined]);
    const bytes = readFileSync(join(madrid, 'space.alternat'));
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] as number) ^ 1;
    writeFileSync(join(madrid, 'bad.alternat'), bytes);
    expect([1, 2]).toContain((await alternat(madrid, 'verify', 'bad.alternat')).status);
  });

  it('ends each command with the status that scripts rely on', async () => {
    expect((await alternat(madrid, 'status', '--data', 'nowhere')).status).toBe(1);
    expect((await alternat(madrid, 'verify', 'config.json')).status).toBe(2);
    expect((await alternat(madrid, 'nonsense')).status).toBe(64);
    for (const place of [rabat, madrid]) await stop(place);
  });
});
