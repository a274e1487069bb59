/** The desk: one list, ordered by what it costs to leave it. Every row is a sentence and a way to act on it. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { NodeStateNotice } from '../../../web/kit/NodeStateNotice.tsx';
import { getDesk } from '../contract.ts';
import { deskBands, type DeskBand, type DeskRow } from '../views.ts';
import { DeskEntry } from './DeskEntry.tsx';
import './desk.css';

export function Desk() {
  const say = useSay();
  const desk = useAnswer(getDesk, {});
  return (
    <Page title={say('desk.title')}>
      <Loaded query={desk}>
        {({ rows, node }) => (
          <>
            <NodeStateNotice state={node} />
            {rows.length === 0 ? <Empty>{say('desk.empty')}</Empty> : deskBands.map((band) => <Band key={band} band={band} rows={rows.filter((row) => row.band === band)} />)}
          </>
        )}
      </Loaded>
    </Page>
  );
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
