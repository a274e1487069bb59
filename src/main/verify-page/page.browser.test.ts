/** The offline page in a real browser, from a file, with every connection counted. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVerifyPage } from '../../../tools/build-verify-page.ts';
import { exerciseWords } from '../../kernel/exercise.ts';
import { languages, type Language } from '../../kernel/language.ts';
import { scene, spaceBundle, textBundle } from '../bundle.testkit.ts';
import { catalogues } from './catalogues.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const absent = !existsSync(CHROMIUM);
if (absent) console.warn(`skipped: no Chromium at ${CHROMIUM}`);

/** After axe itself was put into the page. */
async function violationsIn(tab: Page): Promise<readonly string[]> {
  return tab.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

describe.skipIf(absent)('the offline page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-page-'));
  const page = join(folder, 'verify.html');
  const files = { one: join(folder, 'one.zip'), whole: join(folder, 'whole.zip'), changed: join(folder, 'changed.zip'), none: join(folder, 'none.zip') };
  let browser: Browser;

  beforeAll(async () => {
    const made = scene();
    const one = await textBundle(made, made.concluded);
    const at = Buffer.from(one).indexOf('se comprometen');
    writeFileSync(page, await buildVerifyPage());
    writeFileSync(files.one, one);
    writeFileSync(files.whole, await spaceBundle(made));
    writeFileSync(files.changed, one.with(at, one[at]! ^ 1));
    writeFileSync(files.none, 'not a bundle');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(language: Language, file?: string, width = 1280): Promise<{ tab: Page; asked: string[]; errors: string[] }> {
    const tab = await browser.newPage({ viewport: { width, height: 900 } });
    const asked: string[] = [];
    const errors: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    tab.on('pageerror', (error) => errors.push(error.message));
    await tab.goto(`${pathToFileURL(page).href}#${language}`);
    if (file !== undefined) {
      await tab.setInputFiles('#file', file);
      await tab.locator('.verdict').waitFor();
    }
    return { tab, asked, errors };
  }

  for (const language of languages) {
    test(`verifies a text in ${language}: exercise, verdict, both versions; asks nobody`, async () => {
      const { tab, asked, errors } = await open(language, files.one);
      expect(await tab.locator('h2').innerText()).toBe(catalogues[language]['verify.verdict.verified']);
      expect(await tab.locator('.exercise').first().innerText()).toBe(['ar', 'es', 'fr', 'en'].map((one) => exerciseWords[one as Language]).join('\n'));
      expect(await tab.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      const body = await tab.locator('main').innerText();
      for (const words of ['Las Partes (DGP) se comprometen', 'يلتزم الطرفان (DGSN)', '7/2026']) expect(body).toContain(words);
      expect(body).not.toMatch(/verify\.[a-z]|refusal\./);
      expect(await tab.locator('.star').first().getAttribute('aria-label')).toBe(catalogues[language]['verify.state.concluded']);
      expect([asked.length, errors]).toEqual([1, []]);
      await tab.close();
    });
  }

  test('a changed byte: not verified, the place named, the other version still shown', async () => {
    const { tab } = await open('en', files.changed);
    expect(await tab.locator('h2').innerText()).toBe(catalogues.en['verify.verdict.not-verified']);
    expect(await tab.locator('.faults').innerText()).toMatch(/changed since the bundle was made[^]*file parts\//);
    const body = await tab.locator('main').innerText();
    expect([body.includes('يلتزم الطرفان'), body.includes('se comprometen a lo siguiente: A')]).toEqual([true, false]);
    await tab.close();
  });

  test('what is no bundle is said to be unreadable', async () => {
    const { tab } = await open('fr', files.none);
    expect(await tab.locator('h2').innerText()).toBe(catalogues.fr['verify.verdict.unreadable']);
    await tab.close();
  });

  test('a whole record: every text can be chosen, the language changed, the space compared', async () => {
    const { tab, errors } = await open('es', files.whole);
    const options = await tab.locator('.choice option').allInnerTexts();
    expect(options).toHaveLength(3);
    for (const [i, option] of options.entries()) {
      await tab.locator('.choice select').selectOption({ index: i });
      expect(option).toContain(await tab.locator('.text-head h3').innerText());
    }
    await tab.locator('#language-ar').click();
    expect([await tab.locator('h2').innerText(), await tab.locator('html').getAttribute('lang')]).toEqual([catalogues.ar['verify.verdict.verified'], 'ar']);
    await tab.locator('#expected').fill('f'.repeat(64));
    await tab.locator('#expected').press('Enter');
    await tab.locator('.verdict-not-verified').waitFor();
    expect(errors).toEqual([]);
    await tab.close();
  });

  test('a file can be dropped anywhere on the page', async () => {
    const { tab } = await open('en');
    const bytes = [...readFileSync(files.one)];
    await tab.evaluate((list) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(list)], 'one.zip'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, bytes);
    await tab.locator('.verdict-verified').waitFor();
    await tab.close();
  });

  test('no accessibility violation, in light and dark, wide and at 360 px, in any language', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const { tab: empty } = await open('en');
    await empty.evaluate(axe);
    expect(await violationsIn(empty)).toEqual([]);
    await empty.close();
    for (const language of languages) {
      for (const [file, width, scheme] of [[files.one, 1280, 'light'], [files.changed, 360, 'dark'], [files.whole, 360, 'light']] as const) {
        const { tab } = await open(language, file, width);
        await tab.emulateMedia({ colorScheme: scheme });
        await tab.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
        // The page's policy lets no script in, so the checker comes through the debugger.
        await tab.evaluate(axe);
        expect(await violationsIn(tab), `${language} ${width} ${scheme}`).toEqual([]);
        expect(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${language} ${width}`).toBe(true);
        await tab.close();
      }
    }
  });
});
