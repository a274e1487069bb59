/**
 * Where entries come from: a peer behind TLS or a bundle file in memory. Either may hold any log of the
 * space, its owner's or another's, and either may lie.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import { TILE_WIDTH, decodeEntries, tileHashes, tileWidth } from '../../record/tile.ts';
import type { Peer } from '../ports.ts';
import { PeerFailure } from './peer-failure.ts';
import type { TileSource } from './tiles.ts';

export type LogSource = Pick<Peer, 'checkpoint' | 'entries' | 'tile' | 'part'>;

/** Hash tiles of the source's tree of `size` leaves, each asked for once. */
export function remoteTiles(source: LogSource, log: PartyId, size: number): TileSource {
  const asked = new Map<string, Promise<readonly Bytes[]>>();
  return (level, index) => {
    const key = `${level}/${index}`;
    const tile = asked.get(key) ?? readTile(source, log, level, index, tileWidth(level, index, size));
    asked.set(key, tile);
    return tile;
  };
}

async function readTile(source: LogSource, log: PartyId, level: number, index: number, width: number): Promise<readonly Bytes[]> {
  const hashes = tileHashes(await source.tile(log, level, index, width), width);
  if (hashes === undefined) throw new PeerFailure({ code: 'peer.answer-malformed' });
  return hashes;
}

/** Entries [from, end of the bundle that `from` lies in) of the source's log of `size` leaves. */
export async function remoteEntries(source: LogSource, log: PartyId, from: number, size: number): Promise<readonly Bytes[]> {
  const bundle = Math.floor(from / TILE_WIDTH);
  const width = tileWidth('entries', bundle, size);
  const entries = decodeEntries(await source.entries(log, bundle, width), width);
  if (!entries.ok) throw new PeerFailure({ code: 'peer.answer-malformed' });
  return entries.value.slice(from - bundle * TILE_WIDTH);
}
