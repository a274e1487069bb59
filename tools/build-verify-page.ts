/**
 * Builds dist/verify.html: the offline verification page as one file, script and style inside, and a
 * policy that allows exactly these and no connection of any kind.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src/main/verify-page');

export async function buildVerifyPage(): Promise<string> {
  const built = await build({
    root: source, configFile: false, logLevel: 'warn', publicDir: false,
    build: { write: false, target: 'es2022', minify: true, modulePreload: false, rollupOptions: { input: join(source, 'page.ts'), output: { format: 'iife', codeSplitting: false } } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output) || output.output.length !== 1) throw new Error('the page must be one script');
  // Inside a script element only the end tag and a comment opener need care; both are inside strings.
  const script = output.output[0].code.replaceAll(/<\/(script)/gi, String.raw`<\/$1`).replaceAll('<!--', String.raw`<\!--`).trim();
  const style = readFileSync(join(source, 'page.css'), 'utf8').trim();
  const policy = ["default-src 'none'", `script-src '${sourceHash(script)}'`, `style-src '${sourceHash(style)}'`, "base-uri 'none'", "form-action 'none'"].join('; ');
  const values: Record<string, string> = { POLICY: policy, STYLE: style, SCRIPT: script };
  return readFileSync(join(source, 'index.html'), 'utf8').replaceAll(/%([A-Z]+)%/g, (_, name: string) => values[name] as string);
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (import.meta.main) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const page = await buildVerifyPage();
  writeFileSync(join(root, 'dist/verify.html'), page);
  process.stderr.write(`dist/verify.html: ${Math.round(page.length / 1024)} kB\n`);
}
