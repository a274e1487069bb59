/**
 * The Merkle tree of RFC 6962 §2.1 over SHA-256.
 *
 *   MTH({})       = SHA-256()
 *   MTH({d})      = SHA-256(0x00 ‖ d)
 *   MTH(D[n])     = SHA-256(0x01 ‖ MTH(D[0:k]) ‖ MTH(D[k:n])), k the largest power of two below n
 *
 * A log is extended by its *compact range*: the roots of the perfect subtrees from left to right, one
 * per bit set in its size. Verification takes sizes as bigint, since others' sizes are uint64; the
 * logs kept here stay below 2^53.
 */
import { concatBytes, equalBytes, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';

const SIZE_MAX = 2n ** 64n - 1n;

/**
 * Where hash inputs are put together: written and read within one call, so nothing of it survives. An
 * array of its own for each of millions of hashes would cost as much as the hash.
 */
const input = new Uint8Array(66_000);
const NODE_INPUT = input.subarray(0, 65);

export function leafHash(engine: Engine, entry: Uint8Array): Bytes {
  if (entry.length >= input.length) return engine.sha256(concatBytes(Uint8Array.of(0), entry));
  input[0] = 0;
  input.set(entry, 1);
  return engine.sha256(input.subarray(0, entry.length + 1));
}

export function nodeHash(engine: Engine, left: Uint8Array, right: Uint8Array): Bytes {
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return engine.sha256(NODE_INPUT);
}

export function emptyRoot(engine: Engine): Bytes {
  return engine.sha256(new Uint8Array(0));
}

export interface CompactRange {
  readonly size: number;
  /** Largest subtree first: as many as `size` has bits set. */
  readonly hashes: readonly Bytes[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, hashes: [] };

/** The range after these leaf hashes are appended. Amortised one node hash per leaf. */
export function extendRange(engine: Engine, range: CompactRange, leafHashes: readonly Bytes[]): CompactRange {
  const hashes = [...range.hashes];
  let size = range.size;
  for (const leaf of leafHashes) {
    let hash = leaf;
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = nodeHash(engine, hashes.pop() as Bytes, hash);
    hashes.push(hash);
    size++;
  }
  return { size, hashes };
}

export function rootOf(engine: Engine, range: CompactRange): Bytes {
  let root = range.hashes.at(-1);
  if (root === undefined) return emptyRoot(engine);
  for (let i = range.hashes.length - 2; i >= 0; i--) root = nodeHash(engine, range.hashes[i] as Bytes, root);
  return root;
}

/** The range as stored: its hashes in one string of hex. */
export function formatRange(range: CompactRange): string {
  return range.hashes.map((hash) => hash.toHex()).join('');
}

export function parseRange(size: number, hex: string): Result<CompactRange> {
  const count = bitsSet(BigInt(size));
  if (!/^[0-9a-f]*$/.test(hex) || hex.length !== count * 64) return refuse('tree.range-malformed');
  return ok({ size, hashes: Array.from({ length: count }, (_, i) => Uint8Array.fromHex(hex.slice(i * 64, i * 64 + 64))) });
}

/** The hash of the perfect subtree of 2^level leaves that starts at leaf index * 2^level. */
export type HashReader = (level: number, index: number) => Bytes;

/** MTH(D[from:to]); `from` is a multiple of the largest power of two that fits, as in every RFC 6962 split. */
export function subtreeHash(engine: Engine, from: number, to: number, read: HashReader): Bytes {
  const size = to - from;
  if (size === 2 ** Math.floor(Math.log2(size))) return read(Math.log2(size), from / size);
  const split = from + largestPowerBelow(size);
  return nodeHash(engine, subtreeHash(engine, from, split, read), subtreeHash(engine, split, to, read));
}

/** RFC 6962 §2.1.1: the audit path of the leaf at `index` in the tree of `size` leaves. */
export function inclusionProof(engine: Engine, index: number, size: number, read: HashReader): Bytes[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} of ${size}`);
  const path: Bytes[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const split = from + largestPowerBelow(to - from);
    if (index < split) {
      path.push(subtreeHash(engine, split, to, read));
      to = split;
    } else {
      path.push(subtreeHash(engine, from, split, read));
      from = split;
    }
  }
  return path.reverse();
}

/** RFC 6962 §2.1.2: shows that the tree of `older` leaves is a prefix of the tree of `size`. */
export function consistencyProof(engine: Engine, older: number, size: number, read: HashReader): Bytes[] {
  if (!(older >= 0 && older <= size)) throw new RangeError(`prefix ${older} of ${size}`);
  if (older === 0 || older === size) return [];
  const path: Bytes[] = [];
  let from = 0;
  let to = size;
  let complete = true;
  while (older !== to) {
    const split = from + largestPowerBelow(to - from);
    if (older <= split) {
      path.push(subtreeHash(engine, split, to, read));
      to = split;
    } else {
      path.push(subtreeHash(engine, from, split, read));
      from = split;
      complete = false;
    }
  }
  if (!complete) path.push(subtreeHash(engine, from, to, read));
  return path.reverse();
}

/** RFC 9162 §2.1.3.2. `index < size`, both below 2^64. */
export function verifyInclusion(engine: Engine, index: bigint, size: bigint, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): Result<true> {
  if (index < 0n || size > SIZE_MAX || index >= size) return refuse('tree.index-beyond-size');
  if (!areHashes([leaf, root, ...proof])) return refuse('tree.not-a-hash');
  let node = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return refuse('tree.proof-wrong-length');
    if (node % 2n === 1n || node === last) {
      hash = nodeHash(engine, sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(engine, hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return refuse('tree.proof-wrong-length');
  return equalBytes(hash, root) ? ok(true) : refuse('tree.root-differs');
}

/**
 * RFC 9162 §2.1.4.2, with the two ends it leaves open: from the empty tree the proof is empty and the
 * first root is that of the empty tree (as tlog-witness has it); between equal sizes it is empty and the roots are equal.
 */
export function verifyConsistency(engine: Engine, older: bigint, size: bigint, proof: readonly Uint8Array[], olderRoot: Uint8Array, root: Uint8Array): Result<true> {
  if (older < 0n || size > SIZE_MAX || older > size) return refuse('tree.size-shrinks');
  if (older === size && older > 0n) {
    if (proof.length > 0) return refuse('tree.proof-wrong-length');
    return equalBytes(olderRoot, root) ? ok(true) : refuse('tree.root-differs');
  }
  if (!areHashes([olderRoot, root, ...proof])) return refuse('tree.not-a-hash');
  if (older === 0n) {
    if (proof.length > 0) return refuse('tree.proof-wrong-length');
    const empty = emptyRoot(engine);
    return equalBytes(olderRoot, empty) && (size > 0n || equalBytes(root, empty)) ? ok(true) : refuse('tree.root-differs');
  }
  return walkConsistency(engine, older, size, isPowerOfTwo(older) ? [olderRoot, ...proof] : proof, olderRoot, root);
}

function walkConsistency(engine: Engine, older: bigint, size: bigint, path: readonly Uint8Array[], olderRoot: Uint8Array, root: Uint8Array): Result<true> {
  const [first, ...rest] = path;
  if (first === undefined) return refuse('tree.proof-wrong-length');
  let node = older - 1n;
  let last = size - 1n;
  while (node % 2n === 1n) {
    node >>= 1n;
    last >>= 1n;
  }
  let before = first;
  let after = first;
  for (const hash of rest) {
    if (last === 0n) return refuse('tree.proof-wrong-length');
    if (node % 2n === 1n || node === last) {
      before = nodeHash(engine, hash, before);
      after = nodeHash(engine, hash, after);
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      after = nodeHash(engine, after, hash);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return refuse('tree.proof-wrong-length');
  return equalBytes(before, olderRoot) && equalBytes(after, root) ? ok(true) : refuse('tree.root-differs');
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isPowerOfTwo(n: bigint): boolean {
  return n > 0n && (n & (n - 1n)) === 0n;
}

function bitsSet(n: bigint): number {
  let count = 0;
  for (let rest = n; rest > 0n; rest &= rest - 1n) count++;
  return count;
}

function areHashes(values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === 32);
}
