/** The words of the verifier and of every refusal of the record, in four languages. */
import type { Language } from '../../kernel/language.ts';
import recordAr from '../../record/messages/ar.json' with { type: 'json' };
import recordEn from '../../record/messages/en.json' with { type: 'json' };
import recordEs from '../../record/messages/es.json' with { type: 'json' };
import recordFr from '../../record/messages/fr.json' with { type: 'json' };
import verifyAr from './messages/ar.json' with { type: 'json' };
import verifyEn from './messages/en.json' with { type: 'json' };
import verifyEs from './messages/es.json' with { type: 'json' };
import verifyFr from './messages/fr.json' with { type: 'json' };

export const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ar: { ...recordAr, ...verifyAr },
  es: { ...recordEs, ...verifyEs },
  fr: { ...recordFr, ...verifyFr },
  en: { ...recordEn, ...verifyEn },
};
