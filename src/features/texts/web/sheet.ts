/**
 * The text on the writing desk: rows of clauses, one cell per language. A row's id is the clause id and
 * is shared by its siblings; it outlives every split, merge and move. Only versions whose pen this party
 * holds (`editable`) are changed; what the others wrote stays where it is and shows what is missing.
 */
import type { Language } from '../../../kernel/language.ts';
import type { Clause } from '../content.ts';
import { align } from './alignment.ts';
import { clean, sumNotes, type CleaningNote } from './hygiene.ts';
import type { Paragraph } from './paste.ts';
import type { VersionContent } from './changes.ts';

export interface SheetVersion {
  readonly lang: Language;
  readonly authority: 'authentic' | 'working';
  readonly editable: boolean;
  readonly title: string;
  /** Cells by clause id; an absent one is a hole. */
  readonly cells: Readonly<Record<string, Clause>>;
}

export interface Sheet {
  readonly order: readonly string[];
  /** In column order. */
  readonly versions: readonly SheetVersion[];
}

export type Mint = () => string;

export interface LoadedVersion extends VersionContent {
  readonly lang: Language;
  readonly authority: 'authentic' | 'working';
  readonly editable: boolean;
}

/** A sheet of stored versions; what this party writes leads the order of rows. Never empty: one row to begin in. */
export function sheetOf(versions: readonly LoadedVersion[], mint: Mint): Sheet {
  const leading = [...versions.filter((version) => version.editable), ...versions.filter((version) => !version.editable)];
  const order = align(leading).map((row) => row.id);
  return {
    order: order.length === 0 ? [mint()] : order,
    versions: versions.map(({ clauses, ...version }) => ({ ...version, cells: Object.fromEntries(clauses.map((clause) => [clause.id, clause])) })),
  };
}

/** What would be stored of one language: cleaned, without empty cells, in row order. */
export function contentOf(sheet: Sheet, lang: Language): VersionContent & { readonly notes: readonly CleaningNote[] } {
  const version = versionOf(sheet, lang);
  const title = clean(version.title);
  const notes: (readonly CleaningNote[])[] = [title.notes];
  const clauses = sheet.order.flatMap((id) => {
    const cell = version.cells[id];
    if (cell === undefined) return [];
    const text = clean(cell.text);
    const heading = clean(cell.heading ?? '');
    const number = clean(cell.number ?? '').text;
    notes.push(text.notes, heading.notes);
    if (text.text === '' && heading.text === '' && number === '') return [];
    return [{ id, ...(number === '' ? {} : { number }), ...(heading.text === '' ? {} : { heading: oneLine(heading.text) }), text: text.text }];
  });
  return { title: oneLine(title.text), clauses, notes: sumNotes(notes) };
}

export function setTitle(sheet: Sheet, lang: Language, title: string): Sheet {
  return inVersion(sheet, lang, (version) => ({ ...version, title }));
}

/** Changes one cell; the first character typed into a hole makes the sibling. */
export function setCell(sheet: Sheet, lang: Language, id: string, patch: Partial<Pick<Clause, 'number' | 'heading' | 'text'>>): Sheet {
  return inVersion(sheet, lang, (version) => {
    const { number, heading, text } = { text: '', ...version.cells[id], ...patch };
    return withCell(version, id, {
      id, text, ...(number === undefined || number === '' ? {} : { number }), ...(heading === undefined || heading === '' ? {} : { heading }),
    });
  });
}

/** A new empty row after `after`, or first. */
export function insertRow(sheet: Sheet, after: string | undefined, id: string): Sheet {
  const at = after === undefined ? 0 : sheet.order.indexOf(after) + 1;
  return { ...sheet, order: [...sheet.order.slice(0, at), id, ...sheet.order.slice(at)] };
}

/** Takes the clause out of every editable version; the row stays while another version still has it. */
export function removeRow(sheet: Sheet, id: string): Sheet {
  return settle({ ...sheet, versions: sheet.versions.map((version) => (version.editable ? withCell(version, id, undefined) : version)) }, [id]);
}

/** Moves a row by whole places; at either end nothing changes. */
export function moveRow(sheet: Sheet, id: string, by: number): Sheet {
  const from = sheet.order.indexOf(id);
  const to = Math.min(sheet.order.length - 1, Math.max(0, from + by));
  if (from === -1 || from === to) return sheet;
  const rest = sheet.order.filter((other) => other !== id);
  return { ...sheet, order: [...rest.slice(0, to), id, ...rest.slice(to)] };
}

/**
 * Splits one language's clause at `offset`: the first half keeps the id. The second half fills the
 * sibling's place where the next row is still a hole in this language, else it opens a new row. So
 * splitting both versions, one after the other, gives two aligned clauses.
 */
export function splitCell(sheet: Sheet, lang: Language, id: string, offset: number, mint: Mint): { readonly sheet: Sheet; readonly next: string } {
  const cell = versionOf(sheet, lang).cells[id] ?? { id, text: '' };
  const next = sheet.order[sheet.order.indexOf(id) + 1];
  const hole = next !== undefined && versionOf(sheet, lang).cells[next] === undefined ? next : undefined;
  const target = hole ?? mint();
  const opened = hole === undefined ? insertRow(sheet, id, target) : sheet;
  const rest = cell.text.slice(offset).trimStart();
  return {
    next: target,
    sheet: inVersion(opened, lang, (version) => {
      const first = withCell(version, id, { ...cell, text: cell.text.slice(0, offset).trimEnd() });
      return rest === '' ? first : withCell(first, target, { id: target, text: rest });
    }),
  };
}

/** Joins the next row to this one in every editable version; the id and number of the first remain. */
export function mergeWithNext(sheet: Sheet, id: string): Sheet {
  const next = sheet.order[sheet.order.indexOf(id) + 1];
  if (next === undefined) return sheet;
  const versions = sheet.versions.map((version) => {
    const second = version.cells[next];
    if (!version.editable || second === undefined) return version;
    const first = version.cells[id];
    const joined = first === undefined ? { ...second, id } : { ...first, text: joinLines(first.text, second.heading, second.text) };
    return withCell(withCell(version, id, joined), next, undefined);
  });
  return settle({ ...sheet, versions }, [next]);
}

/**
 * Puts paragraphs into one language from row `id` on: into its cell when that is empty, then into the
 * holes that follow, else into new rows. Nothing already written is replaced.
 */
export function pasteInto(sheet: Sheet, lang: Language, id: string, paragraphs: readonly Paragraph[], mint: Mint): Sheet {
  let out = sheet;
  let last: string | undefined;
  for (const paragraph of paragraphs) {
    const candidate = last === undefined ? id : out.order[out.order.indexOf(last) + 1];
    if (candidate !== undefined && isEmptyCell(versionOf(out, lang).cells[candidate])) last = candidate;
    else {
      const fresh = mint();
      out = insertRow(out, last ?? id, fresh);
      last = fresh;
    }
    out = setCell(out, lang, last, paragraph);
  }
  return out;
}

/** Numbers 1, 2, 3 … for every written clause of the editable versions, the same in all of them. */
export function numberRows(sheet: Sheet): Sheet {
  const written = sheet.order.filter((id) => sheet.versions.some((version) => !isEmptyCell(version.cells[id])));
  const numbers = new Map(written.map((id, at) => [id, String(at + 1)]));
  return {
    ...sheet,
    versions: sheet.versions.map((version) => !version.editable ? version : {
      ...version,
      cells: Object.fromEntries(Object.entries(version.cells).map(([id, cell]) => {
        const number = numbers.get(id);
        return [id, number === undefined ? cell : { ...cell, number }];
      })),
    }),
  };
}

export function isEmptyCell(cell: Clause | undefined): boolean {
  return cell === undefined || (cell.text.trim() === '' && cell.heading === undefined && cell.number === undefined);
}

export function versionOf(sheet: Sheet, lang: Language): SheetVersion {
  const found = sheet.versions.find((version) => version.lang === lang);
  if (found === undefined) throw new Error(`no version in ${lang}`);
  return found;
}

function inVersion(sheet: Sheet, lang: Language, change: (version: SheetVersion) => SheetVersion): Sheet {
  return { ...sheet, versions: sheet.versions.map((version) => (version.lang === lang && version.editable ? change(version) : version)) };
}

function withCell(version: SheetVersion, id: string, cell: Clause | undefined): SheetVersion {
  const { [id]: _gone, ...rest } = version.cells;
  return { ...version, cells: cell === undefined || (cell.text === '' && cell.heading === undefined && cell.number === undefined) ? rest : { ...rest, [id]: cell } };
}

/** Drops the rows of `ids` that no version has any more; one row always remains. */
function settle(sheet: Sheet, ids: readonly string[]): Sheet {
  const order = sheet.order.filter((id) => !ids.includes(id) || sheet.versions.some((version) => version.cells[id] !== undefined));
  return order.length === 0 ? { ...sheet, order: sheet.order.slice(0, 1) } : { ...sheet, order };
}

function joinLines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
