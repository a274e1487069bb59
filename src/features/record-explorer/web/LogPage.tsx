/** All acts of one log, newest first. What the reader may not read shows its place and digest only. */
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { listActs } from '../contract.ts';
import type { ActRow } from '../views.ts';
import { useTypeText, useVerdictText } from './act-words.ts';
import './record.css';

const EFFECTS = ['valid', 'none', 'undecided'] as const;
type Effect = (typeof EFFECTS)[number];

interface Filter {
  readonly before?: number;
  readonly type?: string;
  readonly effect?: Effect;
}

export function LogPage() {
  const say = useSay();
  const { party = '' } = useParams({ strict: false }) as { party?: string };
  const filter = filterOf(useSearch({ strict: false }) as Record<string, unknown>);
  const acts = useAnswer(listActs, { params: { party }, query: { ...filter, limit: 50 } });
  const title = say('record.log.title-of', { party: usePartyText()(party) });
  return (
    <Page title={title} wide lead={<p><Link href="/record">{say('record.all-logs')}</Link></p>}>
      <Loaded query={acts}>
        {({ rows, next, types }) => (
          <>
            <Filters filter={filter} types={types} />
            <Acts rows={rows} />
            <nav className="pager" aria-label={say('record.pages')}>
              {filter.before === undefined ? null : <Link href={addressOf(party, { ...filter, before: undefined })}>{say('record.newest')}</Link>}
              {next === undefined ? null : <Link href={addressOf(party, { ...filter, before: next })}>{say('record.older')}</Link>}
            </nav>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function filterOf(search: Record<string, unknown>): Filter {
  const before = Number(search.before);
  return {
    ...(search.before !== undefined && Number.isSafeInteger(before) && before >= 0 ? { before } : {}),
    ...(typeof search.type === 'string' && search.type !== '' ? { type: search.type.slice(0, 60) } : {}),
    ...(EFFECTS.some((effect) => effect === search.effect) ? { effect: search.effect as Effect } : {}),
  };
}

function addressOf(party: string, filter: { [K in keyof Filter]: Filter[K] | undefined }): string {
  const search = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  return `/record/${party}${search.size === 0 ? '' : `?${search}`}`;
}

function Filters({ filter, types }: { filter: Filter; types: readonly string[] }) {
  const say = useSay();
  const typeText = useTypeText();
  const navigate = useNavigate();
  const { party = '' } = useParams({ strict: false }) as { party?: string };
  const go = (next: { [K in keyof Filter]: Filter[K] | undefined }): void => void navigate({ href: addressOf(party, { ...next, before: undefined }) } as never);
  return (
    <div className="filters">
      <Select label={say('record.filter.type')} value={filter.type ?? 'all'} onChange={(id) => go({ ...filter, type: id === 'all' ? undefined : id })}
        options={[{ id: 'all', text: say('record.filter.all') }, ...types.map((type) => ({ id: type, text: typeText(type) }))]} />
      <Select label={say('record.filter.effect')} value={filter.effect ?? 'all'} onChange={(id) => go({ ...filter, effect: EFFECTS.find((effect) => effect === id) })}
        options={[{ id: 'all', text: say('record.filter.all') }, ...EFFECTS.map((effect) => ({ id: effect, text: say(`record.filter.${effect}`) }))]} />
    </div>
  );
}

function Acts({ rows }: { rows: readonly ActRow[] }) {
  const say = useSay();
  const typeText = useTypeText();
  const verdictText = useVerdictText();
  const columns: Column<ActRow>[] = [
    { id: 'act', heading: say('record.column.act'), kind: 'first', cell: (row) => <Link href={`/record/${row.party}/${row.index}`}>{row.readable ? typeText(row.type) : say('record.not-readable')}</Link> },
    { id: 'index', heading: say('record.column.index'), kind: 'number', cell: (row) => row.index },
    { id: 'office', heading: say('record.column.office'), cell: (row) => (row.readable ? <Offices row={row} /> : null) },
    { id: 'at', heading: say('record.column.at'), cell: (row) => (row.readable ? <Moment at={row.at} /> : null) },
    { id: 'effect', heading: say('record.column.effect'), cell: (row) => (row.readable ? verdictText(row.verdict) : null) },
    { id: 'digest', heading: say('record.column.digest'), kind: 'digest', cell: (row) => <Digest value={row.act} short /> },
  ];
  return <Table caption={say('record.log.title')} columns={columns} rows={rows} rowKey={(row) => String(row.index)} empty={<Empty>{say('record.no-acts')}</Empty>} />;
}

function Offices({ row }: { row: Extract<ActRow, { readable: true }> }) {
  if (row.offices.length === 0) return <Say id="record.signed-by-root" />;
  return <>{row.offices.map((office, position) => <span key={position} className="listed"><Label label={office} /></span>)}</>;
}
