/** The text itself: what it is compared with, which working translation is switched in, the clauses. */
import { useState } from 'react';
import type { Language } from '../../../kernel/language.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import type { TextDetail } from '../views.ts';
import { align } from './alignment.ts';
import { changesBetween, type VersionChange } from './changes.ts';
import { ClauseRow } from './ClauseRow.tsx';
import { ColumnHeads } from './ColumnHeads.tsx';
import type { Columns } from './columns.ts';
import { CompareChoice, type Base } from './CompareChoice.tsx';
import { ConcordanceBar, useConcordance } from './Concordance.tsx';
import { lastReadRevisions, previousRevisions, revisionsAt, type Revision, type ShownVersion } from './shown.ts';
import { SuggestDialog } from './SuggestDialog.tsx';
import { useLastRead } from './use-last-read.ts';
import { WorkingChoice } from './WorkingChoice.tsx';

interface ReadingProps {
  readonly detail: TextDetail;
  readonly columns: Columns;
  readonly versions: readonly ShownVersion[];
  readonly revisions: readonly Revision[];
}

export function Reading({ detail, columns, versions, revisions }: ReadingProps) {
  const say = useSay();
  const [working, setWorking] = useState<Language>();
  const [base, setBase] = useState<Base>('none');
  const [suggesting, setSuggesting] = useState<{ lang: Language; clause: string }>();
  const bases = useBases(detail, versions, revisions);
  const changes = useChanges(base, bases, versions, revisions);
  const concordance = useConcordance(detail);
  const shown = [...columns.authentic, ...(working === undefined ? [] : [working])].flatMap((lang) => versions.find((version) => version.lang === lang) ?? []);
  const rows = align(shown);
  const withMargin = detail.suggestions.length > 0;
  return (
    <section className="reading" aria-label={say('texts.reading')}>
      <div className="reading-tools">
        <CompareChoice value={base} onChange={setBase} bases={bases} revisions={revisions} changes={changes} />
        <WorkingChoice languages={columns.working} value={working} onChange={setWorking} />
      </div>
      <div className="clauses" data-margin={withMargin || undefined} dir={columns.direction}>
        <ColumnHeads detail={detail} columns={columns} />
        {rows.map((row) => (
          <ClauseRow key={row.id} row={row} detail={detail} columns={columns} working={working} changes={changes} concordance={concordance}
            onSuggest={(lang) => setSuggesting({ lang, clause: row.id })} />
        ))}
        <RemovedClauses changes={changes} rows={rows.map((row) => row.id)} columns={columns} />
      </div>
      <ConcordanceBar detail={detail} concordance={concordance} />
      {suggesting === undefined ? null : (
        <SuggestDialog detail={detail} lang={suggesting.lang} clause={suggesting.clause} onClose={() => setSuggesting(undefined)} />
      )}
    </section>
  );
}

interface Bases {
  readonly previous: ReadonlyMap<Language, Revision>;
  readonly read: ReadonlyMap<Language, Revision>;
}

function useBases(detail: TextDetail, versions: readonly ShownVersion[], revisions: readonly Revision[]): Bases {
  const read = useLastRead(detail.doc, versions.flatMap((version) => (version.act === undefined ? [] : [version.lang])));
  return { previous: previousRevisions(revisions, versions), read: lastReadRevisions(revisions, read, versions) };
}

function useChanges(base: Base, bases: Bases, versions: readonly ShownVersion[], revisions: readonly Revision[]): ReadonlyMap<Language, VersionChange> {
  if (base === 'none') return new Map();
  const from = base === 'previous' ? bases.previous : base === 'read' ? bases.read : revisionsAt(revisions, base);
  const compared = versions.filter((version) => base !== 'previous' && base !== 'read' ? true : from.has(version.lang));
  return new Map(compared.map((version) => [version.lang, changesBetween(from.get(version.lang), version)]));
}

/** Clauses that the base had and nothing shown has any more. */
function RemovedClauses({ changes, rows, columns }: { changes: ReadonlyMap<Language, VersionChange>; rows: readonly string[]; columns: Columns }) {
  const say = useSay();
  const gone = columns.authentic.flatMap((lang) => (changes.get(lang)?.clauses ?? [])
    .filter((change) => change.kind === 'removed' && !rows.includes(change.clause))
    .map((change) => ({ lang, change })));
  if (gone.length === 0) return null;
  return (
    <div className="removed-clauses">
      <h3>{say('texts.compare.removed-clauses')}</h3>
      {gone.map(({ lang, change }) => (
        <p key={lang + change.clause} lang={lang} dir={lang === 'ar' ? 'rtl' : 'ltr'}><del>{change.text.map((piece) => piece.text).join('')}</del></p>
      ))}
    </div>
  );
}
