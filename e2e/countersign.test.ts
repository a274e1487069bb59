/**
 * The newcomer's first walk, in Arabic, right to left, by keyboard alone: Madrid's co-chair enrols a
 * passkey, reads the communiqué that Rabat has signed, signs it; both nodes show it concluded; both
 * originals and the bundle are taken away and hold on their own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announcement } from '../src/demo/communique.ts';
import { openBrowser, pressByKey, root, signIn, startDemo, virtualPasskey, words, type Demo, type Desk } from './house.testkit.ts';

const say = words('ar');
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const plain = (text: string): string => text.replaceAll(controls, '').replaceAll(/\s+/g, ' ').trim();

describe('Madrid countersigns the communiqué', () => {
  let demo: Demo;
  let browser: Browser;
  let madrid: Desk;
  let rabat: Desk;
  let text: string;

  beforeAll(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    madrid = await signIn(browser, demo.madrid, 'co-chair', 'ar');
    rabat = await signIn(browser, demo.rabat, 'co-chair', 'ar');
    await virtualPasskey(madrid.page);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  it('shows every page from right to left with the own party first', async () => {
    expect(await madrid.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl']);
    await madrid.page.getByRole('heading', { level: 1, name: say('desk.title') }).waitFor();
  });

  it('enrols a passkey by keyboard and proves that it is held', async () => {
    const { page } = madrid;
    await pressByKey(page, 'link', say('settings.title'));
    await pressByKey(page, 'button', say('passkey.add'));
    await pressByKey(page, 'button', say('enrol.create'));
    await page.getByRole('row').filter({ hasText: say('passkey.state.signing') }).waitFor();
  });

  it('leads from the desk to the text, and signs it with the passkey after its end was reached', async () => {
    const { page } = madrid;
    await pressByKey(page, 'link', say('desk.title'));
    const asked = page.getByRole('link').filter({ hasText: announcement.ar.title }).first();
    await asked.waitFor();
    await asked.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/texts\/[0-9a-f]{64}/);
    text = /[0-9a-f]{64}/.exec(page.url())?.[0] as string;
    // Rabat's page is open on the text and is not touched again.
    await rabat.page.goto(`${demo.rabat.url}/texts/${text}`);
    await rabat.page.locator('main').getByText(say('texts.state.partly-signed')).first().waitFor();
    if (!page.url().includes('/sign')) await pressByKey(page, 'link', say('texts.sign.verb'));
    await page.getByText(say('texts.sign.end')).waitFor();
    for (const clause of announcement.ar.clauses) expect(await page.getByText(clause.text).count(), clause.id).toBeGreaterThan(0);
    for (const clause of announcement.es.clauses) expect(await page.getByText(clause.text).count(), clause.id).toBeGreaterThan(0);
    await pressByKey(page, 'button', say('texts.sign.verb'));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const confirm = dialog.getByRole('button', { name: say('texts.sign.verb'), exact: true });
    await confirm.waitFor();
    for (let i = 0; i < 20 && !(await confirm.evaluate((element) => element === document.activeElement)); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: say('texts.outcome.signed') }).waitFor();
  });

  it('is concluded on both nodes within seconds, without a reload', async () => {
    await madrid.page.locator('main').getByText(say('texts.level.concluded')).first().waitFor();
    await rabat.page.locator('main').getByText(say('texts.state.concluded')).first().waitFor();
    for (const node of [demo.rabat, demo.madrid]) {
      const status = JSON.parse(execFileSync(process.execPath, ['src/main/cli.ts', 'status', '--data', node.data, '--json'], { cwd: root, encoding: 'utf8' })) as { texts: unknown };
      expect(status.texts).toEqual({ concluded: 1, proposed: 0, dead: 0 });
    }
  });

  it.each(['dgsn', 'dgp'])('prints the original of %s, whose Arabic and Spanish extract clause by clause', async (party) => {
    const response = await madrid.context.request.get(`${demo.madrid.url}/api/texts/${text}/pdf?original=${party}`);
    expect([response.status(), response.headers()['content-type']]).toEqual([200, 'application/pdf']);
    const file = join(demo.folder, '..', `${text}.${party}.pdf`);
    writeFileSync(file, await response.body());
    const half = (x: number, width: number): string => plain(execFileSync('pdftotext', ['-x', String(x), '-y', '60', '-W', String(width), '-H', '710', file, '-'], { encoding: 'utf8' }));
    const [spanish, arabic] = [half(0, 285), half(305, 290)];
    for (const clause of announcement.ar.clauses) expect(arabic.includes(clause.text), `${clause.id} ar`).toBe(true);
    for (const clause of announcement.es.clauses) expect(spanish.includes(clause.text), `${clause.id} es`).toBe(true);
  });

  it('verifies away from the system, in the command line and in the page, and not with one byte flipped', async () => {
    const file = join(demo.folder, '..', `${text}.alternat`);
    execFileSync(process.execPath, ['src/main/cli.ts', 'export', text, '--data', demo.madrid.data, '-o', file], { cwd: root });
    const verify = (path: string) => spawnSync(process.execPath, ['src/main/cli.ts', 'verify', path, '--json'], { cwd: root, encoding: 'utf8' });
    expect(verify(file).status).toBe(0);
    const bytes = readFileSync(file);
    const bad = `${file}.bad`;
    for (const place of [10, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 5]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] as number) ^ 1;
      writeFileSync(bad, changed);
      expect([1, 2], `byte ${place}`).toContain(verify(bad).status);
    }
    const offline = await browser.newContext({ offline: true, locale: 'ar' });
    const page = await offline.newPage();
    const chosen = async (path: string): Promise<string | null> => {
      await page.goto(pathToFileURL(join(root, 'dist', 'verify.html')).href);
      await page.locator('input[type=file]').setInputFiles(path);
      const verdict = page.locator('.verdict');
      await verdict.first().waitFor();
      return /verdict-([a-z-]+)/.exec((await verdict.first().getAttribute('class')) ?? '')?.[1] ?? null;
    };
    expect(await chosen(file)).toBe('verified');
    expect(['not-verified', 'unreadable']).toContain(await chosen(bad));
    await offline.close();
  });

  it('met no error in any console', () => {
    expect([madrid.errors, rabat.errors]).toEqual([[], []]);
  });
});
