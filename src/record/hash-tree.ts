/**
 * A whole Merkle tree in memory with every perfect subtree kept, so that the root at any size costs a
 * few hashes: what `seen` claims are held against. 64 bytes a leaf, in one buffer per level.
 */
import { toHex, type Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import type { Engine } from './engine.ts';
import { nodeHash, rootOf, type HashReader } from './tree.ts';

export interface HashTree {
  readonly size: number;
  append(leafHash: Uint8Array): void;
  /** Root at `size` <= the tree's; throws beyond it. */
  root(size: number): Hash;
  /** Views into the tree; throws for a subtree that is not complete. */
  readonly read: HashReader;
}

interface Level {
  bytes: Bytes;
  count: number;
}

export function createHashTree(engine: Engine): HashTree {
  const levels: Level[] = [];

  function push(level: number, hash: Uint8Array): void {
    const row = (levels[level] ??= { bytes: new Uint8Array(32 * 64), count: 0 });
    if (row.count * 32 === row.bytes.length) {
      const larger = new Uint8Array(row.bytes.length * 2);
      larger.set(row.bytes);
      row.bytes = larger;
    }
    row.bytes.set(hash, row.count * 32);
    row.count++;
    if (row.count % 2 === 0) push(level + 1, nodeHash(engine, read(level, row.count - 2), read(level, row.count - 1)));
  }

  function read(level: number, index: number): Bytes {
    const row = levels[level];
    if (row === undefined || index >= row.count) throw new RangeError(`no subtree ${index} of level ${level}`);
    return row.bytes.subarray(index * 32, index * 32 + 32);
  }

  return {
    get size() {
      return levels[0]?.count ?? 0;
    },
    append: (leafHash) => push(0, leafHash),
    root: (size) => toHex(rootAt(engine, size, read)),
    read,
  };
}

/** The root of the first `size` leaves out of perfect subtrees. */
export function rootAt(engine: Engine, size: number, read: HashReader): Bytes {
  const hashes: Bytes[] = [];
  let from = 0;
  for (let width = 2 ** Math.floor(Math.log2(Math.max(size, 1))); width >= 1; width /= 2) {
    if (size - from < width) continue;
    hashes.push(read(Math.log2(width), from / width));
    from += width;
  }
  return rootOf(engine, { size, hashes });
}
