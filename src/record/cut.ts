/**
 * The cut of an act: which prefix of each log it can rest on. docs/spec/fold.md.
 *
 *   cut(p, i)[p] = i
 *   cut(p, i)[q] = max(cut(p, i−1)[q], seen[q].size where seen[q].root is the root of q's log at that size)
 *
 * A `seen` with a false root counts for nothing; one that reaches beyond what is held or decided here
 * makes the act wait. `seen` is a lower bound, so an act that was overtaken while it was being signed
 * is judged by what its log had seen when it was appended, the same on every node.
 */
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Act } from './act.ts';

/** Per party the size of the prefix; a party that is absent counts as 0. */
export type Cut = Readonly<Record<PartyId, number>>;

export const EMPTY_CUT: Cut = Object.freeze({});

/** What a ledger holds of one log: leaves [0, size), of which [0, decided) have a verdict. */
export interface Holding {
  readonly size: number;
  readonly decided: number;
}

/** What the cut needs to know about a log, asked one at a time so that a database can answer. */
export type CutNeed =
  | { readonly need: 'holding'; readonly party: PartyId }
  | { readonly need: 'root'; readonly party: PartyId; readonly size: number };

export type CutOutcome = { readonly cut: Cut } | { readonly waitingFor: { readonly party: PartyId; readonly size: number } };

/** Computes the cut of `act` at `index`, given that of the act before it in the same log. */
export function* cutOf(act: Pick<Act, 'party' | 'seen'>, index: number, before: Cut): Generator<CutNeed, CutOutcome, unknown> {
  const cut: Record<PartyId, number> = { ...before };
  for (const [party, claim] of Object.entries(act.seen)) {
    if (claim.size <= (before[party] ?? 0)) continue;
    const holding = (yield { need: 'holding', party }) as Holding;
    if (holding.size < claim.size) return { waitingFor: { party, size: claim.size } };
    const root = (yield { need: 'root', party, size: claim.size }) as Hash;
    if (root !== claim.root) continue;
    if (holding.decided < claim.size) return { waitingFor: { party, size: claim.size } };
    cut[party] = claim.size;
  }
  cut[act.party] = index;
  return { cut };
}

/** Whether a position lies inside the cut. */
export function inCut(cut: Cut, party: PartyId, index: number): boolean {
  return index < (cut[party] ?? 0);
}
