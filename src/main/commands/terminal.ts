/** How commands speak: results on stdout, words for people on stderr, refusals in the reader's language. */
import { isAbsolute, resolve } from 'node:path';
import { loadCatalogue } from '../../http/catalogue.ts';
import { languages, type Language } from '../../kernel/language.ts';
import type { Refusal, Result } from '../../kernel/result.ts';

export const REFUSED = 1;
export const USAGE = 64;

/** The reader's language: ALTERNAT_LANGUAGE, else the locale of the terminal, else English. */
export function terminalLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const wanted = environment['ALTERNAT_LANGUAGE'] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return languages.find((language) => wanted.toLowerCase().startsWith(language)) ?? 'en';
}

/** A refusal in the reader's language, with its code, which is the same in every language. */
export function sentence(refusal: Refusal): string {
  const words = loadCatalogue().message(terminalLanguage(), `refusal.${refusal.code}`, refusal.params);
  return words === undefined ? refusal.code : `${words} (${refusal.code})`;
}

export function fail(refusal: Refusal, status = REFUSED): never {
  process.stderr.write(`${sentence(refusal)}\n`);
  process.exit(status);
}

/** The value, or the end of the command. */
export function need<T>(result: Result<T>, json = false): T {
  if (result.ok) return result.value;
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: result.refusal.code, params: result.refusal.params ?? {} })}\n`);
  return fail(result.refusal);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A path as the person meant it: npm changes the directory before a script runs. */
export function pathOf(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['ALTERNAT_CWD'] ?? process.cwd(), path);
}

/** A bar that is drawn over itself on a terminal and left out elsewhere. */
export function progressBar(title: string): (done: number, total: number) => void {
  let shown = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done * 100) / total);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    const filled = Math.round(percent / 4);
    process.stderr.write(`\r${title} [${'#'.repeat(filled)}${'.'.repeat(25 - filled)}] ${percent} %${percent === 100 ? '\n' : ''}`);
  };
}
