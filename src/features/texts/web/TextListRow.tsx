import { useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Code, Foreign } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Star } from '../../../web/kit/Star.tsx';
import { languagesOwnFirst, ownFirst, useStanding } from '../../../web/kit/standing.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { TextRow } from '../views.ts';
import { StateWords } from './StateWords.tsx';

/** One joint text in the list: star, both titles with the own language first, numbers, state, what is asked. */
export function TextListRow({ row }: { row: TextRow }) {
  const say = useSay();
  const knows = useKnows();
  return (
    <li className="text-row">
      <Star stances={row.parties} state={row.state} size="mark" told />
      <div className="text-row-main">
        <Link href={`/texts/${row.text ?? row.doc}`}><Titles row={row} /></Link>
        <p className="text-row-numbers">
          <span>{knows(`texts.kind.${row.kind}`) ? say(`texts.kind.${row.kind}`) : row.kind}</span>
          {row.jointReference === undefined ? null : <Code>{row.jointReference}</Code>}
          <Registers row={row} />
        </p>
      </div>
      <div className="text-row-state">
        <StateWords row={row} />
        <p className="text-row-changed">{say('texts.changed')} <Moment at={row.changedAt} /></p>
      </div>
    </li>
  );
}

/** Both authentic titles with equal weight; other languages only where no authentic one has a title. */
function Titles({ row }: { row: TextRow }) {
  const { authentic, parties, party } = useStanding();
  const say = useSay();
  const order = languagesOwnFirst(authentic, parties, party).filter((lang) => row.title[lang] !== undefined);
  const shown = order.length > 0 ? order : (['ar', 'es', 'fr', 'en'] as const).filter((lang) => row.title[lang] !== undefined);
  if (shown.length === 0) return <span>{say('texts.untitled')}</span>;
  return <>{shown.map((lang) => <span key={lang} className="text-row-title"><Foreign lang={lang}>{row.title[lang] ?? ''}</Foreign></span>)}</>;
}

/** Each party's own register number; who has not entered it yet is not invented. */
export function Registers({ row }: { row: Pick<TextRow, 'registers'> }) {
  const { parties, party } = useStanding();
  const say = useSay();
  return (
    <>
      {ownFirst(parties, party).flatMap((one) => row.registers.filter((entry) => entry.party === one.id).map((entry) => (
        <span key={one.id + entry.direction + entry.written}>
          <PartyName party={one.id} /> <Code>{entry.written}</Code> <span className="visually-hidden">{say(`texts.register.${entry.direction}`)}</span>
        </span>
      )))}
    </>
  );
}
