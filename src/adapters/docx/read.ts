/**
 * Reads a .docx leniently: one of ours by its bookmarks; any other by its numbered paragraphs, each of
 * which begins a clause. Macros, fields, images and comments are not taken over. Hostile files: the
 * sizes that the archive states are bounded before anything is unpacked.
 */
import { unzipSync, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { languages, type Language } from '../../kernel/language.ts';
import type { ReadClause, ReadDocument } from '../../features/texts/worded.ts';
import { parseBookmark } from './bookmarks.ts';

const FILE_MAX = 10 * 1024 * 1024;
const UNPACKED_MAX = 60 * 1024 * 1024;
const CLAUSES_MAX = 500;

/** The part of the reader's document tree that we use. */
interface Element {
  readonly type: string;
  readonly children?: readonly Element[];
  readonly value?: string;
  readonly name?: string;
  readonly numbering?: { readonly level: number | string; readonly isOrdered: boolean } | null;
  readonly styleName?: string | null;
}

/** `docx.unreadable`, `docx.too-large`, `docx.empty`, `docx.too-many-clauses`. */
export async function readDocx(bytes: Uint8Array): Promise<Result<ReadDocument>> {
  if (bytes.length > FILE_MAX) return refuse('docx.too-large', { limit: FILE_MAX });
  const tree = await treeOf(bytes);
  if (!tree.ok) return tree;
  const ours = ownColumns(tree.value);
  const columns = ours.length > 0 ? ours : [{ clauses: numberedClauses(paragraphsOf(tree.value)) }];
  if (columns.every((column) => column.clauses.length === 0)) return refuse('docx.empty');
  if (columns.some((column) => column.clauses.length > CLAUSES_MAX)) return refuse('docx.too-many-clauses', { limit: CLAUSES_MAX });
  return ok({ columns, ignored: ignoredIn(tree.value) });
}

/**
 * Unpacks within the limit and packs again without compression: what the reader below opens can no
 * longer grow, whatever sizes the archive states. Undefined: not an archive, or its sizes lie.
 */
function repacked(bytes: Uint8Array): Result<Uint8Array> {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter(file) {
        total += file.originalSize;
        return total <= UNPACKED_MAX;
      },
    });
    if (total > UNPACKED_MAX) return refuse('docx.too-large', { limit: UNPACKED_MAX });
    if (files['word/document.xml'] === undefined) return refuse('docx.unreadable');
    return ok(zipSync(files, { level: 0 }));
  } catch {
    return refuse('docx.unreadable');
  }
}

async function treeOf(bytes: Uint8Array): Promise<Result<Element>> {
  const safe = repacked(bytes);
  if (!safe.ok) return safe;
  let tree: Element | undefined;
  try {
    await mammoth.convertToHtml({ buffer: Buffer.from(safe.value) }, {
      transformDocument(document: Element) {
        tree = document;
        return { ...document, children: [] };
      },
    });
  } catch {
    return refuse('docx.unreadable');
  }
  return tree === undefined ? refuse('docx.unreadable') : ok(tree);
}

function textOf(element: Element): string {
  if (element.type === 'text') return element.value ?? '';
  if (element.type === 'tab') return '\t';
  if (element.type === 'break') return '\n';
  return (element.children ?? []).map(textOf).join('');
}

/** NFC, no control characters but line feeds, no bidi controls: what a clause may hold. */
function clean(text: string): string {
  return text.normalize('NFC').replaceAll(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').replaceAll(/ {2,}/g, ' ').trim();
}

function walk(element: Element, visit: (element: Element) => void): void {
  visit(element);
  for (const child of element.children ?? []) walk(child, visit);
}

function paragraphsOf(element: Element): Element[] {
  const found: Element[] = [];
  walk(element, (one) => { if (one.type === 'paragraph') found.push(one); });
  return found;
}

function bookmarksOf(element: Element): { lang: Language; clause?: string }[] {
  const found: { lang: Language; clause?: string }[] = [];
  walk(element, (one) => {
    const parsed = one.type === 'bookmarkStart' && one.name !== undefined ? parseBookmark(one.name) : undefined;
    if (parsed !== undefined) found.push(parsed);
  });
  return found;
}

/** Columns of a document that we wrote: each table cell is a clause of the language its bookmark names. */
function ownColumns(document: Element): ReadDocument['columns'] {
  const titles = new Map<Language, string>();
  const clauses = new Map<Language, ReadClause[]>();
  const order: Language[] = [];
  walk(document, (row) => {
    if (row.type !== 'tableRow') return;
    const cells = row.children ?? [];
    cells.forEach((cell, place) => {
      const [mark] = bookmarksOf(cell);
      const paragraphs = paragraphsOf(cell);
      const lines = paragraphs.map((one) => clean(textOf(one))).filter((line) => line !== '');
      if (mark !== undefined && mark.clause === undefined) {
        titles.set(mark.lang, lines.join(' '));
        order.push(mark.lang);
      }
      // A row that was added in the word processor has no bookmark: its column is known by its place.
      const lang = mark?.lang ?? order[place / 2];
      if (lang === undefined || (mark !== undefined && mark.clause === undefined) || lines.length === 0) return;
      const bold = paragraphs.length > 1 && isBold(paragraphs[0] as Element);
      const number = clean(textOf(cells[1] ?? { type: 'none' })) || undefined;
      const list = clauses.get(lang) ?? [];
      list.push({
        ...(mark?.clause === undefined ? {} : { id: mark.clause }),
        ...(number === undefined || number.length > 12 ? {} : { number }),
        ...(bold ? { heading: lines[0] as string } : {}),
        text: lines.slice(bold ? 1 : 0).join('\n'),
      });
      clauses.set(lang, list);
    });
  });
  return languages.filter((lang) => titles.has(lang)).toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((lang) => ({ lang, title: titles.get(lang) as string, clauses: clauses.get(lang) ?? [] }));
}

function isBold(paragraph: Element): boolean {
  const runs = (paragraph.children ?? []).flatMap((child) => (child.type === 'run' ? [child] : (child.children ?? []).filter((one) => one.type === 'run')));
  return runs.length > 0 && runs.every((run) => 'isBold' in run && run.isBold === true);
}

const WRITTEN_NUMBER = /^\s*(?:(?:المادة|البند|Artículo|Article|Cláusula|Clause)\s+)?(\d{1,3}(?:\.\d{1,3}){0,2}|[IVXLC]{1,6}|[أ-ي])\s*[.):–-]\s+/u;

/** Numbered paragraphs begin clauses; what follows without a number belongs to the clause before it. */
export function numberedClauses(paragraphs: readonly Element[]): ReadClause[] {
  const clauses: { number?: string; heading?: string; lines: string[] }[] = [];
  let counter = 0;
  for (const paragraph of paragraphs) {
    const line = clean(textOf(paragraph));
    if (line === '') continue;
    const written = WRITTEN_NUMBER.exec(line);
    const listed = paragraph.numbering?.isOrdered === true && Number(paragraph.numbering.level) === 0;
    if (written !== null || listed) {
      counter += 1;
      clauses.push({ number: written?.[1] ?? String(counter), lines: [written === null ? line : line.slice(written[0].length)] });
    } else {
      const last = clauses.at(-1);
      if (last === undefined) clauses.push({ lines: [line] });
      else last.lines.push(line);
    }
  }
  return clauses.map(({ lines, number }) => ({ ...(number === undefined ? {} : { number }), text: lines.join('\n') }));
}

function ignoredIn(document: Element): ReadDocument['ignored'] {
  const counts = new Map<string, number>();
  const codes: Readonly<Record<string, string>> = { image: 'image', noteReference: 'note', commentReference: 'comment', checkbox: 'field' };
  walk(document, (one) => {
    const code = codes[one.type];
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  });
  return [...counts].map(([code, count]) => ({ code, count }));
}
