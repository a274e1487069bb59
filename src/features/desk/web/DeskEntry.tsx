import { Say } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Star } from '../../../web/kit/Star.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { DeskRow } from '../views.ts';
import { useSentence } from './sentence.ts';

/** One sentence that is the link to its matter; below it who asks, since when, until when. */
export function DeskEntry({ row }: { row: DeskRow }) {
  const sentence = useSentence();
  return (
    <li className="desk-entry" data-band={row.band} data-star={row.star === undefined ? undefined : ''}>
      {row.star === undefined ? null : <Star stances={row.star.stances} state={row.star.state} size="mark" />}
      <p className="desk-sentence"><Link href={row.href}>{sentence(row)}</Link></p>
      <p className="desk-about">
        {row.dueAt === undefined ? null : (
          <span className="desk-due"><Say id={row.band === 'late' ? 'desk.was-due' : 'desk.due'} values={{ at: <Moment at={row.dueAt} /> }} /></span>
        )}
        <span><By row={row} /></span>
        <span><Say id="desk.since" values={{ at: <Moment at={row.at} /> }} /></span>
      </p>
    </li>
  );
}

function By({ row }: { row: DeskRow }) {
  const { party, office } = row.by;
  return office === undefined ? <PartyName party={party} /> : <><Label label={office} />{' · '}<PartyName party={party} /></>;
}
