/**
 * Hashes of a log, wherever they lie: in the own database or behind a peer. Tree algorithms of
 * `record/` ask for perfect subtrees synchronously; `withTiles` runs them again after each tile they
 * lacked was read. A proof touches at most two tiles a level, so there are few rounds.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import type { Engine } from '../../record/engine.ts';
import { MissingTile, TILE_WIDTH, tileHashes, tileReader, tileRoot } from '../../record/tile.ts';
import { subtreeHash, emptyRoot, type HashReader } from '../../record/tree.ts';
import type { Tx } from '../ports.ts';

/** Where tiles come from: all hashes that the tile has, or a throw. */
export type TileSource = (level: number, index: number) => Promise<readonly Bytes[]>;

/** Runs `work` until every tile that it needs was read. */
export async function withTiles<T>(engine: Engine, source: TileSource, work: (read: HashReader) => T): Promise<T> {
  const held = new Map<string, readonly Bytes[]>();
  const read = tileReader(engine, (level, index) => held.get(`${level}/${index}`));
  for (;;) {
    try {
      return work(read);
    } catch (error) {
      if (!(error instanceof MissingTile)) throw error;
      const key = `${error.level}/${error.index}`;
      // A tile that was read and is still too short would be asked for ever.
      if (held.has(key)) throw error;
      held.set(key, await source(error.level, error.index));
    }
  }
}

/** The tiles of a log as stored here, cut to a tree of `size` leaves. */
export function storedTiles(engine: Engine, tx: Tx, party: PartyId, size: number): TileSource {
  return (level, index) => {
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
    return storedHashes(engine, tx, party, level, index, width);
  };
}

/** The first `width` hashes of a tile; complete tiles are stored, the last ones of each level computed. */
export async function storedHashes(engine: Engine, tx: Tx, party: PartyId, level: number, index: number, width: number): Promise<readonly Bytes[]> {
  const whole = await tx.tile(party, level, index);
  const hashes = whole === undefined ? undefined : tileHashes(whole, TILE_WIDTH);
  if (hashes !== undefined) return hashes.slice(0, width);
  const from = index * TILE_WIDTH;
  if (level === 0) return tx.leafHashes(party, from, from + width);
  const computed: Bytes[] = [];
  for (let below = from; below < from + width; below++) {
    computed.push(tileRoot(engine, await storedHashes(engine, tx, party, level - 1, below, TILE_WIDTH)));
  }
  return computed;
}

/** The root of the first `size` leaves as stored here. */
export async function storedRoot(engine: Engine, tx: Tx, party: PartyId, size: number): Promise<Bytes> {
  if (size === 0) return emptyRoot(engine);
  return withTiles(engine, storedTiles(engine, tx, party, size), (read) => subtreeHash(engine, 0, size, read));
}
