/** What is held against every screen: axe's rules, and that nothing overflows sideways. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { root } from './house.testkit.ts';

const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Opens a page and waits until it has said what it has to say. */
export async function openPage(page: Page, address: string): Promise<void> {
  watchRequests(page);
  await page.goto(address);
  await page.locator('main h1, main [role=alert], main h2').first().waitFor();
  await answersHere(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** No request on its way for this many milliseconds: what they asked for is drawn. */
const QUIET_MS = 150;

interface Watched {
  readonly open: Set<Request>;
  last: number;
}

const watched = new WeakMap<Page, Watched>();

/** Counts the page's requests, the event stream apart, which never ends. */
function watchRequests(page: Page): void {
  const known = watched.get(page);
  if (known !== undefined) return known.open.clear();
  const state: Watched = { open: new Set(), last: Date.now() };
  const end = (request: Request): void => {
    state.open.delete(request);
    state.last = Date.now();
  };
  watched.set(page, state);
  page.on('request', (request) => { if (request.resourceType() !== 'eventsource') state.open.add(request); });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
}

async function answersHere(page: Page): Promise<void> {
  const state = watched.get(page) as Watched;
  for (let waited = 0; waited < 30_000; waited += 25) {
    if (state.open.size === 0 && Date.now() - state.last >= QUIET_MS && (await page.locator('.progress').count()) === 0) return;
    await page.waitForTimeout(25);
  }
  throw new Error(`${page.url()} is still reading after half a minute`);
}

/** Violations of WCAG 2.2 AA and of good practice, and sideways overflow, one sentence each. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } }).axe;
    const result = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return wide > 0 ? [...found, `overflows by ${wide} px`] : found;
}
