/** The weight of the first page, measured on a build of this very tree. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { build, type Manifest } from 'vite';

/** Bytes of compressed script that the first page may load (gzip; what browsers get by Brotli is less). */
const SCRIPT_MAX = 180_000;
const ROOT = join(import.meta.dirname, '../..');

let folder: string;
let manifest: Manifest;

beforeAll(async () => {
  // The test runner says `test`; what is measured is what people load.
  vi.stubEnv('NODE_ENV', 'production');
  folder = mkdtempSync(join(tmpdir(), 'alternat-web-'));
  await build({ root: join(ROOT, 'src/web'), configFile: join(ROOT, 'vite.config.ts'), logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A chunk with everything that it imports before it runs. */
function withImports(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined || found.has(key)) return found;
  found.add(key);
  for (const imported of chunk.imports ?? []) withImports(imported, found);
  return found;
}

function compressed(files: Iterable<string>): number {
  return [...files].reduce((sum, key) => sum + gzipSync(readFileSync(join(folder, manifest[key]?.file ?? ''))).length, 0);
}

test('the shell with the desk stays below 180 kB of compressed script', () => {
  const desk = Object.keys(manifest).find((key) => key.endsWith('desk/web/Desk.tsx'));
  const files = withImports('index.html', withImports(desk ?? 'no desk'));
  expect(files.size).toBeGreaterThan(2);
  const size = compressed(files);
  expect(size).toBeGreaterThan(50_000);
  expect(size).toBeLessThan(SCRIPT_MAX);
});

test('the page holds nothing that the content security policy forbids', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|\son[a-z]+=|javascript:/i);
  for (const [, attributes, content] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    expect(attributes).toMatch(/\ssrc="\/(?!\/)/);
    expect(content).toBe('');
  }
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

test('every other screen is loaded when it is visited, not before', () => {
  const first = withImports('index.html');
  const screens = Object.keys(manifest).filter((key) => /features\/[^/]+\/web\/[A-Z]\w+\.tsx$/.test(key));
  expect(screens.length).toBeGreaterThan(10);
  expect(screens.filter((key) => first.has(key))).toEqual([]);
});
