/**
 * The web application: src/web → dist/web. Nothing inline (the content security policy forbids it),
 * nothing from elsewhere, one chunk per language for all messages of all slices.
 */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const CATALOGUE = 'virtual:catalogue/';

/**
 * `virtual:catalogue/<language>` is the merge of every messages/<language>.json. A key that two files
 * define stops the build: the later one would silently win.
 */
function catalogues(): Plugin {
  const files = (language: string): string[] =>
    globSync([`src/*/messages/${language}.json`, `src/features/*/messages/${language}.json`], { cwd: ROOT }).sort();
  return {
    name: 'alternat-catalogues',
    resolveId: (id) => (id.startsWith(CATALOGUE) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${CATALOGUE}`)) return undefined;
      const merged = new Map<string, { text: string; file: string }>();
      for (const file of files(id.slice(CATALOGUE.length + 1))) {
        this.addWatchFile(`${ROOT}${file}`);
        for (const [key, text] of Object.entries(JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Record<string, string>)) {
          const other = merged.get(key);
          if (other !== undefined) this.error(`message ${key} is in ${other.file} and in ${file}`);
          merged.set(key, { text, file });
        }
      }
      const json = JSON.stringify(Object.fromEntries([...merged].map(([key, { text }]) => [key, text])));
      return `export const messages = JSON.parse(${JSON.stringify(json)});`;
    },
  };
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
