/** Messages of all slices in one language: one chunk each, loaded when it is first wanted. */
import type { Language } from '../../kernel/language.ts';

type Messages = Readonly<Record<string, string>>;

const loaders: Readonly<Record<Language, () => Promise<{ messages: Messages }>>> = {
  ar: () => import('virtual:catalogue/ar'),
  es: () => import('virtual:catalogue/es'),
  fr: () => import('virtual:catalogue/fr'),
  en: () => import('virtual:catalogue/en'),
};

export async function loadMessages(language: Language): Promise<Messages> {
  return (await loaders[language]()).messages;
}
