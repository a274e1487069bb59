import { describe, expect, test } from 'vitest';
import { parsePaste, splitNumber } from './paste.ts';

describe('numbers that open a pasted paragraph', () => {
  test.each([
    ['1. Texto', '1', 'Texto'],
    ['1) Texto', '1', 'Texto'],
    ['(2) Texto', '2', 'Texto'],
    ['2.1 Texto', '2.1', 'Texto'],
    ['a) texto', 'a', 'texto'],
    ['Artículo 3. Objeto', '3', 'Objeto'],
    ['Article 12 – Champ', '12', 'Champ'],
    ['المادة 4: الموضوع', '4', 'الموضوع'],
    ['المادة ٤: الموضوع', '4', 'الموضوع'],
    ['٥. تعقد اللجنة', '5', 'تعقد اللجنة'],
    ['أ- التكوين', 'أ', 'التكوين'],
    ['أ) التكوين', 'أ', 'التكوين'],
  ])('%s', (line, number, text) => {
    expect(splitNumber(line)).toEqual({ number, text });
  });

  test.each(['6 y 7 de marzo', '2014 fue el año', '8 horas', 'A los efectos', '16.11.2010 se firmó'])('%s has none', (line) => {
    expect(splitNumber(line).text).toBe(line);
  });
});

describe('pasted paragraphs', () => {
  test('without numbers each is a clause', () => {
    expect(parsePaste('Primero\n\nSegundo\r\nTercero').paragraphs).toEqual([{ text: 'Primero' }, { text: 'Segundo' }, { text: 'Tercero' }]);
  });

  test('with numbers, what follows a number belongs to it', () => {
    expect(parsePaste('Preámbulo\n1. Uno.\nSigue uno.\n2. Dos.').paragraphs).toEqual([
      { text: 'Preámbulo' }, { number: '1', text: 'Uno.\nSigue uno.' }, { number: '2', text: 'Dos.' },
    ]);
  });

  test('a short numbered line before plain text is a heading', () => {
    expect(parsePaste('Artículo 1. Objeto\nEl presente acuerdo regula.\nArtículo 2. Ámbito\nSe aplica.').paragraphs).toEqual([
      { number: '1', heading: 'Objeto', text: 'El presente acuerdo regula.' }, { number: '2', heading: 'Ámbito', text: 'Se aplica.' },
    ]);
  });

  test('says what it removed', () => {
    expect(parsePaste('\u200eالندوة')).toEqual({ paragraphs: [{ text: 'الندوة' }], notes: [{ kind: 'direction', count: 1 }] });
  });

  test('nothing pasted is no clause', () => {
    expect(parsePaste(' \r\n ').paragraphs).toEqual([]);
  });
});
