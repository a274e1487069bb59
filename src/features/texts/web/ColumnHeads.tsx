/** Head of each authentic column: its language, that it is authentic, who holds its pen. */
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import type { TextDetail } from '../views.ts';
import type { Columns } from './columns.ts';
import { PenLine } from './PenLine.tsx';
import { useSide } from './sides.ts';

export function ColumnHeads({ detail, columns }: { detail: TextDetail; columns: Columns }) {
  const say = useSay();
  const sideOf = useSide();
  const drafting = detail.state === 'drafting' || detail.state === 'local';
  const [first, ...others] = columns.authentic;
  const head = (lang: (typeof columns.authentic)[number]) => {
    const language = detail.languages.find((one) => one.lang === lang);
    return (
      <div key={lang} className="column-head" {...sideOf(lang)}>
        <h2><bdi lang={lang}>{languageNames[lang]}</bdi></h2>
        <p className="quiet">{say('texts.authority.authentic')}</p>
        {drafting && language !== undefined ? <PenLine detail={detail} language={language} /> : null}
      </div>
    );
  };
  return (
    <div className="columns column-heads" data-columns={columns.authentic.length}>
      {first === undefined ? null : head(first)}
      <div className="column-middle" />
      {others.map(head)}
    </div>
  );
}
