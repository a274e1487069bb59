import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Foreign, Label } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Empty } from '../../../web/kit/Page.tsx';
import { DateOn, MeetingTime } from '../../../web/kit/Times.tsx';
import { languagesOwnFirst, useStanding } from '../../../web/kit/standing.tsx';
import type { MechanismView } from '../views.ts';
import { Entered } from './Entered.tsx';

type Edition = MechanismView['editions'][number];

/** Series with their editions in order; titles in every authentic language, own first; whose turn it is to host. */
export function Symposia({ view }: { view: MechanismView }) {
  const say = useSay();
  if (view.series.length === 0) return <Empty>{say('mechanism.no-symposia')}</Empty>;
  return (
    <>
      {view.series.map((series) => {
        const next = view.nextHosts.find((one) => one.series === series.series);
        return (
          <div key={series.series} id={series.series} className="series">
            <h3><Label label={series.title} /></h3>
            <ol className="entries">{editionsOf(view, series.series).map((edition) => <EditionEntry key={edition.edition} edition={edition} />)}</ol>
            {next === undefined ? null : <p className="entry-facts"><span><Say id="mechanism.next-host" values={{ party: <PartyName party={next.host} /> }} /></span></p>}
          </div>
        );
      })}
    </>
  );
}

function editionsOf(view: MechanismView, series: string): readonly Edition[] {
  return view.editions.filter((edition) => edition.series === series).sort((a, b) => a.number - b.number);
}

function EditionEntry({ edition }: { edition: Edition }) {
  const say = useSay();
  const { parties, party } = useStanding();
  const titles = languagesOwnFirst(edition.authentic, parties, party).flatMap((lang) => {
    const text = edition.title[lang];
    return text === undefined ? [] : [{ lang, text }];
  });
  return (
    <li id={edition.edition}>
      <p className="edition-title">{titles.map(({ lang, text }) => <strong key={lang}><Foreign lang={lang}>{text}</Foreign></strong>)}</p>
      <p className="entry-facts">
        <span>{say('mechanism.edition-number', { number: edition.number })}</span>
        <span><Label label={edition.place} /></span>
        <span><Say id="mechanism.host" values={{ party: <PartyName party={edition.host} /> }} /></span>
        <span><DateOn on={edition.from} />{edition.to === edition.from ? null : <> – <DateOn on={edition.to} /></>}</span>
        {edition.opensAt === undefined ? null : <span>{say('mechanism.opens')} <MeetingTime at={edition.opensAt} /></span>}
      </p>
      <Entered entry={edition} />
    </li>
  );
}
