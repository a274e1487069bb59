/** One version of one clause. */
import { directionOf, type Language } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import type { ClauseChange } from '../compare.ts';
import type { Clause } from '../content.ts';
import { Paragraphs, Pieces } from './Pieces.tsx';
import { useSide } from './sides.ts';

interface CellProps {
  readonly lang: Language;
  readonly clause: Clause | undefined;
  readonly change?: ClauseChange | undefined;
  readonly hole?: boolean;
  readonly displaced?: boolean;
}

/** A missing sibling is a visible hole: an outlined place with a sentence in it, as high as what stands beside it. */
export function ClauseCell({ lang, clause, change, hole = false, displaced = false }: CellProps) {
  const say = useSay();
  const { dir } = useSide()(lang);
  if (hole || clause === undefined) {
    return (
      <div className="clause-cell" data-hole lang={change === undefined ? undefined : lang} dir={directionOf(lang)}>
        {change === undefined ? null : <p><Pieces pieces={change.text} /></p>}
        <p className="hole-words" dir={dir}>{say('texts.hole', { lang })}</p>
      </div>
    );
  }
  const changed = change !== undefined && change.kind !== 'moved';
  return (
    <div className="clause-cell" lang={lang} dir={directionOf(lang)} data-change={change?.kind}>
      <span className="cell-language">{languageNames[lang]}</span>
      {clause.heading === undefined ? null : <h3>{changed ? <Pieces pieces={change.heading} /> : clause.heading}</h3>}
      {changed ? <div className="changed-text"><Pieces pieces={change.text} /></div> : <Paragraphs text={clause.text} />}
      {displaced || change?.kind === 'moved' ? <p className="cell-note" dir={dir}>{say(displaced ? 'texts.displaced' : 'texts.diff.moved')}</p> : null}
    </div>
  );
}
