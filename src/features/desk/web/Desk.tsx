/** The desk: one list, ordered by what it costs to leave it. Every row is a sentence and a way to act on it. */
import { useEffect, useRef } from 'react';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { useAnnounce } from '../../../web/kit/LiveRegion.tsx';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { getDesk } from '../contract.ts';
import { deskBands, type DeskBand, type DeskRow } from '../views.ts';
import { DeskEntry } from './DeskEntry.tsx';
import { useSentence } from './sentence.ts';
import './desk.css';

export function Desk() {
  const say = useSay();
  const desk = useAnswer(getDesk, {});
  useNews(desk.data?.rows);
  return (
    <Page title={say('desk.title')}>
      <Loaded query={desk}>
        {({ rows }) => (rows.length === 0
          ? <Empty>{say('desk.empty')}</Empty>
          : <>{deskBands.map((band) => <Band key={band} band={band} rows={rows.filter((row) => row.band === band)} />)}</>)}
      </Loaded>
    </Page>
  );
}

/** Says what has come to the desk while it was open, once; what was there at the start is read, not said. */
function useNews(rows: readonly DeskRow[] | undefined): void {
  const announce = useAnnounce();
  const sentence = useSentence();
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (rows === undefined) return;
    const fresh = known.current === undefined ? [] : rows.filter((row) => !known.current?.has(row.id));
    known.current = new Set(rows.map((row) => row.id));
    if (fresh.length > 0) announce(fresh.map(sentence).join(' '));
  });
}

function Band({ band, rows }: { band: DeskBand; rows: readonly DeskRow[] }) {
  const say = useSay();
  if (rows.length === 0) return null;
  return (
    <section className="desk-band" data-band={band} aria-labelledby={`band-${band}`}>
      <h2 id={`band-${band}`}>{say(`desk.band.${band}`)}</h2>
      <ol>{rows.map((row) => <DeskEntry key={row.id} row={row} />)}</ol>
    </section>
  );
}
