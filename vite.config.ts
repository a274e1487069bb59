/**
 * The web application: src/web → dist/web. Nothing inline (the content security policy forbids it),
 * nothing from elsewhere, one file per language for all messages of all slices.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const CATALOGUE = 'virtual:catalogue/';

/**
 * `virtual:catalogue/<language>` is the address of the merge of every messages/<language>.json: data, not
 * script, so that the browser neither compiles nor counts it as such. A key that two files
 * define stops the build: the later one would silently win. Messages are parsed here, so that a mistake
 * in one is found now and the browser needs no parser; a message without arguments stays a string.
 */
function catalogues(): Plugin {
  const files = (language: string): string[] =>
    globSync([`src/*/messages/${language}.json`, `src/features/*/messages/${language}.json`], { cwd: ROOT }).sort();
  return {
    name: 'alternat-catalogues',
    resolveId: (id) => (id.startsWith(CATALOGUE) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${CATALOGUE}`)) return undefined;
      const merged = new Map<string, { message: unknown; file: string }>();
      for (const file of files(id.slice(CATALOGUE.length + 1))) {
        this.addWatchFile(`${ROOT}${file}`);
        for (const [key, text] of Object.entries(JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Record<string, string>)) {
          const other = merged.get(key);
          if (other !== undefined) this.error(`message ${key} is in ${other.file} and in ${file}`);
          merged.set(key, { message: compiled(text), file });
        }
      }
      const json = JSON.stringify(Object.fromEntries([...merged].map(([key, { message }]) => [key, message])));
      if (this.meta.watchMode) return `export const address = ${JSON.stringify(`data:application/json,${encodeURIComponent(json)}`)};`;
      const digest = createHash('sha256').update(json).digest('base64url').slice(0, 8);
      const fileName = `assets/messages-${id.slice(CATALOGUE.length + 1)}-${digest}.json`;
      this.emitFile({ type: 'asset', fileName, source: json });
      return `export const address = ${JSON.stringify(`/${fileName}`)};`;
    },
  };
}

/** The parsed message, or the plain text where there is nothing to fill in. */
function compiled(text: string): unknown {
  const elements = parse(text, { captureLocation: false });
  const [only] = elements;
  if (elements.length === 0) return '';
  return elements.length === 1 && only?.type === 0 ? only.value : elements;
}

/** React Aria carries its own words in 34 languages; the application speaks four. */
function fourLanguagesOfReactAria(): Plugin {
  const locale = /[\\/](?:react-aria|react-stately|react-aria-components|@react-aria|@react-stately)[\\/].*[\\/]([a-z]{2}-[A-Z]{2})\.m?js$/;
  const kept = new Set(['ar-AE', 'es-ES', 'fr-FR', 'en-US']);
  return {
    name: 'alternat-react-aria-languages',
    enforce: 'pre',
    load(id) {
      const found = locale.exec(id)?.[1];
      return found === undefined || kept.has(found) ? undefined : 'export default {};';
    },
  };
}

export default defineConfig({
  root: 'src/web',
  publicDir: 'public',
  plugins: [react(), catalogues(), fourLanguagesOfReactAria()],
  resolve: {
    // One copy of the message formatter, without its parser: the catalogues are parsed above.
    dedupe: ['intl-messageformat', '@formatjs/icu-skeleton-parser', 'react', 'react-dom'],
    alias: { '@formatjs/icu-messageformat-parser': `${ROOT}node_modules/@formatjs/icu-messageformat-parser/no-parser.js` },
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    manifest: true,
  },
  server: { host: 'localhost' },
});
