/** A suggestion against one clause: the words as they should be, and why. What differs is shown while it is written. */
import { useState } from 'react';
import { directionOf, type Language } from '../../../kernel/language.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { useLanguage } from '../../../web/i18n/Language.tsx';
import { suggest } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { wordsChanged } from './changes.ts';
import { CleaningNotice } from './CleaningNotice.tsx';
import { clean } from './hygiene.ts';
import { Pieces } from './Pieces.tsx';

export function SuggestDialog({ detail, lang, clause, onClose }: { detail: TextDetail; lang: Language; clause: string; onClose(): void }) {
  const say = useSay();
  const { language } = useLanguage();
  const now = detail.languages.find((one) => one.lang === lang)?.revision?.clauses.find((one) => one.id === clause);
  const [words, setWords] = useState(now?.text ?? '');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const send = useCommand(suggest);
  const cleaned = clean(words);
  const unchanged = cleaned.text === (now?.text ?? '') || cleaned.text === '';
  async function submit(): Promise<boolean> {
    const body = { clause, words: cleaned.text, ...(reason.trim() === '' ? {} : { reason: clean(reason).text }) };
    const result = await send.mutateAsync({ params: { doc: detail.doc, lang }, body });
    if (!result.ok) setRefusal(result.refusal);
    return result.ok;
  }
  return (
    <Confirm open onClose={onClose} title={say('texts.suggest.title', { lang, number: now?.number ?? '¶' })} verb={say('texts.suggest.verb')} onConfirm={submit} disabled={unchanged}>
      <Field label={say('texts.suggest.words')} value={words} onChange={setWords} lang={lang} rows={6} maxLength={20_000} />
      <CleaningNotice notes={cleaned.notes} />
      {unchanged ? null : <div className="suggest-preview" lang={lang} dir={directionOf(lang)}><Pieces pieces={wordsChanged(now?.text ?? '', cleaned.text)} /></div>}
      <Field label={say('texts.suggest.reason')} value={reason} onChange={setReason} lang={language} rows={2} maxLength={2_000} />
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Confirm>
  );
}
