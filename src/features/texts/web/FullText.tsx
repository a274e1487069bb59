/** Every authentic version in full, clause beside clause, with nothing between the reader and the words. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { directionOf } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { align, holesOf, numbersOf } from './alignment.ts';
import { ClauseCell } from './ClauseCell.tsx';
import type { Columns } from './columns.ts';
import type { ShownVersion } from './shown.ts';
import { useSide } from './sides.ts';

export function FullText({ columns, versions }: { columns: Columns; versions: readonly ShownVersion[] }) {
  const say = useSay();
  const sideOf = useSide();
  const shown = columns.authentic.flatMap((lang) => versions.find((version) => version.lang === lang) ?? []);
  const [first, ...others] = columns.authentic;
  const count = columns.authentic.length;
  return (
    <section className="reading clauses" dir={columns.direction} aria-label={say('texts.reading')}>
      <div className="columns column-heads names-only" data-columns={count}>
        {first === undefined ? null : <div className="column-head" {...sideOf(first)}><h2><bdi lang={first}>{languageNames[first]}</bdi></h2></div>}
        <div className="column-middle" />
        {others.map((lang) => <div key={lang} className="column-head" {...sideOf(lang)}><h2><bdi lang={lang}>{languageNames[lang]}</bdi></h2></div>)}
      </div>
      {align(shown).map((row) => {
        const holes = holesOf(row, columns.authentic);
        return (
          <div key={row.id} className="clause-row" id={`clause-${row.id}`}>
            <div className="columns" data-columns={count}>
              {first === undefined ? null : <ClauseCell lang={first} clause={row.cells.get(first)} hole={holes.includes(first)} />}
              <div className="column-middle clause-number">
                {numbersOf(row, columns.authentic).map(({ lang, number }) => <bdi key={number} lang={lang} dir={directionOf(lang)}>{number}</bdi>)}
              </div>
              {others.map((lang) => <ClauseCell key={lang} lang={lang} clause={row.cells.get(lang)} hole={holes.includes(lang)} />)}
            </div>
          </div>
        );
      })}
    </section>
  );
}
