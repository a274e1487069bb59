import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { utf8, type Bytes } from '../kernel/bytes.ts';
import { crc32 } from './crc32.ts';
import { encodeZip, parseZip, type ZipFile } from './zip.ts';

const file = fc.record({
  name: fc.array(fc.string({ unit: fc.constantFrom(...'ab0-'), minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
  bytes: fc.uint8Array({ maxLength: 60 }).map((value) => Uint8Array.from(value)),
});
const files = fc.uniqueArray(file, { maxLength: 6, selector: ({ name }) => name });
const two: ZipFile[] = [{ name: 'manifest', bytes: utf8('{}') }, { name: 'logs/ma/checkpoint', bytes: utf8('note') }];

test('crc32 is the one of zlib', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  }));
});

test('what is written is read back, whatever the order it came in', () => {
  fc.assert(fc.property(files, (list) => {
    const sorted = [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
    const zip = encodeZip(list);
    expect(encodeZip([...list].reverse())).toEqual(zip);
    expect(parseZip(zip)).toEqual({ ok: true, value: sorted.map((one) => ({ ...one, sound: true })) });
  }));
});

test('another program reads it', () => {
  fc.assert(fc.property(files, (list) => {
    const opened = unzipSync(encodeZip(list));
    expect(Object.fromEntries(list.map(({ name, bytes }) => [name, bytes]))).toEqual(Object.fromEntries(Object.entries(opened).map(([name, bytes]) => [name, Uint8Array.from(bytes)])));
  }), { numRuns: 50 });
});

test('any changed, missing or added byte is refused or marks the file', () => {
  fc.assert(fc.property(files, fc.nat(), fc.integer({ min: 1, max: 255 }), (list, place, change) => {
    const zip = encodeZip(list);
    const at = place % zip.length;
    const inserted = Uint8Array.from([...zip.slice(0, at), change, ...zip.slice(at)]);
    for (const wrong of [zip.with(at, zip[at]! ^ change) as Bytes, zip.slice(0, at), inserted, Uint8Array.from([...zip, change])]) {
      const verdict = parseZip(wrong);
      expect(verdict.ok && verdict.value.every(({ sound }) => sound)).toBe(false);
    }
  }), { numRuns: 300 });
});

describe('of all zips with these files, only the one form', () => {
  test('another writer’s is refused', () => {
    const other = zipSync(Object.fromEntries(two.map(({ name, bytes }) => [name, bytes])), { level: 0 });
    expect(parseZip(Uint8Array.from(other)).ok).toBe(false);
  });

  test('compressed files cannot come in, so nothing can grow', () => {
    const bomb = zipSync({ manifest: new Uint8Array(1_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(10_000);
    expect(parseZip(Uint8Array.from(bomb)).ok).toBe(false);
  });

  test('names that leave the folder, stand twice or are not plain are refused', () => {
    for (const name of ['', '/a', '../a', 'a/../b', 'a/./b', 'a//b', 'a/', 'A', 'a b', 'é', 'a\\b', 'a'.repeat(201)]) {
      expect(() => encodeZip([{ name, bytes: new Uint8Array(0) }]), name).toThrow('zip');
    }
    expect(() => encodeZip([two[0]!, two[0]!])).toThrow('zip');
    for (const name of ['../b', 'a//b', '/abc', 'ABCD', '.abc/..'.slice(0, 4)]) {
      const zip = encodeZip([{ name: 'a'.repeat(name.length), bytes: new Uint8Array(0) }]);
      const text = Buffer.from(zip).toString('latin1').replaceAll('a'.repeat(name.length), name);
      expect(parseZip(Uint8Array.from(Buffer.from(text, 'latin1'))).ok, name).toBe(name === '.abc');
    }
  });

  test('more files than 16 bits count are read, and by another program too', () => {
    const many = Array.from({ length: 65_540 }, (_, i) => ({ name: `f/${i}`, bytes: new Uint8Array(0) }));
    const zip = encodeZip(many);
    const parsed = parseZip(zip);
    expect(parsed.ok && parsed.value.length).toBe(65_540);
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    try {
      writeFileSync(join(folder, 'many.zip'), zip);
      expect(readFileSync(join(folder, 'many.zip')).length).toBe(zip.length);
      expect(Object.keys(unzipSync(zip)).length).toBe(65_540);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
