/** A joint text as .docx: a table of equal columns, clause beside clause, ids kept as bookmarks. ECMA-376. */
import {
  AlignmentType, Bookmark, BorderStyle, Document, Footer, Header, Packer, Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlignTable, WidthType,
} from 'docx';
import type { Language } from '../../kernel/language.ts';
import { directionOf } from '../../kernel/language.ts';
import type { WordedText } from '../../features/texts/worded.ts';
import { clauseBookmark, languageBookmark } from './bookmarks.ts';

const tags: Readonly<Record<Language, string>> = { ar: 'ar-MA', es: 'es-ES', fr: 'fr-FR', en: 'en-GB' };
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const borders = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE };

interface Look {
  readonly bold?: boolean;
  readonly size?: number;
  readonly bookmark?: string;
}

/** One paragraph in its language: direction, fonts and language tag, so that spell-checkers know it too. */
function paragraph(lang: Language, text: string, look: Look = {}): Paragraph {
  const rtl = directionOf(lang) === 'rtl';
  const size = look.size ?? 22;
  const run = new TextRun({
    text, rightToLeft: rtl, bold: look.bold ?? false, boldComplexScript: look.bold ?? false, size, sizeComplexScript: size + 2,
    font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Traditional Arabic' },
    language: rtl ? { value: tags[lang], bidirectional: tags[lang] } : { value: tags[lang] },
  });
  return new Paragraph({
    bidirectional: rtl, alignment: AlignmentType.START, spacing: { after: 80 },
    children: look.bookmark === undefined ? [run] : [new Bookmark({ id: look.bookmark, children: [run] })],
  });
}

function cell(width: number, children: Paragraph[]): TableCell {
  return new TableCell({ width: { size: width, type: WidthType.PERCENTAGE }, verticalAlign: VerticalAlignTable.TOP, children });
}

/** The bytes of the document. The same text gives the same words; ids and dates inside are the library's. */
export async function writeDocx(text: WordedText): Promise<Uint8Array> {
  const width = Math.floor(94 / text.columns.length);
  const number = (value: string): TableCell => cell(6, [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text: value, size: 18, color: '5C574F' })] })]);
  const row = (cells: TableCell[], middle: string): TableRow =>
    new TableRow({ cantSplit: false, children: cells.flatMap((one, i) => (i === 0 ? [one] : [number(middle), one])) });
  const titles = row(text.columns.map((column) => cell(width, [paragraph(column.lang, column.title, { bold: true, size: 28, bookmark: languageBookmark(column.lang) })])), '');
  const clauses = (text.columns[0]?.clauses ?? []).map((first) => row(text.columns.map((column) => {
    const clause = column.clauses.find((one) => one.id === first.id);
    if (clause === undefined) return cell(width, [paragraph(column.lang, '')]);
    const lines = clause.text.split('\n');
    const bookmark = clauseBookmark(column.lang, clause.id);
    const heading = clause.heading === undefined ? [] : [paragraph(column.lang, clause.heading, { bold: true, bookmark })];
    return cell(width, [...heading, ...lines.map((line, i) => paragraph(column.lang, line, i === 0 && heading.length === 0 ? { bookmark } : {}))]);
  }), first.number ?? ''));
  const edge = (): Paragraph[] => [
    ...text.exercise.map((one) => paragraph(one.lang, one.text, { size: 14 })),
    new Paragraph({ alignment: AlignmentType.END, children: [new TextRun({ text: text.mark, bold: true, size: 16 })] }),
  ];
  const own = text.columns[0]?.lang ?? 'en';
  const document = new Document({
    sections: [{
      headers: { default: new Header({ children: edge() }) },
      footers: { default: new Footer({ children: edge() }) },
      children: [new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, borders, visuallyRightToLeft: directionOf(own) === 'rtl', rows: [titles, ...clauses] })],
    }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
