/** One clause in every version: siblings beside each other, the number between them, what is said about it in the margin. */
import { directionOf, type Language } from '../../../kernel/language.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import type { ClauseChange } from '../compare.ts';
import type { TextDetail } from '../views.ts';
import { holesOf, numbersOf, type Row } from './alignment.ts';
import type { VersionChange } from './changes.ts';
import { ClauseCell } from './ClauseCell.tsx';
import { ClauseMenu } from './ClauseMenu.tsx';
import type { Columns } from './columns.ts';
import { ConcordanceMark, type Concordance } from './Concordance.tsx';
import { Paragraphs } from './Pieces.tsx';
import { useSide } from './sides.ts';
import { SuggestionCard } from './SuggestionCard.tsx';

interface RowProps {
  readonly row: Row;
  readonly detail: TextDetail;
  readonly columns: Columns;
  readonly working: Language | undefined;
  readonly changes: ReadonlyMap<Language, VersionChange>;
  readonly concordance: Concordance;
  onSuggest(lang: Language): void;
}

export function ClauseRow({ row, detail, columns, working, changes, concordance, onSuggest }: RowProps) {
  const say = useSay();
  const { dir } = useSide()('en');
  const [first, ...others] = columns.authentic;
  const holes = holesOf(row, columns.authentic);
  const suggestions = detail.suggestions.filter((suggestion) => suggestion.clause === row.id);
  const changeIn = (lang: Language): ClauseChange | undefined => changes.get(lang)?.clauses.find((change) => change.clause === row.id);
  const cell = (lang: Language) => (
    <ClauseCell key={lang} lang={lang} clause={row.cells.get(lang)} change={changeIn(lang)} hole={holes.includes(lang)} displaced={row.displaced.includes(lang)} />
  );
  const translation = working === undefined ? undefined : row.cells.get(working);
  return (
    <section className="clause-row" id={`clause-${row.id}`} aria-label={say('texts.clause.label', { number: numbersOf(row, columns.authentic)[0]?.number ?? '¶' })}>
      <div className="columns" data-columns={columns.authentic.length}>
        {first === undefined ? null : cell(first)}
        <div className="column-middle">
          <ClauseMenu row={row} detail={detail} columns={columns} onSuggest={onSuggest} />
          <ConcordanceMark clause={row.id} holes={holes} concordance={concordance} />
        </div>
        {others.map(cell)}
      </div>
      {suggestions.length === 0 ? null : (
        <div className="margin" dir={dir}>{suggestions.map((suggestion) => (
          <SuggestionCard key={suggestion.act} suggestion={suggestion} detail={detail} clause={row.cells.get(suggestion.lang)} />
        ))}</div>
      )}
      {working === undefined ? null : (
        <div className="working-cell" lang={working} dir={directionOf(working)}>
          {translation === undefined ? <p className="hole-words" dir="auto">{say('texts.working.missing', { lang: working })}</p> : <><span className="working-mark" dir={dir}>{say('texts.authority.working')}</span><Paragraphs text={translation.text} /></>}
        </div>
      )}
    </section>
  );
}
