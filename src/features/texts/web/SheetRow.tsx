/** One clause being written: a cell per language, number and tools between them. */
import { Button as AriaButton, Input, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { directionOf, type Language } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Paragraphs } from './Pieces.tsx';
import { CellEditor } from './CellEditor.tsx';
import { mintClause } from './mint-clause.ts';
import { insertRow, isEmptyCell, mergeWithNext, moveRow, removeRow, setCell, type Sheet, type SheetVersion } from './sheet.ts';
import type { SheetTools } from './SheetGrid.tsx';

interface RowProps {
  readonly id: string;
  readonly at: number;
  readonly sheet: Sheet;
  readonly tools: SheetTools;
}

const NUMBER_MAX = 12;

export function SheetRow({ id, at, sheet, tools }: RowProps) {
  const say = useSay();
  const [first, ...others] = sheet.versions;
  const cell = (version: SheetVersion) => version.editable
    ? <CellEditor key={version.lang} id={id} at={at} version={version} sheet={sheet} tools={tools} />
    : <FixedCell key={version.lang} id={id} version={version} />;
  return (
    <section className="sheet-row" data-columns={sheet.versions.length} aria-label={say('texts.edit.clause', { place: at + 1 })}>
      {first === undefined ? null : cell(first)}
      <div className="sheet-middle">
        <Numbers id={id} at={at} sheet={sheet} tools={tools} />
        <RowMenu id={id} at={at} sheet={sheet} tools={tools} />
      </div>
      {others.map(cell)}
    </section>
  );
}

/** What the other side writes: shown, not changed here. */
function FixedCell({ id, version }: { id: string; version: SheetVersion }) {
  const say = useSay();
  const cell = version.cells[id];
  if (cell === undefined || isEmptyCell(cell)) return <div className="clause-cell" data-hole><p className="hole-words" dir="auto">{say('texts.hole', { lang: version.lang })}</p></div>;
  return <div className="clause-cell" lang={version.lang} dir={directionOf(version.lang)}><span className="cell-language">{languageNames[version.lang]}</span>{cell.heading === undefined ? null : <h3>{cell.heading}</h3>}<Paragraphs text={cell.text} /></div>;
}

/** One number for all versions where they agree, else one per version. */
function Numbers({ id, at, sheet, tools }: RowProps) {
  const say = useSay();
  const editable = sheet.versions.filter((version) => version.editable);
  const written = editable.filter((version) => !isEmptyCell(version.cells[id]));
  const targets = written.length > 0 ? written : editable;
  const agree = new Set(targets.map((version) => version.cells[id]?.number)).size === 1;
  const set = (langs: readonly Language[], number: string): void => tools.change(langs.reduce((now, lang) => setCell(now, lang, id, { number }), sheet));
  const groups = agree ? [targets] : targets.map((version) => [version]);
  return (
    <>{groups.map((group) => {
      const lang = group[0]?.lang;
      return (
        <Input key={lang} className="input number-input" value={group[0]?.cells[id]?.number ?? ''} maxLength={NUMBER_MAX} dir="auto"
          aria-label={say(agree ? 'texts.edit.number-of' : 'texts.edit.number-of-in', { place: at + 1, lang: lang ?? '' })}
          onChange={(event) => set(group.map((version) => version.lang), event.target.value)} />
      );
    })}</>
  );
}

function RowMenu({ id, at, sheet, tools }: RowProps) {
  const say = useSay();
  const lead = sheet.versions.find((version) => version.editable)?.lang ?? 'en';
  const act = (key: string): void => {
    if (key === 'after' || key === 'before') {
      const fresh = mintClause();
      tools.change(insertRow(sheet, key === 'after' ? id : sheet.order[at - 1], fresh), true);
      tools.focus(lead, fresh);
    } else if (key === 'up' || key === 'down') {
      tools.change(moveRow(sheet, id, key === 'up' ? -1 : 1), true);
      tools.say('texts.edit.moved', { place: Math.min(sheet.order.length, Math.max(1, at + (key === 'up' ? 0 : 2))) });
      tools.focus(lead, id);
    } else if (key === 'join') tools.change(mergeWithNext(sheet, id), true);
    else if (key === 'heading') {
      tools.change(sheet.versions.filter((version) => version.editable).reduce((now, version) => setCell(now, version.lang, id, { heading: version.cells[id]?.heading ?? ' ' }), sheet), true);
    } else {
      tools.change(removeRow(sheet, id), true);
      tools.say('texts.edit.removed');
    }
  };
  const items = [
    ['after', true], ['before', true], ['up', at > 0], ['down', at < sheet.order.length - 1], ['join', at < sheet.order.length - 1], ['heading', true], ['remove', true],
  ] as const;
  return (
    <MenuTrigger>
      <AriaButton className="clause-number row-menu" aria-label={say('texts.edit.menu', { place: at + 1 })}><span aria-hidden="true">⋯</span></AriaButton>
      <Popover className="popover">
        <Menu className="listbox" onAction={(key) => act(String(key))} disabledKeys={items.filter(([, enabled]) => !enabled).map(([key]) => key)}>
          {items.map(([key]) => <MenuItem key={key} id={key} className="option">{say(`texts.edit.menu.${key}`)}</MenuItem>)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
