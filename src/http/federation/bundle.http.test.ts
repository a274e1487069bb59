/** The same file by POST or on a stick: a pull without a link, the second time without effect. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../kernel/result.ts';
import { encodeZip, parseZip } from '../../record/zip.ts';
import { foundFederation, type Federation, type Member } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-bundle-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'] });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
});
beforeEach(async () => federation.exchange());
afterAll(async () => {
  await federation.close();
  rmSync(folder, { recursive: true });
});

async function readable(member: Member, commit: string): Promise<boolean> {
  return (await member.node.openPart(commit)).ok;
}

test('a stick carries acts, words, files and delivery, there and back', async () => {
  const { ref } = await ma.test.note('carried by hand');
  const file = await ma.test.note('an annex', undefined, 'file');
  const size = await ma.test.size();
  const there = expectOk(await es.importFile(await ma.exportFile('es')));
  expect(there).toEqual({ exporter: 'ma', logs: expect.arrayContaining([{ party: 'ma', stored: 2, size }]) });
  expect(there.logs.map((log) => log.party)).toEqual(['es', 'ma', 'pt']);
  expect([await readable(es, ref.part), await readable(es, file.ref.part)]).toEqual([true, true]);
  expect(await ma.delivered('es')).toBeLessThan(size);
  expectOk(await ma.importFile(await es.exportFile('ma')));
  expect(await ma.delivered('es')).toBe(size);
});

test('the same file again changes nothing', async () => {
  await ma.test.note('twice');
  const file = await ma.exportFile('es');
  expectOk(await es.importFile(file));
  const state = async (): Promise<unknown> => [await es.sizes(), await es.leaves('ma'), await es.node.checkpoint('ma')];
  const before = await state();
  const again = expectOk(await es.importFile(file));
  expect(again.logs.map((log) => log.stored)).toEqual([0, 0, 0]);
  expect(again.logs.flatMap((log) => log.problem ?? [])).toEqual([]);
  expect(await state()).toEqual(before);
});

test('an old file after newer acts changes nothing', async () => {
  const old = await ma.exportFile('es');
  await ma.test.note('newer');
  await federation.exchange();
  const before = await es.leaves('ma');
  expect(expectOk(await es.importFile(old)).logs.map((log) => log.stored)).toEqual([0, 0, 0]);
  expect(await es.leaves('ma')).toEqual(before);
});

test('the file goes by the line as well', async () => {
  const { ref } = await ma.test.note('as a file over the line');
  await ma.peer('es').sendBundle(await ma.exportFile('es'));
  expect(await readable(es, ref.part)).toBe(true);
  await ma.peer('es').sendBundle(await ma.exportFile('es'));
  await expect(ma.peer('es').sendBundle(new Uint8Array(100))).rejects.toMatchObject({ refusal: { code: 'peer.refused', params: { status: 422, reason: 'zip.truncated' } } });
});

test('a third party’s logs travel in it too: two nodes that never meet exchange through a courier', async () => {
  const { ref } = await pt.test.note('from Lisbon, by way of Rabat');
  expectOk(await ma.importFile(await pt.exportFile('ma')));
  expectOk(await es.importFile(await ma.exportFile('es')));
  expect(await readable(es, ref.part)).toBe(true);
  expect(await es.leaves('pt')).toEqual(await pt.leaves('pt'));
});

test('what is not for the reader is not in the file', async () => {
  const { ref } = await ma.test.note('for Madrid', ['es', 'ma']);
  const personal = await ma.test.note('a name', undefined, 'personal');
  const names = async (reader: string): Promise<readonly string[]> => expectOk(parseZip(await ma.exportFile(reader))).map((file) => file.name);
  expect(await names('es')).toContain(`parts/${ref.part}`);
  expect(await names('pt')).not.toContain(`parts/${ref.part}`);
  for (const reader of ['es', 'pt']) expect(await names(reader)).not.toContain(`parts/${personal.ref.part}`);
  expectOk(await pt.importFile(await ma.exportFile('pt')));
  expect(await readable(pt, ref.part)).toBe(false);
  expect(await pt.leaves('ma')).toEqual(await ma.leaves('ma'));
});

test('a flipped byte, a missing file, another space, a foreign signature: refused before anything is stored', async () => {
  await ma.test.note('intact or not at all');
  const file = await ma.exportFile('es');
  const before = await es.sizes();
  const files = expectOk(parseZip(file)).map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) }));
  const codeOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
    const taken = await es.importFile(bytes);
    return taken.ok ? 'taken' : taken.refusal.code;
  };
  const flipped = files.map((one) => (one.name.includes('entries') && one.name.startsWith('logs/ma') ? { ...one, bytes: one.bytes.with(100, (one.bytes[100] as number) ^ 1) as Uint8Array<ArrayBuffer> } : one));
  expect(await codeOf(encodeZip(flipped))).toBe('sync.bundle-damaged');
  expect(await codeOf(encodeZip(files.filter((one) => !one.name.startsWith('logs/ma/tile/entries'))))).toBe('sync.bundle-damaged');
  expect(await codeOf(encodeZip(files.filter((one) => one.name !== 'manifest.sig')))).toBe('sync.bundle-unsigned');
  const foreign = expectOk(parseZip(await pt.exportFile('es'))).find((one) => one.name === 'manifest.sig');
  expect(await codeOf(encodeZip(files.map((one) => (one.name === 'manifest.sig' ? { ...one, bytes: foreign?.bytes ?? one.bytes } : one))))).toBe('sync.bundle-unsigned');
  expect(await codeOf(encodeZip(files.filter((one) => one.name !== 'manifest')))).toBe('bundle.manifest-missing');
  expect(await codeOf(file.slice(0, file.length - 7))).toBe('zip.truncated');
  expect(await es.sizes()).toEqual(before);
  const elsewhere = mkdtempSync(join(tmpdir(), 'alternat-elsewhere-'));
  const other = await foundFederation(elsewhere, { parties: ['es', 'ma'] });
  expect(await codeOf(await other.member('ma').exportFile('es'))).toBe('sync.bundle-of-other-space');
  await other.close();
  rmSync(elsewhere, { recursive: true });
});

test('a node without any link takes its lost acts back from a stick', async () => {
  await ma.test.note('kept by Madrid');
  await federation.exchange();
  expect(expectOk(await ma.importFile(await es.exportFile('ma'))).logs.map((log) => log.problem)).toEqual([undefined, undefined, undefined]);
});
