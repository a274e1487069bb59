/**
 * Every route of the router's own table, in four languages, both themes, wide and at 360 px, with data
 * and without, with its dialogs open: axe reports no violation, nothing overflows sideways, and a route
 * that is not visited fails the test. A node that holds nothing yet is visited by deployment.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OfficerClient } from '../src/demo/officer-client.ts';
import { clearStep, listFolderOfficers, openFolderEntry } from '../src/features/folder/contract.ts';
import { getHere, listOfficers } from '../src/features/officers/contract.ts';
import { beginText, getText, listTexts, saveDraft, shareDraft, suggest } from '../src/features/texts/contract.ts';
import { languages } from '../src/kernel/language.ts';
import { faultsOf, openPage } from './axe.testkit.ts';
import { openBrowser, root, signIn, startDemo, words, type Demo, type DemoNode } from './house.testkit.ts';

/** Paths of the route table, as its source states them; the table itself needs a bundler to load. */
function routePaths(): string[] {
  const source = readFileSync(join(root, 'src', 'features', 'web-slices.tsx'), 'utf8');
  const slices = [...source.matchAll(/from '\.\/([a-z-]+)\/web\/screens\.tsx?'/g)].map((match) => match[1] as string);
  return slices.flatMap((slice) => {
    const file = join(root, 'src', 'features', slice, 'web', 'screens.ts');
    return [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map((match) => match[1] as string);
  });
}

interface Ids {
  /** The communiqué, signed by Rabat. */
  readonly text: string;
  /** A draft of Madrid's, shared, with a suggestion of Rabat's and words that are not shared yet. */
  readonly draft: string;
  readonly officer: string;
  readonly entry: string;
}

interface Visits {
  /** Who sees the route in full. */
  readonly as: 'co-chair' | 'administrator' | 'auditor';
  /** Addresses that have something to show. */
  readonly there: readonly string[];
  /** Addresses of what does not exist: the page says so. */
  readonly absent?: readonly string[];
}

const NOTHING = '0'.repeat(64);

const visitsOf = (ids: Ids): Readonly<Record<string, Visits>> => ({
  '/': { as: 'co-chair', there: ['/'] },
  '/sign-in': { as: 'co-chair', there: ['/sign-in'] },
  '/enrol': { as: 'co-chair', there: ['/enrol'] },
  '/communique': { as: 'co-chair', there: ['/communique'] },
  '/settings': { as: 'administrator', there: ['/settings'] },
  '/settings/officers': { as: 'administrator', there: ['/settings/officers'] },
  '/settings/backups': { as: 'administrator', there: ['/settings/backups'] },
  '/settings/officers/$officer': { as: 'administrator', there: [`/settings/officers/${ids.officer}`], absent: ['/settings/officers/dgp.00000000000000000000'] },
  '/settings/links': { as: 'administrator', there: ['/settings/links'] },
  '/mechanism': { as: 'co-chair', there: ['/mechanism'] },
  '/record': { as: 'co-chair', there: ['/record'] },
  '/record/act/$act': { as: 'co-chair', there: [`/record/act/${ids.text}`], absent: [`/record/act/${NOTHING}`] },
  '/record/$party': { as: 'co-chair', there: ['/record/dgsn', '/record/dgp'], absent: ['/record/nobody'] },
  '/record/$party/$index': { as: 'co-chair', there: ['/record/dgsn/0', '/record/dgsn/30'], absent: ['/record/dgsn/999999'] },
  '/journal': { as: 'auditor', there: ['/journal'] },
  '/texts': { as: 'co-chair', there: ['/texts', '/texts?q=zzzz'] },
  '/texts/new': { as: 'co-chair', there: ['/texts/new'] },
  '/texts/$id': { as: 'co-chair', there: [`/texts/${ids.text}`, `/texts/${ids.draft}`], absent: [`/texts/${NOTHING}`] },
  '/texts/$id/edit': { as: 'co-chair', there: [`/texts/${ids.draft}/edit`] },
  '/texts/$id/sign': { as: 'co-chair', there: [`/texts/${ids.text}/sign`, `/texts/${ids.text}/sign?stance=refuse`] },
  '/folder': { as: 'co-chair', there: ['/folder'] },
  '/folder/new': { as: 'co-chair', there: [`/folder/new?text=${ids.text}`] },
  '/folder/absences': { as: 'co-chair', there: ['/folder/absences'] },
  '/folder/$entry': { as: 'co-chair', there: [`/folder/${ids.entry}`], absent: ['/folder/dgp.00000000000000000000'] },
});

const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });

describe('every screen', () => {
  let demo: Demo;
  let browser: Browser;
  let ids: Ids;

  beforeAll(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    ids = await prepare(demo);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  it('knows every route of the table, and no other', () => {
    expect(Object.keys(visitsOf(ids)).toSorted()).toEqual(routePaths().toSorted());
  });

  it.each(languages.flatMap((language) => [[language, 'light', 1280], [language, 'dark', 360]] as const))('holds in %s, %s, at %i px', async (language, theme, width) => {
    const faults: string[] = [];
    for (const role of ['administrator', 'auditor', 'co-chair'] as const) {
      const { context, page } = await signIn(browser, demo.madrid, role, language, width);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const { as, there, absent = [] } of Object.values(visitsOf(ids))) {
        for (const address of as === role ? [...there, ...absent] : []) {
          await openPage(page, `${demo.madrid.url}${address}`);
          for (const fault of await faultsOf(page)) faults.push(`${address} ${fault}`);
          const refused = (await page.locator('main [role=alert]').count()) > 0;
          if (refused !== absent.includes(address)) faults.push(`${address} ${refused ? 'shows a refusal' : 'shows nothing is wrong'}`);
        }
      }
      await context.close();
    }
    expect(faults).toEqual([]);
  }, 240_000);

  it.each(['ar', 'es'] as const)('holds with dialogs open in %s', async (language) => {
    const say = words(language);
    const faults: string[] = [];
    const held = async (page: Page, name: string): Promise<void> => {
      await page.getByRole('dialog').waitFor();
      for (const fault of await faultsOf(page)) faults.push(`${name}: ${fault}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    const administrator = await signIn(browser, demo.madrid, 'administrator', language, 360);
    await openPage(administrator.page, `${demo.madrid.url}/settings/officers`);
    await button(administrator.page, say('officers.grant')).click();
    await held(administrator.page, 'grant');
    await administrator.context.close();

    const { page, context } = await signIn(browser, demo.madrid, 'co-chair', language, 360);
    await openPage(page, `${demo.madrid.url}/settings`);
    await button(page, say('passkey.add')).click();
    await held(page, 'passkey');
    await openPage(page, `${demo.madrid.url}/texts/${ids.text}/sign`);
    await page.getByText(say('texts.sign.end')).scrollIntoViewIfNeeded();
    await button(page.getByRole('main'), say('texts.sign.verb')).click();
    await held(page, 'key');
    await openPage(page, `${demo.madrid.url}/texts/${ids.draft}`);
    for (const key of ['texts.pen.give', 'texts.suggestion.take', 'texts.suggestion.decline', 'texts.discard.verb']) {
      await button(page, say(key)).first().click();
      await held(page, key);
    }
    await openPage(page, `${demo.madrid.url}/texts/${ids.draft}/edit`);
    await button(page, say('texts.share.verb')).click();
    await held(page, 'share');
    await context.close();
    expect(faults).toEqual([]);
  }, 120_000);
});

const linkOf = (node: DemoNode, role: string): string => node.officers.find((officer) => officer.role === role)?.signIn ?? '';

/** What the screens need to have something to show; all of it through the people's API. */
async function prepare({ rabat, madrid }: Demo): Promise<Ids> {
  const secretary = await OfficerClient.signIn(linkOf(madrid, 'secretary'));
  const text = (await secretary.call(listTexts)).rows[0]?.text ?? '';
  const clauses = (word: string) => [{ id: 'aaaaaa', number: '1', text: `${word} 1.` }, { id: 'bbbbbb', number: '2', text: `${word} 2.` }];
  const title = { ar: 'إعلان', es: 'Declaración' };
  const { doc } = await secretary.call(beginText, { body: { kind: 'declaration', title, languages: [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }] } });
  await secretary.call(saveDraft, { params: { doc, lang: 'ar' }, body: { title: title.ar, clauses: clauses('بند') } });
  await secretary.call(saveDraft, { params: { doc, lang: 'es' }, body: { title: title.es, clauses: clauses('Cláusula') } });
  await secretary.call(shareDraft, { params: { doc }, body: { languages: ['ar', 'es'] } });
  const other = await OfficerClient.signIn(linkOf(rabat, 'secretary'));
  await until(async () => (await other.call(listTexts)).rows.some((row) => row.doc === doc));
  await other.call(suggest, { params: { doc, lang: 'es' }, body: { clause: 'aaaaaa', words: 'Cláusula primera.', reason: 'Más claro.' } });
  await until(async () => (await secretary.call(getText, { params: { id: doc } })).suggestions.length > 0);
  await secretary.call(saveDraft, { params: { doc, lang: 'es' }, body: { title: title.es, clauses: clauses('Apartado') } });
  // Laid before the translators, who have cleared it: the co-chair may sign.
  const linguist = await OfficerClient.signIn(linkOf(madrid, 'linguist'));
  const signer = (await secretary.call(listFolderOfficers, { query: { text } })).rows.find((row) => row.signs)?.officer;
  const { entry } = await secretary.call(openFolderEntry, { body: { text, signer, mode: 'sequence', steps: [(await linguist.call(getHere)).officer?.officer], reason: 'Firma del comunicado.' } });
  await linguist.call(clearStep, { params: { entry }, body: { note: 'Concuerdan.' } });
  const administrator = await OfficerClient.signIn(linkOf(madrid, 'administrator'));
  return { text, draft: doc, officer: (await administrator.call(listOfficers)).rows[0]?.officer ?? '', entry };
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('what one node shared did not reach the other');
}
