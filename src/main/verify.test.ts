import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { exerciseWords } from '../kernel/exercise.ts';
import { languages } from '../kernel/language.ts';
import { verifyBundle } from '../record/bundle-verify.ts';
import { verifyBundleLater } from '../record/bundle-verify-later.ts';
import { verifySignature } from '../record/signing.ts';
import { partOf } from '../record/space.testkit.ts';
import { engine, registry, scene, spaceBundle, textBundle } from './bundle.testkit.ts';
import { verifyFile, type VerifyFileOptions } from './verify.ts';
import { checkInWorkers } from './verify-workers.ts';

const made = scene({ quorum: 2 });
const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = { whole: join(folder, 'whole.zip'), one: join(folder, 'one.zip'), changed: join(folder, 'changed.zip'), none: join(folder, 'none.zip') };
const whole = await spaceBundle(made);
const one = await textBundle(made, made.concluded);
writeFileSync(files.whole, whole);
writeFileSync(files.one, one);
const clause = Buffer.from(one).indexOf('se comprometen');
writeFileSync(files.changed, one.with(clause, one[clause]! ^ 1));
writeFileSync(files.none, 'not a bundle');

async function run(file: string, options: Omit<VerifyFileOptions, 'write'> = {}): Promise<{ status: number; text: string }> {
  let text = '';
  const status = await verifyFile(file, { ...options, write: (part) => (text += part) });
  return { status, text };
}

describe('alternat verify', () => {
  test('says first, in four languages, that it is an exercise', async () => {
    const [line] = (await run(files.one)).text.split('\n');
    expect(line).toBe(languages.toSorted((a, b) => 'ar es fr en'.indexOf(a) - 'ar es fr en'.indexOf(b)).map((language) => exerciseWords[language]).join(' · '));
  });

  test('0: shows the text in both authentic languages, who signed, and how', async () => {
    const { status, text } = await run(files.one, { language: 'es' });
    expect(status).toBe(0);
    expect(text).toContain('Verificado:');
    expect(text).toContain('Las Partes (DGP) se comprometen');
    expect(text).toContain('يلتزم الطرفان (DGSN)');
    expect(text.match(/Firmó, Oficina/g)).toHaveLength(2);
    expect(text).toContain('7/2026');
    expect(text).toContain('Atestiguado como concluido por Party es, Party ma');
  });

  test('says when a party has not attested a concluded text', async () => {
    const bare = join(folder, 'bare.zip');
    writeFileSync(bare, await textBundle(made, made.concluded, { follow: () => [] }));
    expect((await run(bare)).text).toContain('Not attested here as concluded by Party es, Party ma');
  });

  test('1: names the first place, and still shows the content that opens', async () => {
    const { status, text } = await run(files.changed);
    expect(status).toBe(1);
    expect(text).toContain('Not verified');
    expect(text).toMatch(/First place: file parts\/[0-9a-f]{64}: The file has changed/);
    expect(text).toContain('يلتزم الطرفان');
    expect(text).not.toContain('se comprometen a lo siguiente: A');
  });

  test('2: what is no bundle, and what is not there', async () => {
    expect(await run(files.none)).toMatchObject({ status: 2, text: expect.stringContaining('Unreadable') });
    expect(await run(join(folder, 'absent.zip'))).toMatchObject({ status: 2, text: expect.stringContaining('absent.zip') });
  });

  test('--json: one object, the same verdict', async () => {
    const { status, text } = await run(files.whole, { json: true });
    expect(JSON.parse(text)).toMatchObject({ verdict: 'verified', exercise: true, notice: expect.any(Array), texts: expect.any(Array) });
    expect([status, JSON.parse(text).texts.length]).toEqual([0, 3]);
    expect((await run(files.whole, { space: 'f'.repeat(64) })).status).toBe(1);
    for (const file of [files.none, join(folder, 'absent.zip')]) expect(JSON.parse((await run(file, { json: true })).text).verdict).toBe('unreadable');
  });

  test('has every sentence in every language', async () => {
    for (const language of languages) for (const file of Object.values(files)) expect((await run(file, { language })).text).not.toMatch(/verify\.[a-z]|refusal\./);
  });
});

test('an act with a false signature stays in the record without effect, and the record verifies', async () => {
  const other = scene();
  const [party] = other.parties;
  const { envelope } = party.prepare('note.make', { words: partOf('unsigned', 'file') }, { keys: [party.draft.key].map((key) => ({ ...key, sign: () => party.draft.key.sign(new Uint8Array(3)) })) });
  expect(party.append(envelope).says).toBe('act.signature-bad');
  const { report, withoutEffect } = verifyBundle(await spaceBundle(other), { engine, registry });
  expect([report.verdict, withoutEffect?.map(({ refusal }) => refusal.code)]).toEqual(['verified', ['act.signature-bad']]);
});

describe('signatures checked apart', () => {
  test('give the same report, in workers too', async () => {
    const expected = verifyBundle(whole, { engine, registry }).report;
    const later = await verifyBundleLater(whole, { engine, registry }, checkInWorkers);
    expect(later.report).toEqual(expected);
  });

  test('a false one is found: the bundle is folded again with the verdicts', async () => {
    let asked = 0;
    const oneFalse = await verifyBundleLater(one, { engine, registry }, async (checks) => checks.map((check) => ++asked !== 3 && verifySignature(engine, check)));
    expect(asked).toBeGreaterThan(10);
    expect(oneFalse.report).toMatchObject({ verdict: 'not-verified', firstFault: { code: 'bundle.entry-without-effect', params: { reason: expect.stringMatching(/^act\./) } } });
  });
});
