import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clause } from '../content.ts';
import {
  contentOf, insertRow, mergeWithNext, moveRow, numberRows, pasteInto, removeRow, setCell, sheetOf, splitCell, type Mint, type Sheet,
} from './sheet.ts';

function minter(): Mint {
  let next = 0;
  return () => `new${next++}`;
}
function clauses(...texts: readonly string[]): Clause[] {
  return texts.map((text) => ({ id: text.slice(0, 4), text }));
}
function sheet(ar: readonly string[], es: readonly string[], editable: { ar: boolean; es: boolean } = { ar: true, es: true }): Sheet {
  return sheetOf([
    { lang: 'ar', authority: 'authentic', editable: editable.ar, title: 'ع', clauses: clauses(...ar) },
    { lang: 'es', authority: 'authentic', editable: editable.es, title: 'T', clauses: clauses(...es) },
  ], minter());
}
/** One line per row: id, then the two cells (a hole is `·`). */
function shown(given: Sheet): string[] {
  return given.order.map((id) => [id, ...given.versions.map((version) => version.cells[id]?.text ?? '·')].join(' | '));
}

describe('clauses on the writing desk', () => {
  test('an empty text has one row to begin in', () => {
    expect(shown(sheet([], []))).toEqual(['new0 | · | ·']);
  });

  test('typing into a hole makes the sibling under the same id', () => {
    const start = sheet(['aaaa'], []);
    expect(shown(setCell(start, 'es', 'aaaa', { text: 'hola' }))).toEqual(['aaaa | aaaa | hola']);
  });

  test('emptying a cell opens the hole again', () => {
    expect(shown(setCell(sheet(['aaaa'], ['aaaa']), 'es', 'aaaa', { text: '' }))).toEqual(['aaaa | aaaa | ·']);
  });

  test('a split keeps the id on the first half and leaves a hole beside the second', () => {
    const { sheet: after, next } = splitCell(sheet(['aaaa one'], ['aaaa uno']), 'ar', 'aaaa', 5, minter());
    expect(next).toBe('new0');
    expect(shown(after)).toEqual(['aaaa | aaaa | aaaa uno', 'new0 | one | ·']);
  });

  test('splitting the sibling next fills that hole: two aligned clauses', () => {
    const first = splitCell(sheet(['aaaa one'], ['aaaa uno']), 'ar', 'aaaa', 5, minter()).sheet;
    expect(shown(splitCell(first, 'es', 'aaaa', 5, minter()).sheet)).toEqual(['aaaa | aaaa | aaaa', 'new0 | one | uno']);
  });

  test('a split at the end opens an empty row', () => {
    const { sheet: after } = splitCell(sheet(['aaaa'], ['aaaa']), 'es', 'aaaa', 4, minter());
    expect(shown(after)).toEqual(['aaaa | aaaa | aaaa', 'new0 | · | ·']);
  });

  test('a merge joins both siblings under the first id', () => {
    expect(shown(mergeWithNext(sheet(['aaaa', 'bbbb'], ['aaaa', 'bbbb']), 'aaaa'))).toEqual(['aaaa | aaaa\nbbbb | aaaa\nbbbb']);
  });

  test('a merge leaves what the other side writes where it is', () => {
    const mine = sheet(['aaaa', 'bbbb'], ['aaaa', 'bbbb'], { ar: true, es: false });
    expect(shown(mergeWithNext(mine, 'aaaa'))).toEqual(['aaaa | aaaa\nbbbb | aaaa', 'bbbb | · | bbbb']);
  });

  test('merging the last row changes nothing', () => {
    const start = sheet(['aaaa'], ['aaaa']);
    expect(mergeWithNext(start, 'aaaa')).toBe(start);
  });

  test('rows move by keyboard steps and stop at the ends', () => {
    const start = sheet(['aaaa', 'bbbb', 'cccc'], []);
    expect(moveRow(start, 'aaaa', 1).order).toEqual(['bbbb', 'aaaa', 'cccc']);
    expect(moveRow(start, 'cccc', -5).order).toEqual(['cccc', 'aaaa', 'bbbb']);
    expect(moveRow(start, 'aaaa', -1)).toBe(start);
  });

  test('removing takes the clause out of what this party writes only', () => {
    expect(shown(removeRow(sheet(['aaaa', 'bbbb'], ['aaaa', 'bbbb']), 'aaaa'))).toEqual(['bbbb | bbbb | bbbb']);
    expect(shown(removeRow(sheet(['aaaa'], ['aaaa'], { ar: false, es: true }), 'aaaa'))).toEqual(['aaaa | aaaa | ·']);
  });

  test('removing the last clause leaves a row to begin in', () => {
    expect(shown(removeRow(sheet(['aaaa'], ['aaaa']), 'aaaa'))).toEqual(['aaaa | · | ·']);
  });

  test('what the other side holds cannot be typed over', () => {
    const start = sheet(['aaaa'], ['aaaa'], { ar: true, es: false });
    expect(setCell(start, 'es', 'aaaa', { text: 'x' })).toEqual(start);
  });
});

describe('pasting', () => {
  test('paragraphs pasted into the second language fill the holes beside the first', () => {
    let now = pasteInto(sheet([], []), 'ar', 'new0', [{ text: 'ا' }, { text: 'ب' }, { text: 'ج' }], (() => { const mint = minter(); mint(); return mint; })());
    expect(shown(now)).toEqual(['new0 | ا | ·', 'new1 | ب | ·', 'new2 | ج | ·']);
    now = pasteInto(now, 'es', 'new0', [{ text: 'A' }, { number: '1', text: 'B' }], minter());
    expect(shown(now)).toEqual(['new0 | ا | A', 'new1 | ب | B', 'new2 | ج | ·']);
    expect(now.versions[1]?.cells.new1?.number).toBe('1');
  });

  test('nothing written is replaced', () => {
    const start = sheet(['aaaa', 'bbbb'], ['aaaa', 'bbbb']);
    expect(shown(pasteInto(start, 'es', 'aaaa', [{ text: 'X' }, { text: 'Y' }], minter()))).toEqual([
      'aaaa | aaaa | aaaa', 'new0 | · | X', 'new1 | · | Y', 'bbbb | bbbb | bbbb',
    ]);
  });
});

describe('what is stored', () => {
  test('cleaned, in row order, without empty cells', () => {
    let now = setCell(sheet(['aaaa', 'bbbb'], []), 'ar', 'bbbb', { text: ' x\u200e \r\n y ' });
    now = insertRow(moveRow(now, 'bbbb', -1), 'aaaa', 'zzzz');
    expect(contentOf(now, 'ar')).toEqual({
      title: 'ع', clauses: [{ id: 'bbbb', text: 'x\ny' }, { id: 'aaaa', text: 'aaaa' }], notes: [{ kind: 'direction', count: 1 }],
    });
  });

  test('numbering gives siblings the same number', () => {
    const now = numberRows(sheet(['aaaa', 'bbbb'], ['bbbb']));
    expect(now.versions.map((version) => contentOf(now, version.lang).clauses.map((clause) => `${clause.id}=${clause.number}`)))
      .toEqual([['aaaa=1', 'bbbb=2'], ['bbbb=2']]);
  });

  test('whatever is split, moved or merged, no word of either language is lost and no id doubles', () => {
    const step = fc.record({ what: fc.constantFrom('split', 'move', 'merge', 'insert'), lang: fc.constantFrom('ar' as const, 'es' as const), row: fc.nat(9), at: fc.nat(12) });
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const mint = minter();
      let now = sheet(['aaaa one two', 'bbbb three', 'cccc'], ['aaaa uno', 'cccc dos tres']);
      const letters = (): string[] => now.versions.map((version) => Object.values(version.cells).map((cell) => cell.text).join('').replace(/\s/g, '').split('').toSorted().join(''));
      const before = letters();
      for (const { what, lang, row, at } of steps) {
        const id = now.order[row % now.order.length] as string;
        if (what === 'split') now = splitCell(now, lang, id, at, mint).sheet;
        else if (what === 'move') now = moveRow(now, id, at - 6);
        else if (what === 'merge') now = mergeWithNext(now, id);
        else now = insertRow(now, id, mint());
        expect(new Set(now.order).size).toBe(now.order.length);
        for (const version of now.versions) expect(Object.keys(version.cells).filter((cell) => !now.order.includes(cell))).toEqual([]);
      }
      expect(letters()).toEqual(before);
    }));
  });
});
