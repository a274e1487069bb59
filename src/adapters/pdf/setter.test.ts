import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exerciseWords } from '../../kernel/exercise.ts';
import { languages, type Language } from '../../kernel/language.ts';
import type { PrintedText } from '../../features/texts/printed.ts';
import { createPrinter } from './printer.ts';

const arabic = [
  'تستضيف المديرية العامة للأمن الوطني (DGSN) بمدينة مراكش، يومي 6 و7 مارس 2014، الندوة العلمية الثانية.',
  'نصٌّ مُحَقَّقٌ يقرأه مُحَكِّمٌ: الإجابات المؤسساتيّة (بلاغ) أو [AB] بنسبة 100% نهاية سنة 2014.',
  'للتحقق: شغل alternat verify (دون شبكة)؛ ثم 10:42 (UTC+1) تمت. أو «DGSN»؟ خاتمة الفقرة.',
];
const spanish = [
  'La Dirección General de la Seguridad Nacional (DGSN) acoge en Marrakech, los días 6 y 7 de marzo de 2014, el segundo seminario.',
  'Un texto con acentos: áéíóúüñ ¿así? «comillas» y 100 %.',
  'Para verificar: ejecute alternat verify, sin red.',
];

/** A short joint text in the copy of the party whose language is `own`. */
function copyOf(own: 'ar' | 'es'): PrintedText {
  const other = own === 'ar' ? 'es' : 'ar';
  const column = (lang: 'ar' | 'es') => ({
    lang, title: lang === 'ar' ? 'بلاغ مشترك' : 'Comunicado conjunto',
    clauses: (lang === 'ar' ? arabic : spanish).map((text, i) => ({ number: String(i + 1), text })),
  });
  const both = (ar: string, es: string) => [own, other].map((lang) => ({ lang: lang as Language, text: lang === 'ar' ? ar : es }));
  return {
    exercise: languages.map((lang) => ({ lang, text: exerciseWords[lang] })),
    language: own, copy: both('أصل أول', 'Original primero'), mark: 'TLP:CLEAR',
    star: { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path d="M6 6H42V42H6Z"/></svg>', words: both('تم', 'Concluido') },
    columns: [column(own), column(other)], working: [],
    references: [{ label: both('المرجع', 'Referencia'), value: 'ALT-2026-K3VQ-7M2P' }],
    signatures: [], digest: { label: both('البصمة', 'Huella'), groups: 'ab12 cd34' }, verify: both('للتحقق', 'Para verificar'),
    metadata: { title: 'Comunicado conjunto', at: '2026-11-23T10:42:00.000Z' },
  };
}

const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const plain = (text: string): string => text.replaceAll(controls, '').replaceAll(/\s+/g, ' ').trim();

describe('a joint text as PDF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alternat-pdf-'));
  const file = join(folder, 'rabat.pdf');
  const other = join(folder, 'madrid.pdf');
  const printer = createPrinter();
  const record = new Uint8Array([80, 75, 1, 2, 3]);

  beforeAll(async () => {
    const attachments = [{ name: 'text.alternat', media: 'application/zip', description: 'record', bytes: record }];
    writeFileSync(file, await printer.print(copyOf('ar'), attachments));
    writeFileSync(other, await printer.print(copyOf('es'), attachments));
  });
  afterAll(async () => {
    await printer.close();
    rmSync(folder, { recursive: true });
  });

  /** The text of one column of the first page, by its half of the paper. */
  function column(path: string, side: 'left' | 'right'): string {
    const x = side === 'left' ? 0 : 305;
    return plain(execFileSync('pdftotext', ['-x', String(x), '-y', '60', '-W', side === 'left' ? '282' : '290', '-H', '700', path, '-'], { encoding: 'utf8' }));
  }

  it.each(arabic)('extracts the Arabic clause as it was written: %s', (clause) => {
    expect(column(file, 'right').includes(clause)).toBe(true);
    expect(column(other, 'right').includes(clause)).toBe(true);
  });

  it.each(spanish)('extracts the Spanish clause as it was written: %s', (clause) => {
    expect(column(file, 'left').includes(clause)).toBe(true);
    expect(column(other, 'left').includes(clause)).toBe(true);
  });

  it('holds the same letters for a second extractor', async () => {
    const page = await (await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise).getPage(1);
    const content = await page.getTextContent();
    const found = content.items.flatMap((item) => ('str' in item ? [item.str] : [])).join('');
    const letters = (text: string): string => [...text.replaceAll(/[^\p{L}\p{N}]/gu, '')].toSorted().join('');
    const counts = (text: string): Map<string, number> => [...letters(text)].reduce((map, char) => map.set(char, (map.get(char) ?? 0) + 1), new Map<string, number>());
    const wanted = counts([...arabic, ...spanish].join(''));
    const given = counts(found);
    for (const [letter, count] of wanted) expect(given.get(letter) ?? 0, letter).toBeGreaterThanOrEqual(count);
  });

  it('is a tagged PDF/A-3 part A that carries the record', () => {
    const bytes = readFileSync(file).toString('latin1');
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Tagged:\s+yes/);
    execFileSync('pdfdetach', ['-save', '1', '-o', join(folder, 'out.alternat'), file]);
    expect(new Uint8Array(readFileSync(join(folder, 'out.alternat')))).toEqual(record);
    expect(bytes.includes('%PDF-1.7')).toBe(true);
    const metadata = execFileSync('pdfinfo', ['-meta', file], { encoding: 'utf8' });
    expect(/pdfaid:part>3</.test(metadata) && /pdfaid:conformance>A</.test(metadata)).toBe(true);
  });

  it('says on each page in four languages that it is an exercise', () => {
    const text = plain(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
    for (const word of ['Exercise', 'Exercice', 'Ejercicio', 'تمرين']) expect(text.includes(word), word).toBe(true);
  });

  it('sets the same bytes for the same text', async () => {
    const again = await printer.print(copyOf('ar'), [{ name: 'text.alternat', media: 'application/zip', description: 'record', bytes: record }]);
    expect(Buffer.from(again).equals(readFileSync(file))).toBe(true);
  });
});
