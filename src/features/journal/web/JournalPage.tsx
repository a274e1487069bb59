/** The access journal, newest first, with its verification. Whoever does not audit is told so, and nothing else. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { journalOperations, type JournalOperation } from '../../../record/journal.ts';
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { listJournal } from '../contract.ts';
import type { JournalRowView } from '../views.ts';
import { VerifyJournal } from './VerifyJournal.tsx';
import './journal.css';

interface Filter {
  readonly before?: number | undefined;
  readonly operation?: JournalOperation | undefined;
}
type Readable = Extract<JournalRowView, { readable: true }>;

export function JournalPage() {
  const say = useSay();
  const { party } = useStanding();
  const filter = filterOf(useSearch({ strict: false }) as Record<string, unknown>);
  const query = { ...(filter.before === undefined ? {} : { before: filter.before }), ...(filter.operation === undefined ? {} : { operation: filter.operation }), limit: 50 };
  const journal = useAnswer(listJournal, { query });
  return (
    <Page title={say('journal.title')} wide lead={<p>{say('journal.lead')}</p>}>
      <Loaded query={journal}>
        {({ rows, next, size, anchor }) => (
          <>
            <p>{say('journal.size', { size })} {anchor === undefined ? say('journal.not-anchored') : <Link href={`/record/${party}/${anchor.index}`}>{say('journal.anchored', { size: anchor.size })}</Link>}</p>
            <VerifyJournal />
            <OperationFilter filter={filter} />
            <Entries rows={rows} />
            <nav className="journal-pager" aria-label={say('journal.pages')}>
              {filter.before === undefined ? null : <Link href={addressOf({ ...filter, before: undefined })}>{say('journal.newest')}</Link>}
              {next === undefined ? null : <Link href={addressOf({ ...filter, before: next })}>{say('journal.older')}</Link>}
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
    ...(journalOperations.some((one) => one === search.operation) ? { operation: search.operation as JournalOperation } : {}),
  };
}

function addressOf(filter: Filter): string {
  const search = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  return `/journal${search.size === 0 ? '' : `?${search}`}`;
}

function OperationFilter({ filter }: { filter: Filter }) {
  const say = useSay();
  const navigate = useNavigate();
  return (
    <div className="journal-filter">
      <Select label={say('journal.filter')} value={filter.operation ?? 'all'}
        onChange={(id) => void navigate({ href: addressOf({ operation: journalOperations.find((one) => one === id) }) } as never)}
        options={[{ id: 'all', text: say('journal.filter.all') }, ...journalOperations.map((id) => ({ id, text: say(`journal.operation.${id}`) }))]} />
    </div>
  );
}

function Entries({ rows }: { rows: readonly JournalRowView[] }) {
  const say = useSay();
  const columns: Column<JournalRowView>[] = [
    { id: 'operation', heading: say('journal.column.operation'), kind: 'first', cell: (row) => (row.readable ? say(`journal.operation.${row.operation}`) : say('journal.unreadable')) },
    { id: 'n', heading: say('journal.column.place'), kind: 'number', cell: (row) => row.n },
    { id: 'at', heading: say('journal.column.at'), cell: (row) => (row.readable ? <Moment at={row.at} /> : null) },
    { id: 'who', heading: say('journal.column.who'), cell: (row) => (row.readable ? <Who who={row.who} /> : null) },
    { id: 'what', heading: say('journal.column.what'), cell: (row) => (row.readable ? <What row={row} /> : null) },
    { id: 'why', heading: say('journal.column.why'), cell: (row) => (row.readable ? <>{say(`journal.why.${row.why.code}`)}{row.why.words === undefined ? null : <bdi className="journal-words">{row.why.words}</bdi>}</> : null) },
    { id: 'recipients', heading: say('journal.column.recipients'), cell: (row) => (row.readable && row.recipients.length > 0 ? <Recipients recipients={row.recipients} /> : null) },
  ];
  return <Table caption={say('journal.title')} columns={columns} rows={rows} rowKey={(row) => String(row.n)} empty={<Empty>{say('journal.empty')}</Empty>} />;
}

function Who({ who }: { who: Readable['who'] }) {
  const say = useSay();
  if (who.kind !== 'officer') return <>{say(`journal.who.${who.kind}`)}</>;
  return who.office === undefined ? <bdi dir="ltr">{who.officer}</bdi> : <Label label={who.office} />;
}

function What({ row: { subject, form } }: { row: Readable }) {
  const say = useSay();
  const name = /^[0-9a-f]{64}$/.test(subject.id) ? <Digest value={subject.id} short /> : <bdi dir="ltr">{subject.id}</bdi>;
  const shown = subject.kind === 'text' || subject.kind === 'draft' ? <Link href={`/texts/${subject.id}`}>{name}</Link> : name;
  return <>{say(`journal.subject.${subject.kind}`)} {shown}{form === undefined ? null : <span className="journal-form">{say(`journal.form.${form}`)}</span>}</>;
}

function Recipients({ recipients }: { recipients: Readable['recipients'] }) {
  const say = useSay();
  return (
    <ul className="journal-recipients">
      {recipients.map((one, place) => (
        <li key={place}>{one.kind === 'party' ? <PartyName party={one.party} /> : one.kind === 'bearer' ? say('journal.bearer') : <Who who={one} />}</li>
      ))}
    </ul>
  );
}
