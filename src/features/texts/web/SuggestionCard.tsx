/** A suggestion in the margin of its clause: who, what words, why; the pen holder takes or declines it. */
import { useState } from 'react';
import { directionOf } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { Clause } from '../content.ts';
import type { TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { AnswerDialog } from './AnswerDialog.tsx';
import { wordsChanged } from './changes.ts';
import { aroundChanges } from './excerpt.ts';
import { permission } from './permission.ts';
import { Pieces } from './Pieces.tsx';
import { useWhy } from './why.ts';

/** Unchanged words shown on either side of a change. */
const CONTEXT_WORDS = 4;

type Suggestion = TextDetail['suggestions'][number];

export function SuggestionCard({ suggestion, detail, clause }: { suggestion: Suggestion; detail: TextDetail; clause: Clause | undefined }) {
  const say = useSay();
  const why = useWhy();
  const [answering, setAnswering] = useState<'taken' | 'declined'>();
  const open = suggestion.outcome === 'open';
  const answer = permission(detail.may, 'answer-suggestion', suggestion.lang);
  return (
    <aside className="suggestion" data-outcome={suggestion.outcome} aria-label={say('texts.suggestion.label', { lang: suggestion.lang })}>
      <p className="suggestion-by"><PartyName party={suggestion.party} /> · <Label label={suggestion.office} /></p>
      <p className="quiet"><bdi lang={suggestion.lang}>{languageNames[suggestion.lang]}</bdi></p>
      <p className="quiet"><Moment at={suggestion.at} /></p>
      {open
        ? <div lang={suggestion.lang} dir={directionOf(suggestion.lang)}><Pieces pieces={aroundChanges(wordsChanged(clause?.text ?? '', suggestion.words), CONTEXT_WORDS)} /></div>
        : <Answered suggestion={suggestion} />}
      {suggestion.reason === undefined ? null : <p className="suggestion-reason" dir="auto">{suggestion.reason}</p>}
      {!open || !answer.offered ? null : answer.refusal !== undefined ? <p className="action-why">{why(answer.refusal)}</p> : (
        <div className="suggestion-actions">
          <Action weight="quiet" permission={answer} onPress={() => setAnswering('taken')}>{say('texts.suggestion.take')}</Action>
          <Action weight="quiet" permission={answer} onPress={() => setAnswering('declined')}>{say('texts.suggestion.decline')}</Action>
        </div>
      )}
      {answering === undefined ? null : <AnswerDialog suggestion={suggestion} outcome={answering} detail={detail} clause={clause} onClose={() => setAnswering(undefined)} />}
    </aside>
  );
}

function Answered({ suggestion }: { suggestion: Suggestion }) {
  const say = useSay();
  return (
    <details className="suggestion-answered">
      <summary>{say(`texts.suggestion.${suggestion.outcome}`)}</summary>
      <p lang={suggestion.lang} dir={directionOf(suggestion.lang)}>{suggestion.words}</p>
      {suggestion.answerReason === undefined ? null : <p dir="auto"><Say id="texts.suggestion.because" values={{ reason: <bdi>{suggestion.answerReason}</bdi> }} /></p>}
    </details>
  );
}
