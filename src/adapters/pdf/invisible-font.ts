/**
 * A font whose glyphs paint nothing: one for each code point of the Arabic block, addressed by private
 * code points (U+E600 + low byte) so that the compiler lays them from left to right. It carries the
 * text of vowelled words, whose visible form is drawn as outlines (vowelled.ts).
 *
 * TrueType as in ISO/IEC 14496-22; only the tables that a compiler asks for. Letters are half an em
 * wide; signs nearly without width, because extractors count a combining sign as none.
 */
export const INVISIBLE_FAMILY = 'Alternat Invisible';
export const UNITS_PER_EM = 1000;
const FIRST = 0x0600;
const STAND_IN = 0xa000;
const COUNT = 256;

/** Width of the invisible glyph of an Arabic code point, in thousandths of an em. */
export function invisibleWidth(point: number): number {
  return /[\p{M}\u061C]/u.test(String.fromCodePoint(point)) ? 4 : 500;
}

/** Stand-in code point of an Arabic one; undefined outside the block. */
export function arabicToStandIn(point: number): number | undefined {
  return point >= FIRST && point < FIRST + COUNT ? point - FIRST + STAND_IN : undefined;
}

export function standInToArabic(point: number): number | undefined {
  return point >= STAND_IN && point < STAND_IN + COUNT ? point - STAND_IN + FIRST : undefined;
}

function words(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => out.writeUInt16BE(value & 0xffff, i * 2));
  return out;
}

function long(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value >>> 0);
  return out;
}

/** Format 4 with one segment and the closing one: U+A000..U+A0FF are glyphs 1..256. */
function characterMap(): Buffer {
  const delta = 1 - STAND_IN;
  const table = words(4, 32, 0, 4, 4, 1, 0, STAND_IN + COUNT - 1, 0xffff, 0, STAND_IN, 0xffff, delta, 1, 0, 0);
  return Buffer.concat([words(0, 1, 3, 1), long(12), table]);
}

function names(): Buffer {
  const entries: [number, string][] = [[1, INVISIBLE_FAMILY], [2, 'Regular'], [3, INVISIBLE_FAMILY], [4, INVISIBLE_FAMILY], [6, 'AlternatInvisible']];
  const texts = entries.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let offset = 0;
  const records = entries.map(([id], i) => {
    const size = (texts[i] as Buffer).length;
    const record = words(3, 1, 0x409, id, size, offset);
    offset += size;
    return record;
  });
  return Buffer.concat([words(0, entries.length, 6 + entries.length * 12), ...records, ...texts]);
}

function metrics(): Buffer {
  const widths = [500, ...Array.from({ length: COUNT }, (_, i) => invisibleWidth(FIRST + i))];
  return Buffer.concat(widths.map((width) => words(width, 0)));
}

function checksum(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}

/** The font file. */
export function invisibleFont(): Buffer {
  const glyphs = COUNT + 1;
  const head = Buffer.concat([words(1, 0, 1, 0), long(0), long(0x5f0f3cf5), words(0, UNITS_PER_EM), Buffer.alloc(16), words(0, -400, 500, 1000, 0, 8, 2, 0, 0)]);
  const hhea = words(1, 0, 1000, -400, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, glyphs);
  const os2 = Buffer.concat([
    words(4, 500, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 250, 0), Buffer.alloc(10), Buffer.alloc(16), Buffer.from('ALTN'),
    words(0x40, STAND_IN, STAND_IN + COUNT - 1, 1000, -400, 0, 1000, 400), Buffer.alloc(8), words(500, 700, 0, 32, 1),
  ]);
  const tables: [string, Buffer][] = [
    ['OS/2', os2], ['cmap', characterMap()], ['glyf', Buffer.alloc(4)], ['head', head], ['hhea', hhea], ['hmtx', metrics()],
    ['loca', Buffer.alloc((glyphs + 1) * 2)], ['maxp', Buffer.concat([words(1, 0, glyphs), words(...Array.from({ length: 13 }, (_, i) => (i === 4 ? 1 : 0)))])],
    ['name', names()], ['post', Buffer.concat([words(3, 0), Buffer.alloc(28)])],
  ];
  let offset = 12 + tables.length * 16;
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, table] of tables) {
    directory.push(Buffer.from(tag), long(checksum(table)), long(offset), long(table.length));
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    bodies.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([words(1, 0, tables.length, 128, 3, tables.length * 16 - 128), ...directory, ...bodies]);
}
