/** Title in every authentic language, own first, with equal weight; the star stands between them. */
import { useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { directionOf } from '../../../kernel/language.ts';
import { Code } from '../../../web/kit/Label.tsx';
import { Star } from '../../../web/kit/Star.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { TextDetail } from '../views.ts';
import type { Columns } from './columns.ts';
import type { ShownVersion } from './shown.ts';
import { StateWords } from './StateWords.tsx';
import { Registers } from './TextListRow.tsx';

interface HeadingProps {
  readonly detail: Pick<TextDetail, 'parties' | 'state' | 'title'>;
  readonly columns: Columns;
  readonly versions: readonly ShownVersion[];
}

export function TextHeading({ detail, columns, versions }: HeadingProps) {
  const say = useSay();
  const [first, ...others] = columns.authentic;
  const titleIn = (lang: (typeof columns.authentic)[number]) => {
    const text = versions.find((version) => version.lang === lang)?.title || detail.title[lang] || '';
    return (
      <span key={lang} className="title-cell" lang={text === '' ? undefined : lang} dir={directionOf(lang)}>
        {text === '' ? <span className="hole-words" dir="auto">{say('texts.title-missing', { lang })}</span> : text}
      </span>
    );
  };
  return (
    <span className="columns title-pair" data-columns={columns.authentic.length} dir={columns.direction}>
      {first === undefined ? null : titleIn(first)}
      <span className="column-middle"><Star stances={detail.parties} state={detail.state} size="mark" told /></span>
      {others.map(titleIn)}
    </span>
  );
}

/** Kind, state in words, joint reference, both register numbers, digest. */
export function TextNumbers({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const knows = useKnows();
  return (
    <div className="text-numbers">
      <StateWords row={detail} />
      <p className="text-row-numbers">
        <span>{knows(`texts.kind.${detail.kind}`) ? say(`texts.kind.${detail.kind}`) : detail.kind}</span>
        {detail.jointReference === undefined ? null : <span>{say('texts.joint-reference')} <Code>{detail.jointReference}</Code></span>}
        <Registers row={detail} />
        <span>{say('texts.changed')} <Moment at={detail.changedAt} /></span>
      </p>
    </div>
  );
}
