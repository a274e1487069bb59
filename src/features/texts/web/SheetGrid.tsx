/** The sheet: titles, then one row per clause, one cell per language, the number and the row's tools between them. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { directionOf, type Language } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { useAnnounce } from '../../../web/kit/LiveRegion.tsx';
import { useParty, useStanding } from '../../../web/kit/standing.tsx';
import { CleaningNotice } from './CleaningNotice.tsx';
import { sumNotes, type CleaningNote } from './hygiene.ts';
import { mintClause } from './mint-clause.ts';
import { insertRow, setTitle, type Sheet } from './sheet.ts';
import { SheetRow } from './SheetRow.tsx';
import { useSide } from './sides.ts';
import { Button } from '../../../web/kit/Button.tsx';
import type { Desk } from './use-desk.ts';

const TITLE_MAX = 500;

/** What a row asks of the sheet. `focus`: where the caret goes next. */
export interface SheetTools {
  change(sheet: Sheet, structural?: boolean): void;
  focus(lang: Language, id: string): void;
  cleaned(notes: readonly CleaningNote[]): void;
  say(id: string, values?: Record<string, string | number>): void;
}

function keyCap(keys: ReactNode) {
  return <kbd dir="ltr">{keys}</kbd>;
}

export function SheetGrid({ desk }: { desk: Desk }) {
  const say = useSay();
  const announce = useAnnounce();
  const [notes, setNotes] = useState<readonly CleaningNote[]>([]);
  const wanted = useRef<string>(undefined);
  const grid = useRef<HTMLDivElement>(null);
  const { party } = useStanding();
  const own = useParty(party);
  const sideOf = useSide();
  const { sheet } = desk;
  // The cell exists only after the change was drawn; a cell that never comes leaves the focus where it is.
  useEffect(() => {
    if (wanted.current === undefined) return;
    grid.current?.querySelector<HTMLElement>(`[data-cell="${wanted.current}"]`)?.focus();
    wanted.current = undefined;
  });
  const tools: SheetTools = {
    change: desk.change,
    focus: (lang, id) => { wanted.current = `${lang}-${id}`; },
    cleaned: (found) => { if (found.length > 0) setNotes(sumNotes([notes, found])); },
    say: (id, values) => announce(say(id, values)),
  };
  const first = sheet.versions.find((version) => version.editable)?.lang;
  function add(): void {
    const id = mintClause();
    desk.change(insertRow(sheet, sheet.order.at(-1), id), true);
    if (first !== undefined) tools.focus(first, id);
  }
  return (
    <div className="sheet" ref={grid} dir={directionOf(own?.language ?? 'en')} data-versions={sheet.versions.length}>
      <CleaningNotice notes={notes} />
      <div className="sheet-row sheet-titles" data-columns={sheet.versions.length}>
        {sheet.versions.map((version) => (
          <div key={version.lang} className="sheet-head" {...sideOf(version.lang)}>
            {version.editable
              ? <Field label={say('texts.edit.title-in', { lang: version.lang })} lang={version.lang} value={version.title} maxLength={TITLE_MAX} onChange={(text) => desk.change(setTitle(sheet, version.lang, text))} />
              : <><h2><bdi lang={version.lang}>{languageNames[version.lang]}</bdi></h2><p lang={version.lang} dir={directionOf(version.lang)}>{version.title}</p><p className="quiet">{say('texts.edit.not-ours')}</p></>}
          </div>
        ))}
      </div>
      {sheet.order.map((id, at) => <SheetRow key={id} id={id} at={at} sheet={sheet} tools={tools} />)}
      <div className="sheet-foot" dir={sideOf('en').dir}>
        <Button onPress={add}>{say('texts.edit.add')}</Button>
        <p className="quiet"><Say id="texts.edit.keys" values={{ k: keyCap }} /></p>
      </div>
    </div>
  );
}
