/**
 * Forks. A log that shows two faces has signed two notes that no single log can satisfy. The proof
 * needs nobody's word: two notes under one key, one index, and under each note the inclusion of another
 * leaf there. docs/spec/peer-api.md, "Forks".
 *
 * The *common size* is the index of the first leaf that differs: everything before it stands.
 */
import type { z } from 'zod';
import { equalBytes, toBase64, type Bytes } from '../../kernel/bytes.ts';
import type { CharterParty } from '../../record/charter.ts';
import type { SignedCheckpoint } from '../../record/checkpoint.ts';
import type { Engine } from '../../record/engine.ts';
import type { forkReportV1 } from '../../record/system-acts.ts';
import { consistencyProof, inclusionProof, verifyConsistency, subtreeHash, verifyInclusion, type HashReader } from '../../record/tree.ts';
import { withTiles, type TileSource } from './tiles.ts';

/** One side of a fork: a signed tree and where its hashes can be read. */
export interface Branch {
  /** Text and the log's own signature, nothing else: what others add must not make the evidence too long to tell. */
  readonly note: string;
  readonly checkpoint: SignedCheckpoint;
  readonly tiles: TileSource;
}

/** The body of a `fork.report`: what is kept as evidence is what is told. Ours first. */
export type ForkEvidence = z.infer<typeof forkReportV1>;

/**
 * What two branches of one log are to each other. `unclear`: what the source serves does not belong to
 * the note that it showed, so nothing is proven against the owner of the log.
 */
export type Comparison = { readonly is: 'consistent' } | { readonly is: 'unclear' } | { readonly is: 'forked'; readonly evidence: ForkEvidence };

export async function compareBranches(engine: Engine, log: CharterParty, ours: Branch, theirs: Branch): Promise<Comparison> {
  const size = Math.min(Number(ours.checkpoint.size), Number(theirs.checkpoint.size));
  const bare: ForkEvidence = { log: log.id, epoch: log.epoch, sides: [{ note: ours.note }, { note: theirs.note }] };
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
async function sideOf(engine: Engine, branch: Branch, index: number): Promise<ForkEvidence['sides'][number] | undefined> {
  const size = Number(branch.checkpoint.size);
  const ask = <T>(work: (read: HashReader) => T): Promise<T> => withTiles(engine, branch.tiles, work);
  const leaf = await ask((read) => read(0, index));
  const proof = await ask((read) => inclusionProof(engine, index, size, read));
  if (!verifyInclusion(engine, BigInt(index), branch.checkpoint.size, leaf, proof, branch.checkpoint.root).ok) return undefined;
  return { note: branch.note, leaf: toBase64(leaf), proof: proof.map(toBase64) };
}
