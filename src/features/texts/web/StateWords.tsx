/** The state in words and, where something is open, what is asked and of whom. */
import { useIntl } from 'react-intl';
import { useSay } from '../../../web/i18n/Language.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { ownFirst, useStanding } from '../../../web/kit/standing.tsx';
import type { TextRow } from '../views.ts';
import { askedOf, awaited } from './asked.ts';
import './state.css';

type Row = Pick<TextRow, 'state' | 'parties'>;

export function StateWords({ row }: { row: Row }) {
  const say = useSay();
  const asked = useAskedText(row);
  return (
    <div className="state-words">
      <p className="state-word" data-state={row.state}>{say(`texts.state.${row.state}`)}</p>
      {asked === undefined ? null : <p className="state-asked">{asked}</p>}
    </div>
  );
}

/** One sentence: what is asked of this office, or whom it waits for; undefined when nothing is open. */
export function useAskedText(row: Row): string | undefined {
  const say = useSay();
  const nameOf = usePartyText();
  const { locale } = useIntl();
  const { parties, party, officer } = useStanding();
  const asked = askedOf(row, party, officer?.powers ?? []);
  if (asked === 'none' || (asked === 'write' && row.state === 'drafting')) return undefined;
  const open = awaited(row);
  const names = ownFirst(parties, party).filter((one) => open.includes(one.id)).map((one) => nameOf(one.id));
  return say(`texts.asked.${asked}`, { parties: new Intl.ListFormat(locale, { type: 'conjunction' }).format(names), count: names.length });
}
