/**
 * Sets a `PrintedText` as PDF/A-3a (by construction: the compiler refuses what the standard forbids),
 * tagged, with the record's own file attached. Blocking work of some hundred milliseconds: run it in
 * pdf.worker.ts, never on the thread that serves.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { directionOf, type Language } from '../../kernel/language.ts';
import type { Attachment, PrintedClause, PrintedText, Said } from '../../features/texts/printed.ts';
import { withDirectionMarks } from './direction-marks.ts';
import { makeExtractable } from './extractable.ts';
import { invisibleFont } from './invisible-font.ts';
import { drawingFont, runsOf, type Run } from './vowelled.ts';

const require = createRequire(import.meta.url);
const amiri = dirname(require.resolve('@expo-google-fonts/amiri/package.json'));
const face = (name: string): Buffer => readFileSync(join(amiri, name, `Amiri_${name}.ttf`));

export type SetText = (text: PrintedText, attachments: readonly Attachment[]) => Promise<Uint8Array>;

/** A setter with its fonts loaded once. Throws when the compiler reports an error: that is a bug, not bad input. */
export function createSetter(): SetText {
  const regular = face('400Regular');
  const bold = face('700Bold');
  const faces = { regular: drawingFont(regular), bold: drawingFont(bold) };
  const workspace = join(import.meta.dirname, 'workspace');
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: [regular, bold, invisibleFont()] }] });
  const template = readFileSync(join(import.meta.dirname, 'joint-text.typ'), 'utf8');
  return async (text, attachments) => {
    compiler.resetShadow();
    const attached = attachments.map((attachment, i) => {
      const path = `attachment-${i}/${attachment.name}`;
      compiler.mapShadow(join(workspace, path), Buffer.from(attachment.bytes));
      return { path, media: attachment.media, description: attachment.description };
    });
    const data = { ...model(text, faces), attachments: attached };
    compiler.mapShadow(join(workspace, 'data.json'), Buffer.from(JSON.stringify(data)));
    const compiled = compiler.compile({ mainFileContent: template });
    if (compiled.result === null) throw new Error(`typst: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`);
    const pdf = compiler.pdf(compiled.result, { pdfStandard: 'a-3a' });
    compiler.evictCache(10);
    return makeExtractable(pdf);
  };
}

type Faces = { readonly regular: ReturnType<typeof drawingFont>; readonly bold: ReturnType<typeof drawingFont> };

function model(text: PrintedText, faces: Faces): Record<string, unknown> {
  const runs = (lang: Language, line: string, font: Faces['regular'] = faces.regular): Run[] =>
    runsOf(line, font, (plain) => withDirectionMarks(plain, directionOf(lang)));
  const said = (list: readonly Said[]): unknown[] => list.map((one) => ({ lang: one.lang, runs: runs(one.lang, one.text) }));
  const clause = (lang: Language, c: PrintedClause): Record<string, unknown> => ({
    lang, number: c.number,
    ...(c.heading === undefined ? {} : { heading: runs(lang, c.heading, faces.bold) }),
    lines: c.text.split('\n').map((line) => runs(lang, line)),
  });
  const [first] = text.columns;
  const date = text.metadata.at;
  return {
    language: text.language,
    exercise: said(text.exercise),
    star: { svg: text.star.svg, alt: text.star.words.map((one) => one.text).join(' · '), words: said(text.star.words) },
    copy: said(text.copy),
    mark: text.mark,
    columns: text.columns.map((column) => ({ lang: column.lang, title: runs(column.lang, column.title, faces.bold) })),
    rows: (first?.clauses ?? []).map((c, i) => ({
      number: c.number,
      cells: text.columns.map((column) => clause(column.lang, column.clauses[i] ?? { number: c.number, text: '' })),
    })),
    working: text.working.map((one) => ({
      lang: one.lang, notice: runs(one.lang, one.notice), title: runs(one.lang, one.title, faces.bold),
      clauses: one.clauses.map((c) => clause(one.lang, c)),
    })),
    references: text.references.map((one) => ({ label: said(one.label), value: one.value })),
    signatures: text.signatures.map((one) => ({
      columns: one.columns.map((c) => ({
        lang: c.lang, party: runs(c.lang, c.party, faces.bold), state: runs(c.lang, c.state),
        offices: c.offices.map((office) => runs(c.lang, office)), lines: c.lines.map((line) => runs(c.lang, line)),
      })),
    })),
    digest: { label: said(text.digest.label), groups: text.digest.groups },
    verify: said(text.verify),
    metadata: {
      title: text.metadata.title,
      date: { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)), hour: Number(date.slice(11, 13)), minute: Number(date.slice(14, 16)), second: Number(date.slice(17, 19)) },
    },
  };
}
