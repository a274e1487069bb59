/** Which revisions this browser's reader saw last, per document: ids only, never words. */
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import { languages, type Language } from '../../../kernel/language.ts';
import { recall, remember } from '../../../web/i18n/remembered.ts';

type Read = Readonly<Partial<Record<Language, Hash>>>;

export function lastRead(officer: ObjectId, doc: ObjectId): Read {
  const text = recall(key(officer, doc));
  if (text === null) return {};
  const entries = text.split(' ').map((part) => part.split(':'));
  return Object.fromEntries(entries.filter(([lang]) => languages.some((known) => known === lang)));
}

/** `shown`: `lang:act` pairs, separated by spaces. */
export function rememberRead(officer: ObjectId, doc: ObjectId, shown: string): void {
  remember(key(officer, doc), shown === '' ? undefined : shown);
}

function key(officer: ObjectId, doc: ObjectId): string {
  return `read.${officer}.${doc}`;
}
