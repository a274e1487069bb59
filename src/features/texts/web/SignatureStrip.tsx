/** Who signed: office, date in both zones, which key, how far it has come. Own party first, as in its original. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Section } from '../../../web/kit/Page.tsx';
import { Star, useStarText } from '../../../web/kit/Star.tsx';
import { ownFirst, useStanding } from '../../../web/kit/standing.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { Stance, TextDetail } from '../views.ts';
import type { Columns } from './columns.ts';
import { useSide } from './sides.ts';

export function SignatureStrip({ detail, columns }: { detail: TextDetail; columns: Columns }) {
  const say = useSay();
  const starText = useStarText();
  const { parties, party } = useStanding();
  if (detail.text === undefined) return null;
  const [first, ...others] = ownFirst(parties, party);
  const square = (id: string) => <Square key={id} party={id} stance={detail.parties.find((stance) => stance.party === id)} />;
  return (
    <Section title={say('texts.signatures.title')} id="signatures">
      <div className="signatures" dir={columns.direction}>
        <div className="columns" data-columns={parties.length}>
          {first === undefined ? null : square(first.id)}
          <div className="column-middle"><Star stances={detail.parties} state={detail.state} size="seal" told /></div>
          {others.map((one) => square(one.id))}
        </div>
      </div>
      <p className="star-words">{starText(detail.parties, detail.state)}</p>
      <p className="text-digest"><span>{say('texts.digest')}</span> <Digest value={detail.text} /></p>
    </Section>
  );
}

function Square({ party, stance }: { party: string; stance: Stance | undefined }) {
  const say = useSay();
  const { parties } = useStanding();
  const sideOf = useSide();
  const at = parties.findIndex((one) => one.id === party);
  const taken = stance !== undefined && stance.stance !== 'none';
  return (
    <div className="signature" data-accent={at % 4} {...sideOf(parties[at]?.language ?? 'en')} data-stance={stance?.stance ?? 'none'}>
      <h3><PartyName party={party} full /></h3>
      <p className="signature-stance">{say(`texts.stance.${stance?.stance ?? 'none'}`)}</p>
      {taken && stance.offices.length > 0 ? <ul>{stance.offices.map((office, at) => <li key={at}><Label label={office} /></li>)}</ul> : null}
      {taken && stance.at !== undefined ? <p><Moment at={stance.at} /></p> : null}
      {taken && stance.keys.length > 0 ? <p className="quiet">{[...new Set(stance.keys)].map((key) => say(`texts.key.${key}`)).join(' ')}</p> : null}
      {stance?.reason === undefined ? null : <p className="signature-reason"><span className="quiet">{say('texts.reason.label')}</span> <bdi>{stance.reason}</bdi></p>}
      {taken ? <p className="quiet">{say(stance.delivered ? 'texts.level.delivered' : 'texts.level.recorded')}</p> : null}
      {stance?.act === undefined ? null : <p className="quiet"><Digest value={stance.act} short /></p>}
    </div>
  );
}
