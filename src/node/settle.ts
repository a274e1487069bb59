/**
 * Deciding what is held: acts of any log get their verdict, facts and rows as soon as the cut they rest
 * on is held and decided here. Both write paths end here.
 */
import type { PartyId } from '../kernel/ids.ts';
import { partsOf, type PlacedAct } from '../record/act.ts';
import { decideAsync, type Decision } from '../record/decide.ts';
import type { Fact } from '../record/rule.ts';
import { countedSize, setHead, type Work } from './work.ts';
import { dropErased } from './erasure.ts';
import { projectInline } from './project.ts';
import type { Head, LeafRow } from './ports.ts';

/** What one transaction decided, for events after the commit. */
export interface Settled {
  readonly party: PartyId;
  /** Size of the log after the transaction. */
  size: number;
  readonly types: Set<string>;
  readonly keys: Set<string>;
}

export type SettledByParty = Map<PartyId, Settled>;

/** Decisions per transaction: bounds how long others wait when a long-awaited prefix releases many acts. */
const DECISIONS_MAX = 512;
/** Leaves per read: one statement costs as much as a few rows. */
const READ_AHEAD = 64;

/** Decides as far as the cuts are held; true when it stopped at the bound and there may be more. */
export async function settleHeld(work: Work, settled: SettledByParty): Promise<boolean> {
  let decisions = 0;
  for (let progress = true; progress; ) {
    progress = false;
    for (const party of [...work.heads.keys()].sort()) {
      while (decisions < DECISIONS_MAX && (await settleNext(work, party, settled))) {
        decisions++;
        progress = true;
      }
    }
    if (decisions >= DECISIONS_MAX) return true;
  }
  return false;
}

/** Decides the next act of one log; false when there is none or its cut is not held yet. */
async function settleNext(work: Work, party: PartyId, settled: SettledByParty): Promise<boolean> {
  const head = work.heads.get(party) as Head;
  if (head.decided >= countedSize(head)) return false;
  const leaf = await leafAt(work, party, head.decided);
  if (leaf === undefined) throw new Error(`leaf ${party}/${head.decided} is missing below the head`);
  const decision = await decideAsync(work.core.engine, work.core.registry, work.core.space, work.ledger, leaf, work.verify);
  if (decision.state !== 'decided') {
    if (decision.state === 'unsupported') work.core.report('node.rules-unsupported', { rules: decision.rules });
    return false;
  }
  await work.tx.putVerdict(party, leaf.index, decision.verdict, decision.facts);
  await afterDecision(work, leaf, decision, settled);
  return true;
}

/** A leaf that waits for its decision; those behind it are read with it. */
async function leafAt(work: Work, party: PartyId, index: number): Promise<LeafRow | undefined> {
  const known = work.ahead.get(party)?.[index - (work.ahead.get(party)?.[0]?.index ?? 0)];
  if (known !== undefined) return known;
  const page = await work.tx.leaves(party, index, index + READ_AHEAD);
  work.ahead.set(party, page);
  return page[0];
}

/** What follows a verdict in the same transaction: the head and the read tables. */
export async function afterDecision(work: Work, leaf: Pick<LeafRow, 'party' | 'index' | 'type'>, decision: Decision & { state: 'decided' }, settled: SettledByParty): Promise<void> {
  const head = work.heads.get(leaf.party) as Head;
  const moved: Head = { ...head, decided: leaf.index + 1, cut: decision.cut };
  setHead(work, moved);
  await dropErased(work.core, work.tx, decision.facts);
  if (decision.placed !== undefined) await projectInline(work.core, work.tx, decision.placed, decision.verdict);
  noteSettled(settledEntry(settled, moved), leaf, decision.placed, decision.facts);
}

/** The entry of a log in what the transaction did, with the size of its head now. */
export function settledEntry(settled: SettledByParty, head: Pick<Head, 'party' | 'size'>): Settled {
  const entry = settled.get(head.party) ?? { party: head.party, size: head.size, types: new Set<string>(), keys: new Set<string>() };
  entry.size = head.size;
  settled.set(head.party, entry);
  return entry;
}

function noteSettled(entry: Settled, leaf: Pick<LeafRow, 'type'>, placed: PlacedAct | undefined, facts: readonly Fact[]): void {
  if (leaf.type !== '') entry.types.add(leaf.type);
  if (placed === undefined) return;
  entry.keys.add(placed.id);
  const parts = new Set(partsOf(placed.act.body).map((ref) => ref.part));
  for (const fact of facts) if (!parts.has(fact.key)) entry.keys.add(fact.key);
}
