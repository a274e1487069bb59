import { describe, expect, test } from 'vitest';
import { clean, sumNotes } from './hygiene.ts';

describe('characters that must not get into a signed text', () => {
  test('composes to NFC without a note: nothing was lost', () => {
    expect(clean('reunio\u0301n')).toEqual({ text: 'reunión', notes: [] });
  });

  test('removes direction marks and says how many', () => {
    expect(clean('\u202bالندوة\u202c (DGSN)\u200f')).toEqual({ text: 'الندوة (DGSN)', notes: [{ kind: 'direction', count: 3 }] });
  });

  test('removes control and invisible characters, keeps the joiners that shape letters', () => {
    expect(clean('a\u0000b\u0007c\u00add\ufeff')).toEqual({ text: 'abcd', notes: [{ kind: 'control', count: 2 }, { kind: 'invisible', count: 2 }] });
    expect(clean('می\u200cخواهم')).toEqual({ text: 'می\u200cخواهم', notes: [] });
  });

  test('removes a lone surrogate but no pair', () => {
    expect(clean('a\ud800b𝄞')).toEqual({ text: 'ab𝄞', notes: [{ kind: 'control', count: 1 }] });
  });

  test('writes presentation forms from PDF files as the letters they stand for', () => {
    expect(clean('\ufe8d\ufedf\ufee8\ufeaa\ufeed\ufe93')).toEqual({ text: 'الندوة', notes: [{ kind: 'forms', count: 6 }] });
    expect(clean('\ufefb')).toEqual({ text: 'لا', notes: [{ kind: 'forms', count: 1 }] });
  });

  test('vowelled Arabic stays as it is written', () => {
    const vowelled = 'مُحَرَّرٌ بِالعَرَبِيَّةِ';
    expect(clean(vowelled).text).toBe(vowelled.normalize('NFC'));
    expect(clean(vowelled).notes).toEqual([]);
  });

  test('one line feed between paragraphs, whatever the source used', () => {
    expect(clean(' one \r\n\r\n two\u2029three\rfour\t five ').text).toBe('one\ntwo\nthree\nfour  five');
  });

  test('a text being typed keeps its edges and blank lines', () => {
    expect(clean('one \n\n', true).text).toBe('one \n\n');
  });

  test('cleaning twice changes nothing more', () => {
    for (const text of ['\u202ba\u0301\u202c\r\n\ufefb', 'e\u200b\u0301', 'a\n\u200e\nb']) {
      const once = clean(text).text;
      expect(clean(once)).toEqual({ text: once, notes: [] });
    }
  });

  test('notes of several texts are summed by kind', () => {
    expect(sumNotes([[{ kind: 'control', count: 1 }], [], [{ kind: 'control', count: 2 }, { kind: 'forms', count: 1 }]]))
      .toEqual([{ kind: 'control', count: 3 }, { kind: 'forms', count: 1 }]);
  });
});
