/**
 * Hashes of a log, wherever they lie: in the own database or behind a peer. Tree algorithms of
 * `record/` ask for perfect subtrees synchronously; `withTiles` runs them again after each tile they
 * lacked was read. A proof touches at most two tiles a level, so there are few rounds.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import type { Engine } from '../../record/engine.ts';
import { MissingTile, tileHashes, tileReader } from '../../record/tile.ts';
import type { HashReader } from '../../record/tree.ts';
import { readTile } from '../log.ts';
import type { Store } from '../ports.ts';

const HASH_SIZE = 32;

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

/** The tiles of a log as stored here, cut to a tree of `size` leaves; each is a short read of its own. */
export function storedTiles(engine: Engine, store: Store, party: PartyId, size: number): TileSource {
  return async (level, index) => {
    const tile = await store.read((tx) => readTile(engine, tx, party, level, index, size));
    return tileHashes(tile, tile.length / HASH_SIZE) ?? [];
  };
}
