/** Messages of all slices in one language: one file each, fetched when it is first wanted. */
import type { MessageFormatElement } from 'react-intl';
import { address as ar } from 'virtual:catalogue/ar';
import { address as en } from 'virtual:catalogue/en';
import { address as es } from 'virtual:catalogue/es';
import { address as fr } from 'virtual:catalogue/fr';
import type { Language } from '../../kernel/language.ts';

/** Messages as the build has parsed them: elements, or plain text where there is nothing to fill in. */
type Parsed = Readonly<Record<string, string | MessageFormatElement[]>>;
export type Messages = Readonly<Record<string, MessageFormatElement[]>>;

const LITERAL = 0;

const addresses: Readonly<Record<Language, string>> = { ar, es, fr, en };

/** Throws when the node cannot be reached; the language then stays as it was. */
export async function loadMessages(language: Language): Promise<Messages> {
  const response = await fetch(addresses[language]);
  if (!response.ok) throw new Error(`messages of ${language}: ${response.status}`);
  const messages = await response.json() as Parsed;
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [
    key, typeof message === 'string' ? [{ type: LITERAL, value: message }] : message,
  ]));
}
