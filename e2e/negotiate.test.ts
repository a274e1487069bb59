/**
 * A text from nothing to two signatures, Rabat working in Arabic and Madrid in Spanish, each step taken
 * on the page: written, suggested against, the Spanish pen handed over and used, found concordant,
 * proposed, refused with a reason; then tried again from the refused words while the line between the
 * nodes breaks in the middle of a transfer, and concluded when it is back.
 */
import { execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../src/main/status.ts';
import type { DemoNode, Desk } from './house.testkit.ts';
import { openBrowser, pressByKey, root, signIn, words } from './house.testkit.ts';
import { startLinedDemo, type LinedDemo } from './line.testkit.ts';

const ar = words('ar');
const es = words('es');
type Say = typeof ar;

const title = { ar: 'إعلان مشترك بشأن تبادل الممارسات', es: 'Declaración conjunta sobre el intercambio de prácticas' };
const clauses = {
  ar: ['يتبادل الطرفان الممارسات الفضلى مرتين في السنة.', 'يعين كل طرف نقطة اتصال.'],
  es: ['Las Partes intercambian buenas prácticas dos veces al año.', 'Cada Parte designa un punto de contacto.'],
};
const suggested = 'Las Partes intercambian buenas prácticas cada trimestre.';
const rewritten = 'Cada Parte designa un punto de contacto y a su suplente.';
const reason = 'Falta el plazo de designación.';
/** Long enough that a transfer can be cut inside it. */
const deadline = {
  ar: `يعين كل طرف نقطة اتصال ونائبها في أجل ثلاثين يوما. ${'ويتم إخبار الطرف الآخر بكل تغيير. '.repeat(400)}`.trim(),
  es: `Cada Parte designa un punto de contacto y a su suplente en un plazo de treinta días. ${'Todo cambio se comunica a la otra Parte. '.repeat(400)}`.trim(),
};

const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
const link = (within: Page | Locator, name: string): Locator => within.getByRole('link', { name, exact: true });

function status(node: DemoNode): Status {
  return JSON.parse(execFileSync(process.execPath, ['src/main/cli.ts', 'status', '--data', node.data, '--json'], { cwd: root, encoding: 'utf8' })) as Status;
}

/** Answers the question that is open with its verb. */
async function answer(page: Page, verb: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await button(dialog, verb).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Opens the draft from the list, as a person finds it: by its title and its state. */
async function openDraft(page: Page, say: Say, node: DemoNode, name: string): Promise<void> {
  await page.goto(`${node.url}/texts`);
  await page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: say('texts.state.drafting') }).getByRole('link').filter({ hasText: name }).click();
  await page.getByRole('region', { name: say('texts.reading') }).waitFor();
}

async function write(page: Page, say: Say, place: number, lang: 'ar' | 'es', text: string): Promise<void> {
  await page.getByLabel(say('texts.edit.text-of', { place, lang }), { exact: true }).fill(text);
}

async function share(page: Page, say: Say): Promise<void> {
  await button(page, say('texts.share.verb')).click();
  await answer(page, say('texts.share.verb'));
  await page.getByRole('region', { name: say('texts.reading') }).waitFor();
}

/** The linguist marks every clause that is open and records the marks. */
async function findConcordant(page: Page, say: Say): Promise<void> {
  await button(page, say('texts.concord.mark-all')).click();
  await button(page, say('texts.concord.record')).click();
  await page.getByText(say('texts.concord.all')).waitFor();
}

async function proposeText(page: Page, say: Say): Promise<string> {
  await button(page, say('texts.propose.verb')).click();
  await button(page.getByRole('dialog'), say('texts.propose.verb')).click();
  await page.waitForURL(/\/texts\/[0-9a-f]{64}$/);
  return page.url().slice(-64);
}

/** Signs or refuses on the signing page, with the key that the node keeps for the office. */
async function take(page: Page, say: Say, stance: 'sign' | 'refuse', why?: string): Promise<void> {
  await page.getByText(say('texts.sign.end')).scrollIntoViewIfNeeded();
  if (why !== undefined) await page.getByLabel(say('texts.reason.required')).fill(why);
  await button(page.getByRole('main'), say(`texts.${stance}.verb`)).click();
  await button(page.getByRole('dialog'), say(`texts.${stance}.verb`)).click();
  await page.getByRole('heading', { name: say(stance === 'sign' ? 'texts.outcome.signed' : 'texts.outcome.refused'), exact: true }).waitFor();
}

describe('a text is negotiated', { timeout: 150_000 }, () => {
  let demo: LinedDemo;
  let browser: Browser;
  const desks = new Map<string, Desk>();
  const at = async (place: 'rabat' | 'madrid', role: string): Promise<Page> => {
    const known = desks.get(`${place} ${role}`);
    if (known !== undefined) return known.page;
    const desk = await signIn(browser, demo[place], role, place === 'rabat' ? 'ar' : 'es');
    desk.page.setDefaultTimeout(60_000);
    desks.set(`${place} ${role}`, desk);
    return desk.page;
  };

  beforeAll(async () => {
    demo = await startLinedDemo();
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  it('is written in Rabat from nothing, in both languages, and nothing of it leaves before it is shared', async () => {
    const page = await at('rabat', 'secretary');
    await page.goto(`${demo.rabat.url}/texts`);
    await link(page, ar('texts.new.verb')).click();
    for (const lang of ['ar', 'es'] as const) await page.getByLabel(ar('texts.new.title-in', { lang }), { exact: true }).fill(title[lang]);
    await pressByKey(page, 'button', ar('texts.new.verb-begin'));
    await page.waitForURL(/\/edit$/);
    for (const [i] of clauses.ar.entries()) {
      if ((await page.getByRole('region', { name: ar('texts.edit.clause', { place: i + 1 }), exact: true }).count()) === 0) await button(page, ar('texts.edit.add')).click();
      for (const lang of ['ar', 'es'] as const) await write(page, ar, i + 1, lang, clauses[lang][i] as string);
    }
    await button(page, ar('texts.edit.number')).click();
    await page.getByText(ar('texts.save.saved', { time: '§' }).split('§')[1] as string).waitFor();
    const there = await at('madrid', 'secretary');
    await there.goto(`${demo.madrid.url}/texts`);
    await there.getByRole('heading', { level: 1, name: es('texts.title') }).waitFor();
    expect(await there.getByText(title.es).count()).toBe(0);
    await share(page, ar);
    // Madrid's list is open and follows by itself.
    await there.getByRole('link').filter({ hasText: title.es }).first().waitFor();
  });

  it('takes a suggestion of Madrid into Rabat’s draft and shares it', async () => {
    const madrid = await at('madrid', 'secretary');
    await madrid.getByRole('link').filter({ hasText: title.es }).first().click();
    await button(madrid, es('texts.clause.menu', { number: '1' })).click();
    await madrid.getByRole('menuitem', { name: es('texts.suggest.in', { lang: 'es' }), exact: true }).click();
    await madrid.getByLabel(es('texts.suggest.words')).fill(suggested);
    await madrid.getByLabel(es('texts.suggest.reason')).fill('Dos veces al año es poco.');
    await answer(madrid, es('texts.suggest.verb'));

    const rabat = await at('rabat', 'secretary');
    const card = rabat.getByRole('complementary', { name: ar('texts.suggestion.label', { lang: 'es' }) });
    await button(card, ar('texts.suggestion.take')).click();
    await answer(rabat, ar('texts.suggestion.take'));
    await card.getByText(ar('texts.suggestion.taken'), { exact: true }).waitFor();
    await link(rabat, ar('texts.share.verb')).click();
    await share(rabat, ar);
    await madrid.getByRole('main').getByText(suggested).first().waitFor();
    await madrid.getByText(es('texts.suggestion.taken'), { exact: true }).waitFor();
  });

  it('hands the Spanish pen over to Madrid, who writes with it', async () => {
    const rabat = await at('rabat', 'secretary');
    // Rabat's own column comes first, the Spanish one after it.
    await button(rabat, ar('texts.pen.give')).nth(1).click();
    await rabat.getByRole('dialog').getByText(ar('texts.pen.give-title', { lang: 'es' })).waitFor();
    await answer(rabat, ar('texts.pen.give'));
    await button(rabat, ar('texts.pen.give')).nth(1).waitFor({ state: 'detached' });

    const madrid = await at('madrid', 'secretary');
    await link(madrid, es('texts.edit.verb')).first().click();
    await madrid.waitForURL(/\/edit$/);
    expect(await madrid.getByLabel(es('texts.edit.text-of', { place: 2, lang: 'ar' }), { exact: true }).count()).toBe(0);
    await write(madrid, es, 2, 'es', rewritten);
    await share(madrid, es);
    await rabat.getByRole('main').getByText(rewritten).first().waitFor();
  });

  it('is marked concordant by both linguists, and only then can be proposed', async () => {
    const secretary = await at('rabat', 'secretary');
    expect(await button(secretary, ar('texts.propose.verb')).isDisabled()).toBe(true);
    await secretary.getByText(ar('texts.why.text.concordance-missing')).first().waitFor();
    for (const [place, say] of [['rabat', ar], ['madrid', es]] as const) {
      const page = await at(place, 'linguist');
      await openDraft(page, say, demo[place], title[place === 'rabat' ? 'ar' : 'es']);
      await findConcordant(page, say);
    }
    await expect.poll(() => button(secretary, ar('texts.propose.verb')).isEnabled(), { timeout: 30_000 }).toBe(true);
  });

  it('is proposed by Rabat and refused by Madrid with a reason that Rabat reads', async () => {
    const rabat = await at('rabat', 'secretary');
    const text = await proposeText(rabat, ar);
    const madrid = await at('madrid', 'co-chair');
    await madrid.locator(`a[href*="${text}"]`).first().click();
    await madrid.waitForURL(new RegExp(text));
    if (!madrid.url().includes('/sign')) await link(madrid, es('texts.refuse.verb')).click();
    else if (!madrid.url().includes('refuse')) await link(madrid, es('texts.refuse.instead')).click();
    await take(madrid, es, 'refuse', reason);
    await rabat.getByRole('main').getByText(ar('texts.state.dead'), { exact: true }).first().waitFor();
    await rabat.getByRole('main').getByText(reason).first().waitFor();
    expect(status(demo.rabat).texts).toEqual({ concluded: 0, proposed: 1, dead: 1 });
    expect(status(demo.madrid).texts).toEqual({ concluded: 0, proposed: 1, dead: 1 });
  });

  it('begins again from the refused words; the line breaks while they travel, and both desks say what the other lacks', async () => {
    const { toRabat, toMadrid } = demo.lines;
    const rabat = await at('rabat', 'secretary');
    await link(rabat, ar('texts.begin.begin-again')).click();
    await pressByKey(rabat, 'button', ar('texts.new.verb-begin'));
    await rabat.waitForURL(/\/edit$/);
    for (const lang of ['ar', 'es'] as const) await write(rabat, ar, 2, lang, deadline[lang]);
    await rabat.getByText(ar('texts.save.saved', { time: '§' }).split('§')[1] as string).waitFor();
    toRabat.cutAfter(12_000, 'cut');
    await share(rabat, ar);
    await expect.poll(() => toRabat.state(), { timeout: 30_000 }).toBe('cut');
    toMadrid.cut();

    // Work goes on here: Rabat's linguist marks, Madrid's secretary writes and shares a text of its own.
    const linguist = await at('rabat', 'linguist');
    await linguist.goto(rabat.url());
    await findConcordant(linguist, ar);
    const madrid = await at('madrid', 'secretary');
    await madrid.goto(`${demo.madrid.url}/texts/new`);
    for (const lang of ['ar', 'es'] as const) await madrid.getByLabel(es('texts.new.title-in', { lang }), { exact: true }).fill({ ar: 'مذكرة', es: 'Nota de Madrid' }[lang]);
    await pressByKey(madrid, 'button', es('texts.new.verb-begin'));
    await madrid.waitForURL(/\/edit$/);
    if ((await madrid.getByRole('region', { name: es('texts.edit.clause', { place: 1 }), exact: true }).count()) === 0) await button(madrid, es('texts.edit.add')).click();
    await write(madrid, es, 1, 'es', 'Se escribe sin línea.');
    await share(madrid, es);

    expect(await madrid.getByText('treinta días').count()).toBe(0);
    for (const [page, say, node] of [[rabat, ar, demo.rabat], [madrid, es, demo.madrid]] as const) {
      const own = status(node).logs[node.party];
      expect(own?.size).toBeGreaterThan(own?.delivered ?? 0);
      const foot = page.getByRole('contentinfo');
      const sentence = say('link.they-lack-since', { party: '¦', ours: own?.size ?? 0, seen: own?.delivered ?? 0, since: '¦' });
      for (const part of sentence.split('¦')) await expect.poll(() => foot.textContent(), { timeout: 30_000 }).toContain(part.trim());
    }
  });

  it('agrees on both sides when the line is back, with nothing lost', async () => {
    for (const line of [demo.lines.toRabat, demo.lines.toMadrid]) line.heal();
    await expect.poll(() => {
      const { logs } = status(demo.rabat);
      const whole = Object.values(logs).every((log) => log.delivered === log.size);
      return whole && isDeepStrictEqual(logs, status(demo.madrid).logs);
    }, { timeout: 100_000, interval: 2_000 }).toBe(true);
    const rabat = await at('rabat', 'secretary');
    await rabat.goto(`${demo.rabat.url}/texts`);
    await rabat.getByRole('link').filter({ hasText: 'Nota de Madrid' }).first().waitFor();
    const foot = rabat.getByRole('contentinfo');
    await expect.poll(() => foot.textContent(), { timeout: 30_000 }).toContain(ar('link.we-have-all', { theirs: status(demo.rabat).logs['dgp']?.size ?? 0 }));
  });

  it('is concluded by both', async () => {
    const linguist = await at('madrid', 'linguist');
    await openDraft(linguist, es, demo.madrid, title.es);
    await findConcordant(linguist, es);
    const secretary = await at('rabat', 'secretary');
    await openDraft(secretary, ar, demo.rabat, title.ar);
    await expect.poll(() => button(secretary, ar('texts.propose.verb')).isEnabled(), { timeout: 30_000 }).toBe(true);
    const text = await proposeText(secretary, ar);
    for (const [place, say] of [['rabat', ar], ['madrid', es]] as const) {
      const page = await at(place, 'co-chair');
      await page.goto(`${demo[place].url}/`);
      await page.locator(`a[href*="${text}"]`).first().click();
      await page.waitForURL(new RegExp(text));
      if (!page.url().includes('/sign')) await link(page, say('texts.sign.verb')).click();
      await take(page, say, 'sign');
    }
    for (const [place, say] of [['rabat', ar], ['madrid', es]] as const) {
      await (await at(place, 'co-chair')).getByRole('main').getByText(say('texts.level.concluded')).first().waitFor();
      expect(status(demo[place]).texts).toEqual({ concluded: 1, proposed: 1, dead: 1 });
    }
  });

  it('met no error in any console', () => {
    expect([...desks].map(([name, desk]) => [name, desk.errors])).toEqual([...desks].map(([name]) => [name, []]));
  });
});
