/** Inclusion proofs from the stored log: which subtrees a proof needs is computed first, then they are read. */
import { nodeEngine } from '../../../adapters/engine/node-engine.ts';
import { toHex, type Bytes } from '../../../kernel/bytes.ts';
import { subtreeAt } from '../../../node/log.ts';
import type { Head, LeafRow, Tx } from '../../../node/ports.ts';
import { inclusionProof } from '../../../record/tree.ts';
import type { z } from 'zod';
import type { proofView } from '../views.ts';

const engine = nodeEngine();

/** O(log size) reads. */
export async function storedProof(tx: Tx, head: Head, index: number): Promise<Bytes[]> {
  const wanted: (readonly [number, number])[] = [];
  inclusionProof(engine, index, head.size, (level, at) => {
    wanted.push([level, at]);
    return new Uint8Array(32);
  });
  const read = new Map<string, Bytes>();
  for (const [level, at] of wanted) read.set(`${level} ${at}`, await subtreeAt(engine, tx, head.party, level, at));
  return inclusionProof(engine, index, head.size, (level, at) => read.get(`${level} ${at}`) as Bytes);
}

export async function proofOf(tx: Tx, head: Head, leaf: LeafRow): Promise<z.infer<typeof proofView>> {
  return { size: head.size, root: head.root, leaf: leaf.hash, path: (await storedProof(tx, head, leaf.index)).map(toHex) };
}
