/** Which hash tiles bind some entries, and the roots at some sizes, to the root of the whole log. */
import { TILE_HEIGHT, TILE_WIDTH, tileWidth, type TilePlace } from './tile.ts';

/**
 * Tiles of a log of `size` leaves: those that hold the leaf hashes of `indices`, those that make the
 * roots at `sizes` and at `size`, and above each full one the tile that holds its hash.
 */
export function tilesNeeded(size: number, indices: readonly number[], sizes: readonly number[]): TilePlace[] {
  const needed = new Map<string, TilePlace>();

  function need(level: number, index: number): void {
    const width = tileWidth(level, index, size);
    const name = `${level}/${index}`;
    if (width === 0 || needed.has(name)) return;
    needed.set(name, { level, index, width });
    if (width === TILE_WIDTH) need(level + 1, Math.floor(index / TILE_WIDTH));
  }

  for (const index of indices) need(0, Math.floor(index / TILE_WIDTH));
  for (const at of [size, ...sizes]) for (const { level, index } of edgeTiles(at)) need(level, index);
  return [...needed.values()];
}

/** The tiles out of which the root at `size` is put together: one per level at most, at the right edge. */
function edgeTiles(size: number): { level: number; index: number }[] {
  const tiles: { level: number; index: number }[] = [];
  let from = 0;
  for (let height = Math.floor(Math.log2(Math.max(size, 1))); height >= 0; height--) {
    const width = 2 ** height;
    if (size - from < width) continue;
    const level = Math.floor(height / TILE_HEIGHT);
    tiles.push({ level, index: Math.floor(from / TILE_WIDTH ** (level + 1)) });
    from += width;
  }
  return tiles;
}
