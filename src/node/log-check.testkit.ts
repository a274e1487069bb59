/** Reads a whole node back and checks what must hold after any crash: used wherever a test breaks something. */
import { expect } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { toHex } from '../kernel/bytes.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { decideAsync, type AsyncLedger } from '../record/decide.ts';
import { decodeEntry } from '../record/codec.ts';
import type { Fact } from '../record/rule.ts';
import { EMPTY_RANGE, extendRange, leafHash, rootOf } from '../record/tree.ts';
import { charter as charterShape, type Charter } from '../record/charter.ts';
import type { Cut } from '../record/cut.ts';
import { readTile, rootAt } from './log.ts';
import type { Head, LeafRow, Store, Tx } from './ports.ts';

const engine = nodeEngine();

/**
 * Every log: indices without gap, leaf hashes of the stored bytes, the head's root over all leaves, every
 * tile. All logs together: verdicts in one order without gap, and the same verdicts and facts when
 * everything is decided again from the bytes alone. Answers the ids of the own log's acts.
 */
export async function checkWholeRecord(store: Store, party: string): Promise<readonly string[]> {
  return store.read(async (tx) => {
    const leaves: LeafRow[] = [];
    for (const head of await tx.heads()) {
      const rows = await tx.leaves(head.party, 0, Number.MAX_SAFE_INTEGER);
      expect(rows.map((row) => row.index)).toEqual(Array.from({ length: head.size }, (_, i) => i));
      const hashes = rows.map((row) => leafHash(engine, row.envelope));
      expect(rows.map((row) => row.hash)).toEqual(hashes.map(toHex));
      expect(toHex(rootOf(engine, extendRange(engine, EMPTY_RANGE, hashes)))).toBe(head.root);
      for (let index = 0; index * 256 < head.size; index++) {
        expect(toHex(await readTile(engine, tx, head.party, 0, index, head.size))).toBe(hashes.slice(index * 256, index * 256 + 256).map(toHex).join(''));
      }
      expect(rows.filter((row) => row.verdict !== undefined)).toHaveLength(head.decided);
      leaves.push(...rows);
    }
    const decided = leaves.filter((row) => row.seq !== undefined).sort((a, b) => (a.seq as number) - (b.seq as number));
    expect(decided.map((row) => row.seq)).toEqual(decided.map((_, i) => i + 1));
    const stored = await tx.db.selectFrom('fact').selectAll().orderBy('party').orderBy('idx').orderBy('n').execute();
    const again = await decideAgain(tx, decided);
    expect(stored.map(({ kind, key, party: by, idx, act, data }) => ({ kind, key, party: by, index: idx, act, data: JSON.parse(data) as unknown }))).toEqual(
      again.toSorted((a, b) => (a.party < b.party ? -1 : a.party > b.party ? 1 : a.index - b.index)).map((fact) => ({ ...fact, data: JSON.parse(JSON.stringify(fact.data)) as unknown })),
    );
    return leaves.filter((row) => row.party === party).map((row) => row.act);
  });
}

async function decideAgain(tx: Tx, decided: readonly LeafRow[]): Promise<readonly Fact[]> {
  const row = await tx.db.selectFrom('space').selectAll().executeTakeFirstOrThrow();
  const genesis = charterShape.parse(JSON.parse(new TextDecoder().decode(row.charter))) as Charter;
  const facts: Fact[] = [];
  const cuts = new Map<string, Cut>();
  const sizes = new Map<string, number>();
  const heads = new Map((await tx.heads()).map((head) => [head.party, head]));
  const ledger: AsyncLedger = {
    holding: (party) => ({ size: heads.get(party)?.size ?? 0, decided: sizes.get(party) ?? 0 }),
    root: (party, size) => rootAt(engine, tx, heads.get(party) as Head, size),
    lastCut: (party) => cuts.get(party) ?? {},
    holdsEarlier: (party, index, act) => decided.some((leaf) => leaf.party === party && leaf.index < index && leaf.act === act),
    facts: (kind, key) => facts.filter((fact) => fact.kind === kind && fact.key === key).sort((a, b) => (a.party < b.party ? -1 : a.party > b.party ? 1 : a.index - b.index)),
  };
  for (const leaf of decided) {
    const decision = await decideAsync(engine, domainRegistry, { id: row.id, genesis }, ledger, leaf);
    if (decision.state !== 'decided') throw new Error(`${leaf.party}/${leaf.index} could not be decided again`);
    expect([leaf.party, leaf.index, decision.verdict]).toEqual([leaf.party, leaf.index, leaf.verdict]);
    expect(decodeEntry(engine, leaf.envelope).ok ? leaf.act : '').toBe(leaf.act);
    facts.push(...decision.facts);
    cuts.set(leaf.party, decision.cut);
    sizes.set(leaf.party, leaf.index + 1);
  }
  return facts;
}
