/**
 * Forks. A log that shows two faces has signed two notes that no single log can satisfy. The proof
 * needs nobody's word: two notes under one key, one index, and under each note the inclusion of another
 * leaf there. docs/spec/peer-api.md, "Fork evidence".
 *
 * The *common size* is the index of the first leaf that differs: everything before it stands.
 */
import { equalBytes, fromBase64, toBase64, type Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import { openCheckpoint, type SignedCheckpoint } from '../../record/checkpoint.ts';
import type { Engine } from '../../record/engine.ts';
import type { NoteKey } from '../../record/note.ts';
import { consistencyProof, inclusionProof, verifyConsistency, subtreeHash, verifyInclusion, type HashReader } from '../../record/tree.ts';
import { withTiles, type TileSource } from './tiles.ts';

/** One side of a fork: a signed tree and where its hashes can be read. */
export interface Branch {
  readonly note: string;
  readonly checkpoint: SignedCheckpoint;
  readonly tiles: TileSource;
}

export interface ForkSide {
  readonly note: string;
  /** Base64 of the leaf hash at `index` and of its inclusion proof; absent when only the notes are known. */
  readonly leaf?: string;
  readonly proof?: readonly string[];
}

export interface ForkEvidence {
  readonly v: 1;
  readonly log: PartyId;
  readonly origin: string;
  /** Index at which the sides hold different leaves. */
  readonly index?: number;
  /** Number of leaves on which both sides agree; absent: not known, because nobody would show the other side's tree. */
  readonly common?: number;
  /** Ours first. */
  readonly sides: readonly [ForkSide, ForkSide];
}

/**
 * What two branches of one log are to each other. `unclear`: what the source serves does not belong to
 * the note that it showed, so nothing is proven against the owner of the log.
 */
export type Comparison = { readonly is: 'consistent' } | { readonly is: 'unclear' } | { readonly is: 'forked'; readonly evidence: ForkEvidence };

export async function compareBranches(engine: Engine, log: PartyId, ours: Branch, theirs: Branch): Promise<Comparison> {
  const size = Math.min(Number(ours.checkpoint.size), Number(theirs.checkpoint.size));
  const bare: ForkEvidence = { v: 1, log, origin: ours.checkpoint.origin, sides: [{ note: ours.note }, { note: theirs.note }] };
  const rootsDiffer = ours.checkpoint.size === theirs.checkpoint.size && !equalBytes(ours.checkpoint.root, theirs.checkpoint.root);
  const unproven: Comparison = rootsDiffer ? { is: 'forked', evidence: bare } : { is: 'unclear' };
  if (size === 0) return rootsDiffer ? unproven : { is: 'consistent' };
  if (await isPrefix(engine, ours, theirs)) return { is: 'consistent' };
  try {
    const index = await firstDifference(engine, size, ours.tiles, theirs.tiles);
    if (index === undefined) return unproven;
    const [left, right] = [await sideOf(engine, ours, index), await sideOf(engine, theirs, index)];
    if (left === undefined || right === undefined) return unproven;
    const proven: ForkEvidence = { ...bare, index, sides: [left, right] };
    // Tiles may lie about what comes before; only a prefix that the other note bears out is common.
    const common = await sharesPrefix(engine, index, ours, theirs);
    return { is: 'forked', evidence: common ? { ...proven, common: index } : proven };
  } catch (error) {
    // A source that stops answering here keeps its secret; two notes of one size are a proof without it.
    if (rootsDiffer) return unproven;
    throw error;
  }
}

/** Whether the smaller tree is a prefix of the larger one, by a proof from the larger one's tiles. */
async function isPrefix(engine: Engine, ours: Branch, theirs: Branch): Promise<boolean> {
  const [small, large] = ours.checkpoint.size <= theirs.checkpoint.size ? [ours.checkpoint, theirs] : [theirs.checkpoint, ours];
  const [older, size] = [Number(small.size), Number(large.checkpoint.size)];
  const proof = await withTiles(engine, large.tiles, (read) => consistencyProof(engine, older, size, read));
  return verifyConsistency(engine, small.size, large.checkpoint.size, proof, small.root, large.checkpoint.root).ok;
}

/** Index of the first leaf below `size` that differs, as the tiles tell it: one path down the tree, two tiles a level. */
async function firstDifference(engine: Engine, size: number, ours: TileSource, theirs: TileSource): Promise<number | undefined> {
  let from = 0;
  let level = Math.floor(Math.log2(size));
  // The perfect subtrees of `size` from left to right; the first that differs is then halved.
  while (from < size) {
    while (from + 2 ** level > size) level--;
    if (!(await agree(engine, level, from, ours, theirs))) break;
    from += 2 ** level;
  }
  if (from >= size) return undefined;
  for (; level > 0; level--) if (await agree(engine, level - 1, from, ours, theirs)) from += 2 ** (level - 1);
  return from;
}

async function sharesPrefix(engine: Engine, size: number, ours: Branch, theirs: Branch): Promise<boolean> {
  if (size === 0) return true;
  const root = await withTiles(engine, ours.tiles, (read) => subtreeHash(engine, 0, size, read));
  const proof = await withTiles(engine, theirs.tiles, (read) => consistencyProof(engine, size, Number(theirs.checkpoint.size), read));
  return verifyConsistency(engine, BigInt(size), theirs.checkpoint.size, proof, root, theirs.checkpoint.root).ok;
}

async function agree(engine: Engine, level: number, from: number, ours: TileSource, theirs: TileSource): Promise<boolean> {
  const hashIn = (source: TileSource): Promise<Bytes> => withTiles(engine, source, (read) => read(level, from / 2 ** level));
  return equalBytes(await hashIn(ours), await hashIn(theirs));
}

/** The leaf at `index` and its inclusion in the branch's note; undefined when the tiles do not bear it out. */
async function sideOf(engine: Engine, branch: Branch, index: number): Promise<ForkSide | undefined> {
  const size = Number(branch.checkpoint.size);
  const ask = <T>(work: (read: HashReader) => T): Promise<T> => withTiles(engine, branch.tiles, work);
  const leaf = await ask((read) => read(0, index));
  const proof = await ask((read) => inclusionProof(engine, index, size, read));
  if (!verifyInclusion(engine, BigInt(index), branch.checkpoint.size, leaf, proof, branch.checkpoint.root).ok) return undefined;
  return { note: branch.note, leaf: toBase64(leaf), proof: proof.map(toBase64) };
}

/**
 * Checks evidence by itself, with nothing but the log's key: both notes signed by it, and either of one
 * size with different roots, or with different leaves at one index.
 */
export function verifyFork(engine: Engine, evidence: ForkEvidence, key: NoteKey): boolean {
  const opened = evidence.sides.map((side) => openCheckpoint(engine, side.note, key));
  const [left, right] = opened.map((side) => (side.ok ? side.value : undefined));
  if (left === undefined || right === undefined) return false;
  if (left.size === right.size && !equalBytes(left.root, right.root)) return true;
  const leaves = evidence.sides.map((side, i) => provenLeaf(engine, side, i === 0 ? left : right, evidence.index));
  return leaves[0] !== undefined && leaves[1] !== undefined && !equalBytes(leaves[0], leaves[1]);
}

function provenLeaf(engine: Engine, side: ForkSide, checkpoint: SignedCheckpoint, index: number | undefined): Bytes | undefined {
  if (index === undefined || side.leaf === undefined || side.proof === undefined) return undefined;
  const leaf = fromBase64(side.leaf);
  const proof = side.proof.map(fromBase64);
  if (leaf === undefined || !proof.every((hash) => hash !== undefined)) return undefined;
  return verifyInclusion(engine, BigInt(index), checkpoint.size, leaf, proof, checkpoint.root).ok ? leaf : undefined;
}
