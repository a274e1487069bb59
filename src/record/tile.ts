/**
 * C2SP tlog-tiles: how a log travels and lies in a bundle.
 *
 *   tile/<L>/<N>[.p/<W>]        256 (or W) concatenated hashes of level 8L of the tree
 *   tile/entries/<N>[.p/<W>]    256 (or W) entries, each behind its length in two bytes, big-endian
 *
 * <N> is written in groups of three digits, all but the last behind an `x`: 1234067 = x001/x234/067.
 */
import { joinBytes, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';
import { nodeHash, type HashReader } from './tree.ts';

export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;
export const ENTRY_SIZE_MAX = 65_535;

/** A tile: `level` of the tile tree, or the entry bundle under level 0. Width 256 unless it is the last one. */
export interface TilePlace {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

export function tilePath(place: TilePlace): string {
  const path = `tile/${place.level}/${formatIndex(place.index)}`;
  return place.width === TILE_WIDTH ? path : `${path}.p/${place.width}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The place that a path names: only of a path that `tilePath` writes. */
export function parseTilePath(path: string): TilePlace | undefined {
  const found = PATH.exec(path);
  if (found === null) return undefined;
  const level = found[1] === 'entries' ? 'entries' : Number(found[1]);
  const index = parseIndex(found[2] as string);
  const width = found[3] === undefined ? TILE_WIDTH : Number(found[3]);
  if ((level !== 'entries' && level > 63) || index === undefined || (found[3] !== undefined && width >= TILE_WIDTH)) return undefined;
  const place: TilePlace = { level, index, width };
  return tilePath(place) === path ? place : undefined;
}

/** 1234067 as `x001/x234/067`. */
export function formatIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) as string[];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** The number that `formatIndex` writes like this, or undefined. */
export function parseIndex(text: string): number | undefined {
  if (!/^(?:x[0-9]{3}\/)*[0-9]{3}$/.test(text)) return undefined;
  const index = Number(text.replaceAll(/[x/]/g, ''));
  return Number.isSafeInteger(index) && formatIndex(index) === text ? index : undefined;
}

/** Every hash tile and entry bundle of a log of `size` leaves, partial ones included: entries first, then by level. */
export function tilesOf(size: number): TilePlace[] {
  const places = levelTiles('entries', size);
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / TILE_WIDTH)) places.push(...levelTiles(level, width));
  return places;
}

function levelTiles(level: TilePlace['level'], width: number): TilePlace[] {
  const count = Math.ceil(width / TILE_WIDTH);
  return Array.from({ length: count }, (_, index) => ({ level, index, width: Math.min(TILE_WIDTH, width - index * TILE_WIDTH) }));
}

/** The width of the tile at this place in a log of `size` leaves; 0 when there is none. */
export function tileWidth(level: TilePlace['level'], index: number, size: number): number {
  const width = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, width - index * TILE_WIDTH));
}

/** Entries behind their lengths. Throws when one is longer than 65,535 bytes: envelopes are bounded before. */
export function encodeEntries(entries: readonly Uint8Array[]): Bytes {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > ENTRY_SIZE_MAX) throw new RangeError(`entry of ${entry.length} bytes`);
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry);
  }
  return joinBytes(parts);
}

/** Exactly `width` entries and nothing behind them. The entries are views into `bytes`. */
export function decodeEntries(bytes: Bytes, width: number): Result<Bytes[]> {
  const entries: Bytes[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return refuse('tile.truncated');
    const size = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    if (at + 2 + size > bytes.length) return refuse('tile.truncated');
    entries.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return entries.length === width ? ok(entries) : refuse('tile.wrong-count', { expected: width, actual: entries.length });
}

/** The hashes of a tile, as views; undefined when its length does not fit its width. */
export function tileHashes(bytes: Bytes, width: number): Bytes[] | undefined {
  if (bytes.length !== width * 32) return undefined;
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
}

/** The root of the perfect subtree over a full tile: one hash of the tile above. */
export function tileRoot(engine: Engine, hashes: readonly Bytes[]): Bytes {
  let row = hashes;
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(engine, row[2 * i] as Bytes, row[2 * i + 1] as Bytes));
  return row[0] as Bytes;
}

/** Reads perfect subtrees of a log out of its tiles; hashes inside a tile are computed. Throws when a tile is missing. */
export function tileReader(engine: Engine, tile: (level: number, index: number) => readonly Bytes[] | undefined): HashReader {
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const span = 2 ** (level - tileLevel * TILE_HEIGHT);
    const first = index * span;
    const hashes = tile(tileLevel, Math.floor(first / TILE_WIDTH))?.slice(first % TILE_WIDTH, (first % TILE_WIDTH) + span);
    if (hashes === undefined || hashes.length !== span) throw new MissingTile(tileLevel, Math.floor(first / TILE_WIDTH));
    return tileRoot(engine, hashes);
  };
}

/** A tile that a proof needs and the reader lacks. */
export class MissingTile extends Error {
  readonly level: number;
  readonly index: number;
  constructor(level: number, index: number) {
    super(`tile ${level}/${index} is missing`);
    this.name = 'MissingTile';
    this.level = level;
    this.index = index;
  }
}
