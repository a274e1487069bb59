/** Taking or declining a suggestion. Taking puts the words into the own draft first: an answer without them would say too much. */
import { useState } from 'react';
import { directionOf } from '../../../kernel/language.ts';
import { ok, type Refusal, type Result } from '../../../kernel/result.ts';
import { call, useCommand } from '../../../web/client.ts';
import { useLanguage, useSay } from '../../../web/i18n/Language.tsx';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import type { Clause } from '../content.ts';
import { answerSuggestion, saveDraft } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { wordsChanged } from './changes.ts';
import { clean } from './hygiene.ts';
import { Pieces } from './Pieces.tsx';

type Suggestion = TextDetail['suggestions'][number];

interface AnswerProps {
  readonly suggestion: Suggestion;
  readonly outcome: 'taken' | 'declined';
  readonly detail: TextDetail;
  readonly clause: Clause | undefined;
  onClose(): void;
}

export function AnswerDialog({ suggestion, outcome, detail, clause, onClose }: AnswerProps) {
  const say = useSay();
  const { language } = useLanguage();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const command = useCommand(answerSuggestion);
  const verb = outcome === 'taken' ? 'take' : 'decline';
  const why = clean(reason).text;
  async function answer(): Promise<boolean> {
    const written = outcome === 'taken' ? await putIntoDraft(detail, suggestion) : ok(undefined);
    const result = written.ok ? await command.mutateAsync({ params: { suggestion: suggestion.act }, body: { outcome, ...(why === '' ? {} : { reason: why }) } }) : written;
    if (!result.ok) setRefusal(result.refusal);
    return result.ok;
  }
  return (
    <Confirm open onClose={onClose} title={say(`texts.suggestion.${verb}-title`)} verb={say(`texts.suggestion.${verb}`)} onConfirm={answer} disabled={outcome === 'declined' && why === ''}>
      <p>{say(`texts.suggestion.${verb}-effect`)}</p>
      <div className="suggest-preview" lang={suggestion.lang} dir={directionOf(suggestion.lang)}><Pieces pieces={wordsChanged(clause?.text ?? '', suggestion.words)} /></div>
      <Field label={say(outcome === 'declined' ? 'texts.reason.required' : 'texts.reason.optional')} value={reason} onChange={setReason} lang={language} rows={2} maxLength={2_000} required={outcome === 'declined'} />
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Confirm>
  );
}

/** Saves the clause with the suggested words into this party's draft of the language; other words of it stay. */
async function putIntoDraft(detail: TextDetail, suggestion: Suggestion): Promise<Result<unknown>> {
  const language = detail.languages.find((one) => one.lang === suggestion.lang);
  const now = language?.local ?? language?.revision;
  if (now === undefined) return ok(undefined);
  const clauses = now.clauses.map((one) => (one.id === suggestion.clause ? { ...one, text: suggestion.words } : one));
  const basis = language?.local === undefined ? {} : { basedOnSave: language.local.savedAt };
  return call(saveDraft, { params: { doc: detail.doc, lang: suggestion.lang }, body: { title: now.title, clauses, ...basis } });
}
