/** The demo as a newcomer starts it, a browser, and an officer's page: what every flow begins with. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Locator, type Page } from 'playwright-core';
import { loadCatalogue } from '../src/http/catalogue.ts';
import type { Language } from '../src/kernel/language.ts';

export const root = join(import.meta.dirname, '..');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export interface DemoNode {
  readonly party: string;
  readonly place: string;
  readonly url: string;
  readonly data: string;
  readonly officers: readonly { readonly role: string; readonly signIn: string }[];
}

export interface Demo {
  readonly rabat: DemoNode;
  readonly madrid: DemoNode;
  readonly folder: string;
  readonly child: ChildProcess;
  close(): Promise<void>;
}

/** Four free ports in a row. */
export async function freePorts(): Promise<number> {
  for (let port = 20_000 + Math.floor(Math.random() * 30_000); ; port += 4) {
    const free = await Promise.all([0, 1, 2, 3].map((i) => new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port + i, '127.0.0.1', () => probe.close(() => resolve(true)));
    })));
    if (free.every(Boolean)) return port;
  }
}

/** Starts `alternat demo --json` and waits for its one line. */
export async function startDemo(folder = mkdtempSync(join(tmpdir(), 'alternat-e2e-')), port?: number): Promise<Demo> {
  const args = [join(root, 'src', 'main', 'cli.ts'), 'demo', '--json', '--no-open', '--port', String(port ?? (await freePorts())), '--data', folder];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (data: Buffer) => { errors += data.toString(); });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`demo ended with ${code}: ${errors}`)));
  });
  const { nodes } = JSON.parse(line) as { nodes: DemoNode[] };
  const close = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { rabat: nodes.find((node) => node.place === 'rabat') as DemoNode, madrid: nodes.find((node) => node.place === 'madrid') as DemoNode, folder, child, close };
}

export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`no browser at ${CHROMIUM}: install chromium or set CHROMIUM`);
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export interface Desk {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the console and of scripts; a flow ends by expecting none. */
  readonly errors: string[];
}

/** A browser of its own for an officer, signed in by the demo link, in a language. */
export async function signIn(browser: Browser, node: DemoNode, role: string, language: Language, width = 1280): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: language, acceptDownloads: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(error.message));
  const link = node.officers.find((officer) => officer.role === role)?.signIn;
  if (link === undefined) throw new Error(`no officer ${role} in ${node.place}`);
  await page.goto(link);
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return { page, context, errors };
}

/** A virtual passkey (CTAP2, resident, user verified) in the page's browser. */
export async function virtualPasskey(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return session;
}

/** What the screens say: the same catalogues, in the officer's language. */
export function words(language: Language): (key: string, params?: Readonly<Record<string, string | number>>) => string {
  const catalogue = loadCatalogue();
  return (key, params) => {
    const text = catalogue.message(language, key, params);
    if (text === undefined) throw new Error(`no message ${key}`);
    return text;
  };
}

/** Moves the focus by Tab, as a person without a mouse does, until it is on `target`; fails when it cannot be reached. */
export async function tabTo(page: Page, target: Locator, limit = 400): Promise<void> {
  await target.first().waitFor();
  for (let i = 0; i < limit; i++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${target.toString()}`);
}

/** Reaches a control by Tab and presses Enter (links, buttons) on it. */
export async function pressByKey(page: Page, role: 'button' | 'link' | 'checkbox' | 'radio' | 'tab' | 'menuitem', name: string, key = 'Enter'): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: true }));
  await page.keyboard.press(key);
}
