import { zipSync, strToU8 } from 'fflate';
import { AlignmentType, Document, LevelFormat, Packer, Paragraph, TextRun } from 'docx';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../kernel/result.ts';
import { announcement } from '../../demo/communique.ts';
import type { WordedText } from '../../features/texts/worded.ts';
import { readDocx } from './read.ts';
import { writeDocx } from './write.ts';

const column = (lang: 'ar' | 'es') => ({ lang, title: announcement[lang].title, clauses: announcement[lang].clauses.map((clause) => ({ ...clause })) });
const text: WordedText = {
  exercise: [{ lang: 'en', text: 'Exercise: not an act of either institution' }], mark: 'TLP:CLEAR',
  columns: [column('ar'), column('es')],
};

async function document(...paragraphs: Paragraph[]): Promise<Uint8Array> {
  const numbering = { config: [{ reference: 'clauses', levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START }] }] };
  return new Uint8Array(await Packer.toBuffer(new Document({ numbering, sections: [{ children: paragraphs }] })));
}

describe('a joint text as a word-processor document', () => {
  it('comes back with the same clauses, ids, numbers and languages', async () => {
    const read = expectOk(await readDocx(await writeDocx(text)));
    expect(read.columns).toEqual(text.columns);
  });

  it('keeps headings and several paragraphs of one clause', async () => {
    const clauses = [{ id: 'abcd1', number: '1', heading: 'Objeto', text: 'Primera línea.\nSegunda línea.' }];
    const read = expectOk(await readDocx(await writeDocx({ ...text, columns: [{ lang: 'es', title: 'Título', clauses }, { lang: 'ar', title: 'عنوان', clauses: [{ id: 'abcd1', number: '1', heading: 'الموضوع', text: 'سطر أول.\nسطر ثان.' }] }] })));
    expect(read.columns[0]?.clauses).toEqual(clauses);
    expect(read.columns[1]?.clauses[0]?.heading).toBe('الموضوع');
  });

  it('takes numbered paragraphs as clauses and what follows as part of them', async () => {
    const item = (words: string): Paragraph => new Paragraph({ text: words, numbering: { reference: 'clauses', level: 0 } });
    const read = expectOk(await readDocx(await document(item('Primera.'), new Paragraph('Sigue.'), item('Segunda.'))));
    expect(read.columns).toEqual([{ clauses: [{ number: '1', text: 'Primera.\nSigue.' }, { number: '2', text: 'Segunda.' }] }]);
  });

  it('reads numbers that were typed by hand, in Arabic too', async () => {
    const read = expectOk(await readDocx(await document(new Paragraph({ children: [new TextRun('المادة 1: نص أول')] }), new Paragraph('2) نص ثان'))));
    expect(read.columns[0]?.clauses).toEqual([{ number: '1', text: 'نص أول' }, { number: '2', text: 'نص ثان' }]);
  });

  it.each([
    ['no archive at all', new Uint8Array([1, 2, 3]), 'docx.unreadable'],
    ['an archive without a document', zipSync({ 'a.txt': strToU8('x') }), 'docx.unreadable'],
    ['an archive that unpacks to more than the limit', zipSync({ 'word/document.xml': strToU8('<w/>'), 'bomb.bin': new Uint8Array(61 * 1024 * 1024) }), 'docx.too-large'],
    ['a broken document', zipSync({ 'word/document.xml': strToU8('<w:document') }), 'docx.unreadable'],
  ])('refuses %s', async (_, bytes, code) => {
    const read = await readDocx(bytes);
    expect(read.ok ? 'read' : read.refusal.code).toBe(code);
  });

  it('refuses a document without words', async () => {
    const read = await readDocx(await document(new Paragraph('')));
    expect(read.ok ? 'read' : read.refusal.code).toBe('docx.empty');
  });
});
