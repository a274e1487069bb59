/**
 * Four languages are one feature: every catalogue has the same keys in ar, es, fr, en, the same
 * placeholders, parses as ICU, has every CLDR plural form that its language needs, no bidi control,
 * no exclamation mark, no Arabic-Indic digit; every refusal code that the code can answer has a message.
 */
import { readFileSync, readdirSync, existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
const root = join(import.meta.dirname, '..');
const languages = ['ar', 'es', 'fr', 'en'] as const;
const faults: string[] = [];

function folders(path: string, name: string): string[] {
  return readdirSync(path).flatMap((entry) => {
    const child = join(path, entry);
    if (!statSync(child).isDirectory()) return [];
    return entry === name ? [child] : folders(child, name);
  });
}

function sourceFiles(path: string): string[] {
  return readdirSync(path).flatMap((entry) => {
    const child = join(path, entry);
    if (statSync(child).isDirectory()) return sourceFiles(child);
    return /\.tsx?$/.test(entry) && !/\.(test|testkit)\./.test(entry) ? [child] : [];
  });
}

function placeholders(ast: Ast, found = new Set<string>()): Set<string> {
  for (const element of ast) {
    if ('value' in element && element.type !== 0) found.add(element.value);
    if ('options' in element) for (const option of Object.values(element.options)) placeholders(option.value, found);
    if ('children' in element) placeholders(element.children, found);
  }
  return found;
}

function plurals(ast: Ast, check: (options: string[]) => void): void {
  for (const element of ast) {
    if (element.type === 6) check(Object.keys(element.options).filter((key) => !key.startsWith('=')));
    if ('options' in element) for (const option of Object.values(element.options)) plurals(option.value, check);
    if ('children' in element) plurals(element.children, check);
  }
}

const known = new Set<string>();
for (const folder of folders(join(root, 'src'), 'messages')) {
  const where = relative(root, folder);
  const catalogues = new Map<string, Record<string, string>>();
  for (const language of languages) {
    const file = join(folder, `${language}.json`);
    if (!existsSync(file)) { faults.push(`${where}: no ${language}.json`); continue; }
    catalogues.set(language, JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  }
  const keys = new Set([...catalogues.values()].flatMap((catalogue) => Object.keys(catalogue)));
  for (const key of keys) {
    known.add(key);
    let first: string | undefined;
    for (const [language, catalogue] of catalogues) {
      const at = `${where}/${language}.json ${key}`;
      const text = catalogue[key];
      if (text === undefined || text === '') { faults.push(`${at}: missing`); continue; }
      if (/[!¡]/.test(text)) faults.push(`${at}: exclamation mark`);
      if (/[\u0660-\u0669\u06F0-\u06F9]/.test(text)) faults.push(`${at}: not Western digits`);
      if (/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(text)) faults.push(`${at}: bidi control`);
      let ast: Ast;
      try { ast = new IntlMessageFormat(text, language).getAst(); } catch (error) { faults.push(`${at}: ${(error as Error).message}`); continue; }
      const names = [...placeholders(ast)].sort().join(',');
      first ??= names;
      if (names !== first) faults.push(`${at}: placeholders {${names}} differ from {${first}}`);
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      plurals(ast, (options) => {
        for (const form of needed) if (!options.includes(form)) faults.push(`${at}: plural form ${form} is missing`);
      });
    }
  }
}

// Codes are written as literals beside refuse(), without() and in `refusals: [...]`.
const literal = /(?:refuse|without|refusal)\(\s*'([a-z][a-z-]*\.[a-z-]+)'|code:\s*'([a-z][a-z-]*\.[a-z-]+)'/g;
for (const file of sourceFiles(join(root, 'src'))) {
  const text = readFileSync(file, 'utf8');
  for (const match of text.matchAll(literal)) {
    const code = match[1] ?? match[2];
    if (!known.has(`refusal.${code}`)) faults.push(`${relative(root, file)}: refusal ${code} has no message`);
  }
}

for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
