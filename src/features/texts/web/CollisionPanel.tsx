/** A colleague saved the same words meanwhile. Both wordings stand side by side until a person chooses. */
import { useState } from 'react';
import { Radio, RadioGroup, Label } from 'react-aria-components';
import { directionOf } from '../../../kernel/language.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { useMomentText } from '../../../web/kit/Times.tsx';
import type { VersionContent } from './changes.ts';
import { settleConflicts, type Conflict } from './merge.ts';
import { Paragraphs } from './Pieces.tsx';
import type { Collision } from './desk-state.ts';

export function CollisionPanel({ collision, onSettle }: { collision: Collision; onSettle(content: VersionContent): void }) {
  const say = useSay();
  const momentOf = useMomentText();
  const [choice, setChoice] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  const { merged, mine, theirs, lang } = collision;
  const complete = merged.conflicts.every((conflict) => choice[conflict.id] !== undefined);
  return (
    <section className="collision" role="alert" aria-labelledby="collision-title">
      <h2 id="collision-title">{say('texts.collision.title', { lang })}</h2>
      <p>{say('texts.collision.lead', { at: momentOf(collision.theirsAt) })}</p>
      {merged.taken.length === 0 ? null : <p>{say('texts.collision.taken', { count: merged.taken.length })}</p>}
      {merged.conflicts.map((conflict, at) => (
        <ConflictChoice key={conflict.id} conflict={conflict} place={at + 1} lang={lang} value={choice[conflict.id]} onChoose={(side) => setChoice({ ...choice, [conflict.id]: side })} />
      ))}
      <div className="text-actions">
        <Button weight="primary" isDisabled={!complete} onPress={() => onSettle(settleConflicts(merged, mine, theirs, choice))}>
          {say(merged.conflicts.length === 0 ? 'texts.collision.join' : 'texts.collision.settle')}
        </Button>
      </div>
    </section>
  );
}

interface ChoiceProps {
  readonly conflict: Conflict;
  readonly place: number;
  readonly lang: Collision['lang'];
  readonly value: 'mine' | 'theirs' | undefined;
  onChoose(side: 'mine' | 'theirs'): void;
}

function ConflictChoice({ conflict, place, lang, value, onChoose }: ChoiceProps) {
  const say = useSay();
  const side = (which: 'mine' | 'theirs') => {
    const clause = conflict[which];
    return (
      <Radio className="radio conflict-side" value={which}>
        <span className="radio-dot" aria-hidden="true" />
        <span>
          <strong>{say(`texts.collision.${which}`)}</strong>
          {clause === undefined
            ? <span className="hole-words">{say('texts.collision.removed')}</span>
            : <span className="conflict-words" lang={lang} dir={directionOf(lang)}>{clause.heading === undefined ? null : <b>{clause.heading}</b>}<Paragraphs text={clause.text} /></span>}
        </span>
      </Radio>
    );
  };
  return (
    <RadioGroup className="conflict" value={value ?? null} onChange={(next) => onChoose(next === 'theirs' ? 'theirs' : 'mine')}>
      <Label className="field-label">{conflict.id === 'title' ? say('texts.collision.of-title') : say('texts.collision.of-clause', { place })}</Label>
      <div className="conflict-sides">{side('mine')}{side('theirs')}</div>
    </RadioGroup>
  );
}
