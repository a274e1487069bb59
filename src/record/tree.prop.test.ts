import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { concatBytes, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { decodeEntries, encodeEntries, parseTilePath, tileHashes, tilePath, tileReader, tileRoot, tilesOf, tileWidth } from './tile.ts';
import { EMPTY_RANGE, consistencyProof, extendRange, formatRange, inclusionProof, leafHash, nodeHash, parseRange, rootOf, verifyConsistency, verifyInclusion, type HashReader } from './tree.ts';

const engine = nodeEngine();
const leaves = Array.from({ length: 700 }, (_, i) => leafHash(engine, utf8(`entry ${i}`)));

/** The definition of RFC 6962 §2.1, word for word. */
function mth(hashes: readonly Bytes[]): Bytes {
  if (hashes.length === 0) return engine.sha256(new Uint8Array(0));
  if (hashes.length === 1) return hashes[0] as Bytes;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(engine, mth(hashes.slice(0, k)), mth(hashes.slice(k)));
}

const read: HashReader = (level, index) => mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const size = fc.integer({ min: 1, max: leaves.length });

test('a compact range, extended in any steps, has the root of the definition', () => {
  fc.assert(fc.property(size, fc.array(fc.nat(40), { maxLength: 8 }), (n, steps) => {
    let range = EMPTY_RANGE;
    for (const step of [...steps, n]) range = extendRange(engine, range, leaves.slice(range.size, Math.min(n, range.size + step)));
    expect(range.size).toBe(n);
    expect(rootOf(engine, range)).toEqual(mth(leaves.slice(0, n)));
    expect(parseRange(n, formatRange(range))).toEqual({ ok: true, value: range });
    expect(parseRange(n + 1, formatRange(range)).ok).toBe((n & 1) === 1 && bits(n) === bits(n + 1));
  }), { numRuns: 60 });
});

function bits(n: number): number {
  return n.toString(2).replaceAll('0', '').length;
}

test('every leaf of every prefix has an inclusion proof; with any part of it changed it has none', () => {
  fc.assert(fc.property(size, fc.nat(), fc.nat(), (n, at, what) => {
    const index = at % n;
    const root = mth(leaves.slice(0, n));
    const proof = inclusionProof(engine, index, n, read);
    const verdict = (i: number, of: number, leaf: Bytes, path: readonly Bytes[], r: Bytes): boolean => verifyInclusion(engine, BigInt(i), BigInt(of), leaf, path, r).ok;
    const leaf = leaves[index] as Bytes;
    expect(verdict(index, n, leaf, proof, root)).toBe(true);
    expect(verdict(index, n, leaf, [...proof, root], root)).toBe(false);
    expect(verdict(index, n, flipped(leaf), proof, root)).toBe(false);
    expect(verdict(index, n, leaf, proof, flipped(root))).toBe(false);
    expect(verdict(n, n, leaf, proof, root)).toBe(false);
    if (proof.length === 0) return;
    expect(verdict(index, n, leaf, proof.slice(1), root)).toBe(false);
    expect(verdict(index, n, leaf, proof.map((hash, i) => (i === what % proof.length ? flipped(hash) : hash)), root)).toBe(false);
    expect(verdict(index ^ 1, Math.max(n, (index ^ 1) + 1), leaf, proof, root)).toBe(false);
  }), { numRuns: 150 });
});

test('every two prefixes have a consistency proof; with any part of it changed they have none', () => {
  fc.assert(fc.property(size, fc.nat(), fc.nat(), (n, smaller, what) => {
    const older = smaller % (n + 1);
    const [olderRoot, root] = [mth(leaves.slice(0, older)), mth(leaves.slice(0, n))];
    const proof = consistencyProof(engine, older, n, read);
    const verdict = (path: readonly Bytes[], from: Bytes, to: Bytes): boolean => verifyConsistency(engine, BigInt(older), BigInt(n), path, from, to).ok;
    expect(verdict(proof, olderRoot, root)).toBe(true);
    expect(verdict([...proof, root], olderRoot, root)).toBe(false);
    expect(verdict(proof, flipped(olderRoot), root)).toBe(false);
    if (older > 0) expect(verdict(proof, olderRoot, flipped(root))).toBe(false);
    if (proof.length === 0) return;
    expect(verdict(proof.slice(1), olderRoot, root)).toBe(false);
    expect(verdict(proof.map((hash, i) => (i === what % proof.length ? flipped(hash) : hash)), olderRoot, root)).toBe(false);
  }), { numRuns: 150 });
});

test('proofs can be read out of tiles', () => {
  const n = 700;
  const level0 = [0, 1, 2].map((i) => leaves.slice(i * 256, Math.min(n, (i + 1) * 256)));
  const level1 = [0, 1].map((i) => tileRoot(engine, level0[i] as Bytes[]));
  const fromTiles = tileReader(engine, (level, index) => (level === 0 ? level0[index] : level === 1 && index === 0 ? level1 : undefined));
  for (const index of [0, 255, 256, 511, 512, 699]) expect(inclusionProof(engine, index, n, fromTiles)).toEqual(inclusionProof(engine, index, n, read));
  expect(consistencyProof(engine, 513, n, fromTiles)).toEqual(consistencyProof(engine, 513, n, read));
  expect(() => inclusionProof(engine, 0, n, tileReader(engine, () => undefined))).toThrow('missing');
});

test('the tiles of a log of 70,000 and of 256 are those the specification counts', () => {
  const count = (n: number, level: number | 'entries'): { full: number; partial: number[] } => {
    const places = tilesOf(n).filter((place) => place.level === level);
    return { full: places.filter(({ width }) => width === 256).length, partial: places.map(({ width }) => width).filter((width) => width < 256) };
  };
  expect([count(70_000, 'entries'), count(70_000, 0), count(70_000, 1), count(70_000, 2), count(70_000, 3)]).toEqual([
    { full: 273, partial: [112] }, { full: 273, partial: [112] }, { full: 1, partial: [17] }, { full: 0, partial: [1] }, { full: 0, partial: [] },
  ]);
  expect([count(256, 0), count(256, 1)]).toEqual([{ full: 1, partial: [] }, { full: 0, partial: [1] }]);
  expect(tilesOf(0)).toEqual([]);
  for (const { level, index, width } of tilesOf(70_000)) expect(tileWidth(level, index, 70_000)).toBe(width);
});

test('tile paths: written and read back, and no other form is read', () => {
  fc.assert(fc.property(fc.oneof(fc.nat(63), fc.constant('entries' as const)), fc.oneof(fc.nat(2000), fc.maxSafeInteger().map(Math.abs)), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
    expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width });
  }));
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
  for (const path of ['tile/0/x000/001', 'tile/0/1', 'tile/00/001', 'tile/64/001', 'tile/0/001.p/0', 'tile/0/001.p/256', 'tile/0/001.p/01', 'tile/data/001', 'tile/0/001/x002', '/tile/0/001', 'tile/0/x999/x999/x999/x999/x999/x999/999']) {
    expect(parseTilePath(path), path).toBeUndefined();
  }
});

test('entry bundles: lengths of two bytes, exactly as many entries, nothing behind', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
    const bundle = encodeEntries(entries);
    const decoded = decodeEntries(bundle, entries.length);
    expect(decoded.ok && decoded.value.map(toHex)).toEqual(entries.map(toHex));
    expect(decodeEntries(bundle, entries.length + 1).ok).toBe(false);
    expect(decodeEntries(concatBytes(bundle, Uint8Array.of(0)), entries.length).ok).toBe(false);
  }));
  expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow(RangeError);
  expect(tileHashes(new Uint8Array(63), 2)).toBeUndefined();
});

function flipped(bytes: Bytes): Bytes {
  const changed = bytes.slice();
  changed[7]! ^= 0x10;
  return changed;
}
