/**
 * The `text` parts that travel with entries. A mirror stores them in the same transaction as the leaf
 * and cosigns nothing before it has them all; so they are fetched first, from whoever serves the entries,
 * else from anybody who may hold them. What nobody gives today is asked for again in every round.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import { partsOf, type PartRef } from '../../record/act.ts';
import { decodeEntry } from '../../record/codec.ts';
import type { Engine } from '../../record/engine.ts';
import { openPart } from '../../record/part.ts';
import type { Tx } from '../ports.ts';
import { PeerFailure } from './peer-failure.ts';
import type { LogSource } from './source.ts';

/** Openings of one batch stay in memory until they are stored. */
const BATCH_BYTES_MAX = 32 * 1024 * 1024;
const AT_ONCE = 4;

/** What is needed to ask for a part and to check the answer. */
export type WantedPart = Pick<PartRef, 'part' | 'size'>;

export interface FetchedParts {
  /** How many of the lists were worked through: a batch is cut where its parts would fill the memory. */
  readonly covered: number;
  readonly parts: ReadonlyMap<Hash, Bytes>;
  /** The first part that nobody in reach gives. */
  readonly withheld?: Hash;
}

/**
 * The `text` parts of each entry that `reader` may hold. An entry that does not decode is a leaf without
 * effect and refers to nothing.
 */
export function textPartsOf(engine: Engine, reader: PartyId, envelope: Uint8Array): readonly PartRef[] {
  const entry = decodeEntry(engine, envelope);
  if (!entry.ok) return [];
  return partsOf(entry.value.act.body).filter((ref) => ref.class === 'text' && (ref.audience === undefined || ref.audience.includes(reader)));
}

/** Which of these parts need no fetching: held, or erased here for good. */
export async function settledParts(tx: Tx, commits: readonly Hash[]): Promise<ReadonlySet<Hash>> {
  const settled = new Set<Hash>();
  // SQLite bounds the number of bound values in a statement.
  for (let from = 0; from < commits.length; from += 500) {
    const rows = await tx.db
      .selectFrom('part')
      .select('commit')
      .where('commit', 'in', commits.slice(from, from + 500))
      .where('state', 'in', ['held', 'erased'])
      .execute();
    for (const row of rows) settled.add(row.commit);
  }
  return settled;
}

/** Parts of a log that may be here and are not, earliest first. */
export async function missingParts(tx: Tx, log: PartyId, kind: 'text' | 'file'): Promise<readonly WantedPart[]> {
  const rows = await tx.db
    .selectFrom('part')
    .select(['commit', 'size'])
    .where('state', '=', 'missing')
    .where('party', '=', log)
    .where('class', '=', kind)
    .orderBy('idx')
    .limit(512)
    .execute();
  return rows.map((row) => ({ part: row.commit, size: row.size }));
}

/** Fetches what the lists name, in their order, and stops before the memory of a batch would be exceeded. */
export async function fetchParts(engine: Engine, lists: readonly (readonly WantedPart[])[], sources: readonly LogSource[]): Promise<FetchedParts> {
  const parts = new Map<Hash, Bytes>();
  let withheld: Hash | undefined;
  let bytes = 0;
  let covered = 0;
  for (; covered < lists.length; covered++) {
    const wanted = (lists[covered] as readonly WantedPart[]).filter((ref) => !parts.has(ref.part));
    bytes += wanted.reduce((sum, ref) => sum + ref.size, 0);
    if (covered > 0 && bytes > BATCH_BYTES_MAX) break;
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const asked = wanted.slice(from, from + AT_ONCE);
      const answers = await Promise.all(asked.map((ref) => fetchPart(engine, ref, sources)));
      for (const [i, answer] of answers.entries()) {
        const { part } = asked[i] as WantedPart;
        if (answer === 'withheld') withheld ??= part;
        else if (answer !== 'erased') parts.set(part, answer);
      }
    }
  }
  return withheld === undefined ? { covered, parts } : { covered, parts, withheld };
}

/**
 * One part from the first source that has it. What does not open the commitment is no answer, whoever
 * gives it; a source out of reach is passed over, but if it is the first, the pull ends with its failure.
 */
export async function fetchPart(engine: Engine, ref: WantedPart, sources: readonly LogSource[]): Promise<Bytes | 'erased' | 'withheld'> {
  let erased = false;
  let failure: PeerFailure | undefined;
  for (const [turn, source] of sources.entries()) {
    try {
      const answer = await source.part(ref.part);
      if (answer === 'erased') erased = true;
      else if (answer !== undefined && openPart(engine, ref.part, answer, ref.size).ok) return answer;
    } catch (error) {
      if (!(error instanceof PeerFailure)) throw error;
      if (turn === 0) failure = error;
    }
  }
  if (erased) return 'erased';
  if (failure !== undefined) throw failure;
  return 'withheld';
}
