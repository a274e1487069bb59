/** Words that are data: shown in the reader's language where they exist, marked with the language they are in. */
import { createElement } from 'react';
import { directionOf, labelIn, type Language } from '../../kernel/language.ts';
import { useLanguage } from '../i18n/Language.tsx';
import { languagesOwnFirst, useStanding, type LabelText } from './standing.tsx';

/** A multilingual label. Where the reader's language is missing, the own party's comes next. */
export function Label({ label, as = 'bdi' }: { label: LabelText; as?: 'bdi' | 'span' | 'strong' | 'h2' | 'h3' }) {
  const { lang, text } = useLabel(label);
  return createElement(as, { lang, dir: directionOf(lang) }, text);
}

/** The same choice as plain text, for attributes, sentences and sorting. */
export function useLabel(label: LabelText): { lang: Language; text: string } {
  return useLabelIn()(label);
}

export function useLabelIn(): (label: LabelText) => { lang: Language; text: string } {
  const { language } = useLanguage();
  const { parties, party, authentic } = useStanding();
  return (label) => labelIn(label as Parameters<typeof labelIn>[0], language, languagesOwnFirst(authentic, parties, party));
}

/** Text in a known language, isolated from the direction around it. */
export function Foreign({ lang, children }: { lang: Language; children: string }) {
  return <bdi lang={lang} dir={directionOf(lang)}>{children}</bdi>;
}

/** An id, a number as written, a file name: always left to right, never broken by what stands beside it. */
export function Code({ children }: { children: string | number }) {
  return <bdi dir="ltr" className="code">{children}</bdi>;
}
