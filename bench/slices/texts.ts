/** The desk and the list of joint texts, with texts in every state of drafting, over a log of the case's size. */
import type { ZodType } from 'zod';
import { getDesk } from '../../src/features/desk/contract.ts';
import { ask, type Officer } from '../../src/features/slices.testkit.ts';
import { beginText, getText, listTexts, saveDraft, shareDraft } from '../../src/features/texts/contract.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { median, type Row } from '../row.ts';
import type { Stage } from '../stage.ts';

const CALLS = 15;

/** One text for a thousand acts, and at least sixty: about what a log of talks between two houses would hold. */
function textsFor(size: number): number {
  return Math.min(1000, Math.max(60, Math.round(size / 1000)));
}

export async function measureTexts(stage: Stage): Promise<readonly Row[]> {
  const { writer } = stage;
  const count = textsFor(stage.input.size);
  const started = performance.now();
  let last = '';
  for (let i = 0; i < count; i++) {
    if (i % 20 === 0) stage.say(`writing texts: ${i} of ${count}`);
    last = await writeText(writer, i);
  }
  const seconds = (performance.now() - started) / 1000;
  const note = `${count} texts`;
  return [
    { name: 'begin, save and share a text', unit: 'texts/s', rate: true, value: count / seconds, note },
    await timedCall('desk', note, writer, getDesk, {}),
    await timedCall('list of texts', note, writer, listTexts, { query: {} }),
    await timedCall('one text', note, writer, getText, { params: { id: last } }),
  ];
}

async function writeText(officer: Officer, i: number): Promise<string> {
  const languages = [{ lang: 'ar' as const, authority: 'authentic' as const }, { lang: 'es' as const, authority: 'authentic' as const }];
  const { doc } = expectOk(await ask(officer, beginText, { body: { kind: 'declaration', title: { es: `Texto ${i}`, ar: `نص ${i}` }, languages } }));
  for (const { lang } of languages) {
    const clauses = Array.from({ length: 6 }, (_, n) => ({ id: `c${String(n).padStart(3, '0')}`, text: `${lang} ${i} ${n} `.repeat(20).trim() }));
    expectOk(await ask(officer, saveDraft, { params: { doc, lang }, body: { title: `${lang} ${i}`, clauses } }));
  }
  expectOk(await ask(officer, shareDraft, { params: { doc }, body: { languages: languages.map(({ lang }) => lang) } }));
  return doc;
}

/** Median time of an operation as its handler answers it, contract checks included, HTTP not. */
async function timedCall<A>(name: string, note: string, officer: Officer, operation: { readonly id: string; readonly answer: ZodType<A> }, given: Parameters<typeof ask>[2]): Promise<Row> {
  const millis: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const started = performance.now();
    expectOk(await ask(officer, operation, given));
    millis.push(performance.now() - started);
  }
  return { name, unit: 'ms', value: median(millis), rounds: CALLS, note };
}
