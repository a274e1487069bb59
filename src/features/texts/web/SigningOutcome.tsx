/** How far the stance has come: recorded here, delivered to the others, concluded by all. Follows live. */
import { useEffect, useRef } from 'react';
import { useSay } from '../../../web/i18n/Language.tsx';
import { ButtonLink } from '../../../web/kit/Button.tsx';
import { useAnnounce } from '../../../web/kit/LiveRegion.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { Star, useStarText } from '../../../web/kit/Star.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import type { TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { awaited } from './asked.ts';
import { permission } from './permission.ts';
import { TextFiles } from './TextFiles.tsx';
import type { Step } from './use-signing.ts';

type Level = 'done' | 'open' | 'never';

export function SigningOutcome({ detail, step }: { detail: TextDetail; step: Step }) {
  const say = useSay();
  const nameOf = usePartyText();
  const starText = useStarText();
  const { party } = useStanding();
  const announce = useAnnounce();
  const place = useRef<HTMLHeadingElement>(null);
  const own = detail.parties.find((stance) => stance.party === party);
  const waiting = step.at === 'done' && step.outcome.state === 'waiting' ? step.outcome : undefined;
  const taken = own !== undefined && own.stance !== 'none';
  const words = starText(detail.parties, detail.state);
  useEffect(() => { place.current?.focus(); }, []);
  useEffect(() => { announce(words); }, [announce, words]);
  const refused = own?.stance === 'refused';
  const title = waiting !== undefined && !taken ? 'texts.outcome.waiting' : refused ? 'texts.outcome.refused' : 'texts.outcome.signed';
  return (
    <section className="outcome" aria-labelledby="outcome-title">
      <Star stances={detail.parties} state={detail.state} size="seal" told />
      <div>
        <h2 id="outcome-title" tabIndex={-1} ref={place}>{say(title)}</h2>
        {waiting === undefined || taken ? null : <p>{say('texts.sign.quorum', { signed: waiting.signed, quorum: waiting.quorum })} {say('texts.outcome.waiting-help')}</p>}
        <ol className="levels">
          <LevelRow level={taken ? 'done' : 'open'}>{say('texts.level.recorded-long')}</LevelRow>
          <LevelRow level={taken && own.delivered ? 'done' : 'open'}>{say('texts.level.delivered-long')}</LevelRow>
          <LevelRow level={detail.state === 'concluded' ? 'done' : detail.state === 'dead' ? 'never' : 'open'}>
            {detail.state === 'dead' ? say('texts.level.dead') : detail.state === 'concluded' ? say('texts.level.concluded') : say('texts.level.awaiting', { parties: awaited(detail).map(nameOf).join(', ') })}
          </LevelRow>
        </ol>
        <div className="text-actions"><ButtonLink href={`/texts/${detail.text ?? detail.doc}`}>{say('texts.sign.to-text')}</ButtonLink>
          <Action permission={permission(detail.may, 'begin-again')} href={`/texts/new?relation=based-on&text=${detail.text ?? ''}`}>{say('texts.begin.begin-again')}</Action>
        </div>
        {detail.state === 'concluded' ? <TextFiles detail={detail} /> : null}
      </div>
    </section>
  );
}

function LevelRow({ level, children }: { level: Level; children: string }) {
  const say = useSay();
  return <li className="level" data-level={level}><span className="level-mark" aria-hidden="true" /><span><span className="visually-hidden">{say(`texts.level.${level}`)} </span>{children}</span></li>;
}
