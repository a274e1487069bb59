import type { ReactNode } from 'react';
import { directionOf } from '../../../kernel/language.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Star } from '../../../web/kit/Star.tsx';
import { usePartiesOwnFirst, useStanding, type StandingParty } from '../../../web/kit/standing.tsx';
import './title-page.css';

/** The title page: both institutions in their own languages, of one weight, the own one first; the star between. */
export function TitlePage({ heading, children }: { heading?: string; children: ReactNode }) {
  const say = useSay();
  const { name, parties } = useStanding();
  const [own, ...others] = usePartiesOwnFirst();
  const founded = parties.map(({ id }) => ({ party: id, stance: 'signed' as const, delivered: true }));
  return (
    <article className="title-page">
      <div className="title-parties">
        {own === undefined ? null : <PartyTitle party={own} />}
        <Star stances={founded} size="seal" told />
        {others.map((party) => <PartyTitle key={party.id} party={party} />)}
      </div>
      <h1 tabIndex={-1}>{heading ?? <Label label={name} />}</h1>
      {own === undefined ? null : <p className="title-node">{say('sign-in.node-of')} <Label label={own.name} /></p>}
      {children}
    </article>
  );
}

function PartyTitle({ party }: { party: StandingParty }) {
  const text = party.name[party.language];
  return text === undefined
    ? <p className="title-party"><Label label={party.name} /></p>
    : <p className="title-party" lang={party.language} dir={directionOf(party.language)}>{text}</p>;
}
