import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundFederation, type Federation, type Member } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-mirror-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'] });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
});
afterAll(async () => {
  await federation.close();
  rmSync(folder, { recursive: true });
});

test('a founded space opens on every node once all logs are mirrored', async () => {
  expect(federation.members.map((member) => member.node.state())).toEqual(['open', 'open', 'open']);
  expect(await es.sizes()).toEqual(await ma.sizes());
  expect(await pt.sizes()).toEqual(await ma.sizes());
});

test('an act is mirrored with its words, cosigned, and delivered when its owner reads its log back', async () => {
  const part = await ma.test.note('agreed in Rabat');
  const size = await ma.test.size();
  expect(await ma.delivered('es')).toBe(size - 1);
  expect(await es.pull('ma')).toEqual({ stored: 1 });
  const opened = await es.node.openPart(part.ref.part);
  expect(opened.ok && new TextDecoder().decode(opened.value.plaintext)).toBe('agreed in Rabat');
  expect(await ma.delivered('es')).toBe(size - 1);
  await ma.pull('es');
  expect(await ma.delivered('es')).toBe(size);
  expect(await ma.delivered('pt')).toBe(size - 1);
});
