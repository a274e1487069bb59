/**
 * Every route of the router's own table, in four languages, both themes, wide and at 360 px, with data
 * and empty, with its dialogs open: axe reports no violation, nothing overflows sideways, and a route
 * that is not visited fails the test.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages, type Language } from '../src/kernel/language.ts';
import { openBrowser, root, signIn, startDemo, words, type Demo, type DemoNode } from './house.testkit.ts';

const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Paths of the route table, as its source states them; the table itself needs a bundler to load. */
function routePaths(): string[] {
  const source = readFileSync(join(root, 'src', 'features', 'web-slices.tsx'), 'utf8');
  const slices = [...source.matchAll(/from '\.\/([a-z-]+)\/web\/screens\.tsx?'/g)].map((match) => match[1] as string);
  return slices.flatMap((slice) => {
    const file = join(root, 'src', 'features', slice, 'web', 'screens.ts');
    return [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map((match) => match[1] as string);
  });
}

interface Filled {
  /** A concrete address of the route, or several (with data and without). */
  readonly addresses: (demo: Demo, ids: Ids) => readonly string[];
}
interface Ids {
  readonly text: string;
  readonly draft: string;
  readonly officer: string;
  readonly act: string;
}

const filled: Readonly<Record<string, Filled['addresses']>> = {
  '/': () => ['/'],
  '/sign-in': () => ['/sign-in'],
  '/enrol': () => ['/enrol'],
  '/communique': () => ['/communique'],
  '/settings': () => ['/settings'],
  '/settings/officers': () => ['/settings/officers'],
  '/settings/backups': () => ['/settings/backups'],
  '/settings/officers/$officer': (_, ids) => [`/settings/officers/${ids.officer}`],
  '/settings/links': () => ['/settings/links'],
  '/mechanism': () => ['/mechanism'],
  '/record': () => ['/record'],
  '/record/act/$act': (_, ids) => [`/record/act/${ids.act}`, '/record/act/0000'],
  '/record/$party': () => ['/record/dgsn', '/record/dgp'],
  '/record/$party/$index': () => ['/record/dgsn/0', '/record/dgsn/30'],
  '/journal': () => ['/journal'],
  '/texts': () => ['/texts', '/texts?q=zzzz'],
  '/texts/new': () => ['/texts/new'],
  '/texts/$id': (_, ids) => [`/texts/${ids.text}`, `/texts/${ids.draft}`],
  '/texts/$id/edit': (_, ids) => [`/texts/${ids.draft}/edit`],
  '/texts/$id/sign': (_, ids) => [`/texts/${ids.text}/sign`],
  '/folder': () => ['/folder'],
  '/folder/new': (_, ids) => [`/folder/new?text=${ids.text}`],
  '/folder/absences': () => ['/folder/absences'],
  '/folder/$entry': () => ['/folder/dgp.00000000000000000000'],
};

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } }).axe.run;
    const result = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  });
}

/** Sideways overflow of the page, in px. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe('every screen', () => {
  let demo: Demo;
  let browser: Browser;
  let ids: Ids;
  const visited = new Set<string>();

  beforeAll(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    ids = await prepare(browser, demo);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  for (const language of languages) {
    for (const [theme, width] of [['light', 1280], ['dark', 360]] as const) {
      it(`holds in ${language}, ${theme}, at ${width} px`, async () => {
        const { context, page } = await signIn(browser, demo.madrid, 'administrator', language, width);
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        const faults: string[] = [];
        for (const path of routePaths()) {
          for (const address of filled[path]?.(demo, ids) ?? []) {
            await open(page, demo.madrid, address);
            visited.add(path);
            for (const fault of await violations(page)) faults.push(`${address} ${fault}`);
            const wide = await overflow(page);
            if (wide > 0) faults.push(`${address} overflows by ${wide} px`);
          }
        }
        await context.close();
        expect(faults).toEqual([]);
      }, 240_000);
    }
  }

  it('holds with dialogs open, in Arabic and Spanish', async () => {
    const faults: string[] = [];
    for (const language of ['ar', 'es'] as const) {
      const say = words(language);
      const { page, context } = await signIn(browser, demo.madrid, 'co-chair', language, 360);
      await open(page, demo.madrid, '/settings');
      await page.getByRole('button', { name: say('passkey.add'), exact: true }).click();
      await page.getByRole('dialog').waitFor();
      for (const fault of await violations(page)) faults.push(`${language} passkey dialog ${fault}`);
      await page.keyboard.press('Escape');
      await open(page, demo.madrid, `/texts/${ids.text}/sign`);
      await page.getByText(say('texts.sign.end')).scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: say('texts.sign.verb'), exact: true }).click();
      await page.getByRole('dialog').waitFor();
      for (const fault of await violations(page)) faults.push(`${language} key dialog ${fault}`);
      await context.close();
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('visits every route of the table', () => {
    expect(routePaths().filter((path) => !visited.has(path))).toEqual([]);
  });
});

async function open(page: Page, node: DemoNode, address: string): Promise<void> {
  await page.goto(`${node.url}${address}`);
  await page.locator('main h1, main [role=alert], main h2').first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
}

/** A draft of Madrid's own, and the ids that deep links need. */
async function prepare(browser: Browser, demo: Demo): Promise<Ids> {
  const { context } = await signIn(browser, demo.madrid, 'secretary', 'es' satisfies Language);
  const texts = (await get(context, demo.madrid, '/api/texts')) as { rows: { text?: string; doc: string }[] };
  const begun = await context.request.post(`${demo.madrid.url}/api/texts`, {
    headers: { origin: demo.madrid.url },
    data: { kind: 'declaration', title: { ar: 'إعلان', es: 'Declaración' }, languages: [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }] },
  });
  const { doc } = (await begun.json()) as { doc: string };
  const officers = (await get(context, demo.madrid, '/api/officers')) as { rows: { officer: string }[] };
  await context.close();
  const text = texts.rows[0]?.text ?? '';
  return { text, draft: doc, officer: officers.rows[0]?.officer ?? '', act: text };
}

async function get(context: BrowserContext, node: DemoNode, path: string): Promise<unknown> {
  return (await context.request.get(`${node.url}${path}`)).json();
}
