/**
 * One log as it lies in the store: complete hash tiles, the compact range in its head, leaf hashes for
 * the rest. Everything here reads or extends it inside a transaction; nothing trusts a peer.
 */
import { fromHex, toHex, concatBytes, type Bytes } from '../kernel/bytes.ts';
import { IntegrityFault } from '../kernel/fault.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Engine } from '../record/engine.ts';
import { tileRoot, tileWidth, TILE_HEIGHT, TILE_WIDTH } from '../record/tile.ts';
import { emptyRoot, extendRange, formatRange, parseRange, rootOf, type CompactRange } from '../record/tree.ts';
import type { Head, Tx } from './ports.ts';

/** The head of a log of which nothing is stored yet. */
export function emptyHead(engine: Engine, party: PartyId, epoch: number): Head {
  return { party, epoch, size: 0, root: toHex(emptyRoot(engine)), range: '', note: '', decided: 0, cut: {} };
}

/** The compact range of a head. A stored range that does not fit its size or root is a changed database. */
export function rangeOf(engine: Engine, head: Head): CompactRange {
  const range = parseRange(head.size, head.range);
  if (range.ok && toHex(rootOf(engine, range.value)) === head.root) return range.value;
  throw new IntegrityFault({ code: 'record.head-damaged', params: { party: head.party, size: head.size } }, { party: head.party, size: head.size });
}

/** Size, root and range of the head after these leaf hashes; the other members stay. */
export function extendHead(engine: Engine, head: Head, leafHashes: readonly Bytes[]): Head {
  const range = extendRange(engine, rangeOf(engine, head), leafHashes);
  return { ...head, size: range.size, root: toHex(rootOf(engine, range)), range: formatRange(range) };
}

/**
 * Stores every tile that became complete when the log grew from `before` to `after` leaves; the leaves
 * are stored already. Amortised one row per 256 leaves.
 */
export async function completeTiles(engine: Engine, tx: Tx, party: PartyId, before: number, after: number): Promise<void> {
  for (let level = 0, span = TILE_WIDTH; Math.floor(after / span) > 0; level++, span *= TILE_WIDTH) {
    for (let index = Math.floor(before / span); index < Math.floor(after / span); index++) {
      await tx.putTile(party, level, index, concatBytes(...(await hashesAt(engine, tx, party, level, index * TILE_WIDTH, TILE_WIDTH))));
    }
  }
}

/** The hashes of a tile of a log of `size` leaves: 256, fewer at its right edge, none beyond it. */
export async function readTile(engine: Engine, tx: Tx, party: PartyId, level: number, index: number, size: number): Promise<Bytes> {
  const width = tileWidth(level, index, size);
  if (width === TILE_WIDTH) {
    const stored = await tx.tile(party, level, index);
    if (stored !== undefined) return stored;
  }
  return concatBytes(...(await hashesAt(engine, tx, party, level, index * TILE_WIDTH, width)));
}

/** `count` consecutive hashes of tile level `level`, all inside one tile and all roots of complete subtrees. */
async function hashesAt(engine: Engine, tx: Tx, party: PartyId, level: number, first: number, count: number): Promise<readonly Bytes[]> {
  if (level === 0) return tx.leafHashes(party, first, first + count);
  const stored = await tx.tile(party, level, Math.floor(first / TILE_WIDTH));
  if (stored !== undefined) return hashesOf(stored).slice(first % TILE_WIDTH, (first % TILE_WIDTH) + count);
  const hashes: Bytes[] = [];
  for (let i = first; i < first + count; i++) {
    const below = await tx.tile(party, level - 1, i);
    if (below === undefined) throw new IntegrityFault({ code: 'record.tile-missing', params: { party, level: level - 1, index: i } }, { party, level: level - 1, index: i });
    hashes.push(tileRoot(engine, hashesOf(below)));
  }
  return hashes;
}

function hashesOf(tile: Bytes): Bytes[] {
  return Array.from({ length: tile.length / 32 }, (_, i) => tile.subarray(i * 32, i * 32 + 32));
}

/** The hash of the perfect subtree of 2^level leaves that starts at leaf index * 2^level; it must be stored whole. */
export async function subtreeAt(engine: Engine, tx: Tx, party: PartyId, level: number, index: number): Promise<Bytes> {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const span = 2 ** (level - tileLevel * TILE_HEIGHT);
  return tileRoot(engine, await hashesAt(engine, tx, party, tileLevel, index * span, span));
}

/** The compact range of the log's first `size` leaves, which are all stored. O(log size) reads. */
export async function rangeAt(engine: Engine, tx: Tx, party: PartyId, size: number): Promise<CompactRange> {
  const hashes: Bytes[] = [];
  let from = 0;
  for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level--) {
    const width = 2 ** level;
    if (size - from < width) continue;
    hashes.push(await subtreeAt(engine, tx, party, level, from / width));
    from += width;
  }
  return { size, hashes };
}

/** The root of the log at `size` <= the stored size. Most questions are for the head or a noted size and cost one read. */
export async function rootAt(engine: Engine, tx: Tx, head: Head, size: number): Promise<Hash> {
  if (size === head.size) return head.root;
  if (size > head.size) throw new RangeError(`root at ${size} of a log of ${head.size}`);
  return toHex(rootOf(engine, await rangeAt(engine, tx, head.party, size)));
}

/** Bytes of a root as a note states it. */
export function rootBytes(root: Hash): Bytes {
  const bytes = fromHex(root);
  if (bytes === undefined || bytes.length !== 32) throw new TypeError('a root is 64 hex digits');
  return bytes;
}
