/** Coming and going of officers on the screens: a mandate, its link, a passkey, signing in with it, losing it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, signIn, startDemo, virtualPasskey, words, type Demo } from './house.testkit.ts';

let demo: Demo;
let browser: Browser;
const say = words('es');

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const button = (page: Page, key: string) => page.getByRole('button', { name: say(key), exact: true });

/** The one-time link that the page shows. */
async function shownLink(page: Page): Promise<string> {
  const link = page.locator('.one-time-link');
  await link.waitFor();
  return (await link.textContent()) ?? '';
}

test('a new office-holder enrols, signs in with the passkey, and loses it', async () => {
  const admin = await signIn(browser, demo.madrid, 'administrator', 'es');
  await admin.page.goto(`${demo.madrid.url}/settings/officers`);
  await button(admin.page, 'officers.grant').click();
  await admin.page.getByLabel(say('officers.office-in', { language: 'Español' })).fill('Oficial de prueba');
  await admin.page.getByLabel(say('officers.office-in', { language: 'العربية' })).fill('ضابط التجربة');
  await button(admin.page, 'officers.grant-verb').click();
  const link = await shownLink(admin.page);
  expect(new URL(link).pathname).toBe('/enrol');
  await button(admin.page, 'kit.close').click();

  const context = await browser.newContext({ locale: 'es' });
  const page = await context.newPage();
  await virtualPasskey(page);
  await page.goto(link);
  await button(page, 'enrol.create').click();
  await button(page, 'enrol.prove').waitFor();
  expect(page.url()).toBe(`${demo.madrid.url}/enrol`);
  await button(page, 'enrol.prove').click();
  // The exercise lets the node keep a key for the office; with it the office itself records its passkey.
  await page.getByText(say('enrol.proof.granted')).waitFor();
  await button(page, 'enrol.to-desk').click();
  await page.getByRole('heading', { level: 1, name: say('desk.title') }).waitFor();

  await page.goto(`${demo.madrid.url}/settings`);
  await page.getByText(say('passkey.state.signing')).waitFor();
  await button(page, 'shell.sign-out').click();
  await button(page, 'sign-in.with-passkey').click();
  await page.getByRole('heading', { level: 1, name: say('settings.title') }).waitFor();

  await admin.page.getByRole('link', { name: 'Oficial de prueba' }).click();
  await button(admin.page, 'officers.lost').click();
  await button(admin.page, 'officers.lost-verb').click();
  expect(await shownLink(admin.page)).not.toBe(link);
  await admin.page.getByText(say('officers.key-state.revoked')).first().waitFor();

  // The session has ended with the passkey: whatever the officer touches next asks to sign in.
  await page.goto(`${demo.madrid.url}/settings`);
  await button(page, 'sign-in.with-passkey').click();
  await page.getByRole('alert').waitFor();
  expect(page.url()).toContain('/sign-in');
  expect(admin.errors).toEqual([]);
}, 120_000);
