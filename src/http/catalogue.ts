/** Messages of all slices in four languages, for what the server itself has to say: problems, print, files. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { languages, type Language } from '../kernel/language.ts';

export interface Catalogue {
  /** The message in the language, with its values; undefined when the key is not known. */
  message(language: Language, key: string, params?: Readonly<Record<string, string | number>>): string | undefined;
  /** The message as written, with its placeholders. */
  pattern(language: Language, key: string): string | undefined;
}

/** Reads every `messages/<language>.json` under `root` (the source tree). That no key is defined twice is checked by tools/check-catalogues.ts; a node that serves does not stop for it. */
export function loadCatalogue(root: string = join(import.meta.dirname, '..')): Catalogue {
  const texts = new Map<string, Map<string, string>>(languages.map((language) => [language, new Map<string, string>()]));
  for (const file of globSync('**/messages/*.json', { cwd: root }).toSorted()) {
    const known = texts.get(basename(file, '.json'));
    if (known === undefined) throw new Error(`${file} is in no known language`);
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>)) {
      if (!known.has(key)) known.set(key, text);
    }
  }
  const formats = new Map<string, IntlMessageFormat>();
  const pattern = (language: Language, key: string): string | undefined => texts.get(language)?.get(key);
  return {
    pattern,
    message(language, key, params) {
      const text = pattern(language, key);
      if (text === undefined) return undefined;
      const id = `${language} ${key}`;
      const format = formats.get(id) ?? new IntlMessageFormat(text, numbering(language));
      formats.set(id, format);
      return String(format.format({ ...params }));
    },
  };
}

/** Arabic with Western digits, as Moroccan offices write. */
function numbering(language: Language): string {
  return language === 'ar' ? 'ar-u-nu-latn' : language;
}
