/** One language of a Word document before it is taken over: each clause with how its sibling was found. */
import { directionOf } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Checkbox } from '../../../web/kit/Field.tsx';
import { wordsChanged } from './changes.ts';
import { Paragraphs, Pieces } from './Pieces.tsx';
import type { SheetVersion } from './sheet.ts';
import { useSide } from './sides.ts';
import type { WordVersion } from './word-import.ts';

interface PreviewProps {
  readonly version: WordVersion;
  readonly before: SheetVersion;
  readonly dropped: ReadonlySet<string>;
  onDropped(dropped: ReadonlySet<string>): void;
}

export function WordVersionPreview({ version, before, dropped, onDropped }: PreviewProps) {
  const say = useSay();
  const { lang } = version;
  const script = { lang, dir: directionOf(lang) };
  const { dir } = useSide()(lang);
  return (
    <section className="word-version">
      <h3><bdi lang={lang}>{languageNames[lang]}</bdi></h3>
      {version.title === '' ? null : <p {...script}><strong>{version.title}</strong></p>}
      <ol className="word-clauses">
        {version.clauses.map(({ clause, by, changed }) => (
          <li key={clause.id} data-by={by}>
            <p className="quiet" dir={dir}>{say(`texts.word.by.${by}`)} · {say(changed ? 'texts.word.changed' : 'texts.word.same')}</p>
            <div {...script}>
              {clause.number === undefined ? null : <bdi>{clause.number} </bdi>}
              {clause.heading === undefined ? null : <strong>{clause.heading} </strong>}
              <Pieces pieces={wordsChanged(before.cells[clause.id]?.text ?? '', clause.text)} />
            </div>
          </li>
        ))}
      </ol>
      {version.missing.length === 0 ? null : (
        <fieldset className="word-missing">
          <legend className="field-label">{say('texts.word.missing')}</legend>
          {version.missing.map((clause) => (
            <Checkbox key={clause.id} selected={!dropped.has(clause.id)}
              onChange={(keep) => onDropped(new Set(keep ? [...dropped].filter((id) => id !== clause.id) : [...dropped, clause.id]))}
              label={<span {...script}>{clause.number === undefined ? null : <bdi>{clause.number} </bdi>}<Paragraphs text={clause.text} /></span>} />
          ))}
        </fieldset>
      )}
    </section>
  );
}
