/**
 * The interface language: messages, direction, dates, and the words that React Aria brings itself.
 * It can be changed at any moment on every screen; it never changes the order of the parties.
 */
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { I18nProvider } from 'react-aria-components';
import { directionOf, type Language } from '../../kernel/language.ts';
import { loadMessages, type Messages } from './catalogue.ts';
import { localeTags } from './locale.ts';
import { remember } from './remembered.ts';

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
}

interface LanguageChoice {
  readonly language: Language;
  setLanguage(language: Language): Promise<void>;
}

const LanguageContext = createContext<LanguageChoice | undefined>(undefined);

/** The reader's language and the way to change it. */
export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (choice === undefined) throw new Error('useLanguage outside LanguageProvider');
  return choice;
}

/** Starts with messages that are already loaded, so that nothing is ever shown without words. */
export function LanguageProvider({ first, children }: { first: Spoken; children: ReactNode }) {
  const [spoken, setSpoken] = useState(first);
  const setLanguage = useCallback(async (language: Language) => {
    // Where the messages cannot be had, the screen goes on in the language that it speaks.
    const messages = await loadMessages(language).catch(() => undefined);
    if (messages === undefined) return;
    remember('language', language);
    setSpoken({ language, messages });
  }, []);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
    document.documentElement.dir = directionOf(spoken.language);
  }, [spoken.language]);
  const choice = useMemo(() => ({ language: spoken.language, setLanguage }), [spoken.language, setLanguage]);
  return (
    <LanguageContext.Provider value={choice}>
      <I18nProvider locale={localeTags[spoken.language]}>
        <IntlProvider locale={localeTags[spoken.language]} messages={{ ...spoken.messages }} defaultLocale="en">
          {children}
        </IntlProvider>
      </I18nProvider>
    </LanguageContext.Provider>
  );
}

export type SayValues = Readonly<Record<string, string | number | boolean | Date | undefined>>;

/** `say(key, values)`: the message as plain text in the reader's language. */
export function useSay(): (id: string, values?: SayValues) => string {
  const intl = useIntl();
  return useCallback((id: string, values?: SayValues) => String(intl.formatMessage({ id }, values as Record<string, string>)), [intl]);
}

/** True when the catalogue has the key: for codes that come from outside. */
export function useKnows(): (id: string) => boolean {
  const intl = useIntl();
  return useCallback((id: string) => Object.hasOwn(intl.messages, id), [intl]);
}

/** A message with elements in it, e.g. `<Say id="desk.asked" values={{ by: <PartyName …/> }} />`. */
export function Say({ id, values }: { id: string; values?: Readonly<Record<string, ReactNode | Date | ((chunks: ReactNode) => ReactNode)>> }) {
  const intl = useIntl();
  return <>{intl.formatMessage({ id }, values as Record<string, string>)}</>;
}
