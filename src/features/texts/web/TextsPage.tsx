/** The list of joint texts. What is asked of the reader comes first; the filters stand in the address. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button, ButtonLink } from '../../../web/kit/Button.tsx';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { useHasPower, useStanding } from '../../../web/kit/standing.tsx';
import { listTexts } from '../contract.ts';
import type { TextRow } from '../views.ts';
import { askedOf } from './asked.ts';
import { filtersOf, isFiltered, type Filters } from './filters.ts';
import { TextFilters } from './TextFilters.tsx';
import { TextListRow } from './TextListRow.tsx';
import './list.css';

export function TextsPage() {
  const say = useSay();
  const navigate = useNavigate();
  const filters = filtersOf(useSearch({ strict: false }));
  const query = useAnswer(listTexts, { query: filters });
  const mayWrite = useHasPower('draft');
  const setFilters = (next: Filters): void => void navigate({ to: '/texts', search: next as never, replace: true });
  return (
    <Page title={say('texts.title')} lead={say('texts.lead')} wide
      actions={mayWrite ? <ButtonLink href="/texts/new">{say('texts.new.verb')}</ButtonLink> : undefined}>
      <TextFilters filters={filters} onChange={setFilters} />
      <Loaded query={query}>
        {({ rows }) => rows.length === 0
          ? <Nothing filtered={isFiltered(filters)} onClear={() => setFilters({})} />
          : <TextList rows={rows} />}
      </Loaded>
    </Page>
  );
}

/** Two groups: what waits for this office, then everything else by its last change. */
function TextList({ rows }: { rows: readonly TextRow[] }) {
  const say = useSay();
  const { party, officer } = useStanding();
  const asked = (row: TextRow): boolean => askedOf(row, party, officer?.powers ?? []) === 'sign';
  const byChange = rows.toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
  const waiting = byChange.filter(asked);
  const others = byChange.filter((row) => !asked(row));
  return (
    <>
      <output className="visually-hidden">{say('texts.count', { count: rows.length })}</output>
      {waiting.length === 0 ? null : <Group id="texts-waiting" title={say('texts.group.waiting')} rows={waiting} />}
      {others.length === 0 ? null : <Group id="texts-others" title={say(waiting.length === 0 ? 'texts.group.all' : 'texts.group.others')} rows={others} />}
    </>
  );
}

function Group({ id, title, rows }: { id: string; title: string; rows: readonly TextRow[] }) {
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head"><h2 id={id}>{title}</h2></div>
      <ul className="text-list">{rows.map((row) => <TextListRow key={row.doc + (row.text ?? '')} row={row} />)}</ul>
    </section>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  const say = useSay();
  return filtered
    ? <><Empty>{say('texts.empty.filtered')}</Empty><Button onPress={onClear}>{say('texts.filter.clear')}</Button></>
    : <Empty>{say('texts.empty.none')}</Empty>;
}
