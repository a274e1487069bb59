/** What happened, as a thread in reading direction of time. What had no effect stays, with its reason. */
import { useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { useRefusalText } from '../../../web/kit/Notice.tsx';
import { Section } from '../../../web/kit/Page.tsx';
import { PartyName, usePartyText } from '../../../web/kit/PartyName.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { TextDetail } from '../views.ts';

type Item = TextDetail['history'][number];

export function History({ detail }: { detail: TextDetail }) {
  const say = useSay();
  if (detail.history.length === 0) return null;
  return (
    <Section title={say('texts.history.title')} id="history">
      <ol className="history">{detail.history.map((item) => <HistoryRow key={item.party + String(item.index)} item={item} />)}</ol>
    </Section>
  );
}

function HistoryRow({ item }: { item: Item }) {
  const say = useSay();
  const knows = useKnows();
  const nameOf = usePartyText();
  const sentence = useRefusalText();
  const { parties } = useStanding();
  const key = `texts.history.${item.type}`;
  const values = { lang: item.lang ?? '', to: item.to === undefined ? '' : nameOf(item.to) };
  return (
    <li className="history-row" data-accent={parties.findIndex((party) => party.id === item.party) % 4} data-without={item.without !== undefined || undefined}>
      <p className="history-what">
        <PartyName party={item.party} />{' '}
        <span>{knows(key) ? say(key, values) : item.type}</span>
      </p>
      <p className="quiet">
        {item.office === undefined ? null : <><Label label={item.office} /> · </>}
        <Moment at={item.at} /> · {say('texts.history.place', { index: item.index })} · <Digest value={item.act} short />
      </p>
      {item.without === undefined ? null : (
        <p className="history-without"><strong>{say('texts.history.without')}</strong> {sentence({ code: item.without, ...(item.params === undefined ? {} : { params: item.params }) })}</p>
      )}
    </li>
  );
}
