/** The words of one clause in one language. Keys: split, new clause, move; many pasted paragraphs become clauses. */
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { Input, TextArea } from 'react-aria-components';
import { directionOf } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { clean } from './hygiene.ts';
import { mintClause } from './mint-clause.ts';
import { parsePaste } from './paste.ts';
import { insertRow, isEmptyCell, moveRow, pasteInto, setCell, splitCell, type Sheet, type SheetVersion } from './sheet.ts';
import type { SheetTools } from './SheetGrid.tsx';

interface CellProps {
  readonly id: string;
  readonly at: number;
  readonly version: SheetVersion;
  readonly sheet: Sheet;
  readonly tools: SheetTools;
}

const TEXT_MAX = 20_000;
const HEADING_MAX = 300;

export function CellEditor({ id, at, version, sheet, tools }: CellProps) {
  const say = useSay();
  const { lang } = version;
  const cell = version.cells[id];
  const label = { place: at + 1, lang };
  const empty = isEmptyCell(cell);
  const hole = empty && sheet.versions.some((other) => !isEmptyCell(other.cells[id]));

  function type(text: string, composing: boolean): void {
    const cleaned = composing ? { text, notes: [] } : clean(text, true);
    tools.cleaned(cleaned.notes);
    tools.change(setCell(sheet, lang, id, { text: cleaned.text }));
  }
  function keys(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.altKey && event.key === 'Enter') {
      const fresh = mintClause();
      tools.change(insertRow(sheet, id, fresh), true);
      tools.focus(lang, fresh);
    } else if (command && event.key === 'Enter') {
      const split = splitCell(sheet, lang, id, event.currentTarget.selectionStart, mintClause);
      tools.change(split.sheet, true);
      tools.focus(lang, split.next);
    } else if (event.altKey && !command && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const by = event.key === 'ArrowUp' ? -1 : 1;
      tools.change(moveRow(sheet, id, by), true);
      tools.say('texts.edit.moved', { place: Math.min(sheet.order.length, Math.max(1, at + 1 + by)) });
      tools.focus(lang, id);
    } else return;
    event.preventDefault();
  }
  function paste(event: ClipboardEvent<HTMLTextAreaElement>): void {
    const { paragraphs, notes } = parsePaste(event.clipboardData.getData('text/plain'));
    if (paragraphs.length < 2) return;
    event.preventDefault();
    tools.cleaned(notes);
    tools.change(pasteInto(sheet, lang, id, paragraphs, mintClause), true);
    tools.say('texts.edit.pasted', { count: paragraphs.length });
  }
  return (
    <div className="cell-editor" data-hole={hole || undefined}>
      <span className="cell-language" aria-hidden="true">{languageNames[lang]}</span>
      {cell?.heading === undefined ? null : (
        <Input className="input heading-input" aria-label={say('texts.edit.heading-of', label)} lang={lang} dir={directionOf(lang)} maxLength={HEADING_MAX}
          value={cell.heading} onChange={(event) => tools.change(setCell(sheet, lang, id, { heading: event.target.value }))} />
      )}
      <TextArea className="input cell-input" aria-label={say('texts.edit.text-of', label)} lang={lang} dir={directionOf(lang)} spellCheck maxLength={TEXT_MAX}
        placeholder={hole ? say('texts.edit.hole', { lang }) : undefined} data-cell={`${lang}-${id}`} rows={rowsOf(cell?.text ?? '')} value={cell?.text ?? ''}
        onChange={(event) => type(event.target.value, (event.nativeEvent as InputEvent).isComposing)} onKeyDown={keys} onPaste={paste} />
    </div>
  );
}

/** Lines a text takes, roughly: for browsers that do not size the field by its content themselves. */
function rowsOf(text: string): number {
  return Math.max(2, text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 48)), 0));
}
