import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Label, useLabelIn } from '../../../web/kit/Label.tsx';
import { PartyName, usePartyText } from '../../../web/kit/PartyName.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { DeskRow } from '../views.ts';

/** One sentence that is the link to its matter; below it who asks, since when, until when. */
export function DeskEntry({ row }: { row: DeskRow }) {
  const sentence = useSentence();
  return (
    <li className="desk-entry" data-band={row.band}>
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

/** The row's sentence with its labels in the reader's language, each isolated from the direction around it. */
function useSentence(): (row: DeskRow) => string {
  const say = useSay();
  const labelIn = useLabelIn();
  const nameOf = usePartyText();
  return ({ key, params, labels }) => {
    const values: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(params)) {
      values[name] = name === 'party' ? nameOf(String(value)) : value;
    }
    for (const [name, label] of Object.entries(labels)) values[name] = `\u2068${labelIn(label).text}\u2069`;
    return say(`desk.row.${key}`, values);
  };
}
