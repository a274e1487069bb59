/**
 * One writing transaction on the record: the space row is locked, every head is read once, and what
 * this transaction changes is seen by what it decides next. The ledger that rules ask is over it.
 */
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Cut } from '../record/cut.ts';
import type { AsyncLedger, SignatureVerifier } from '../record/decide.ts';
import { chainNow, memberOf, Refused, type Core } from './core.ts';
import { withFactCache } from './fact-cache.ts';
import { emptyHead, rootAt } from './log.ts';
import type { Head, LeafRow, Tx } from './ports.ts';
import type { ChainLink } from '../record/stances.ts';

export interface Work {
  readonly core: Core;
  readonly tx: Tx;
  /** Heads as this transaction has them; changed by `setHead` alone. */
  readonly heads: ReadonlyMap<PartyId, Head>;
  /** Stored state of the space. */
  readonly state: string;
  /** Of the fact cache. */
  readonly turn: number;
  readonly ledger: AsyncLedger;
  readonly chain: readonly ChainLink[];
  /** How signatures are checked in this transaction; undefined: here and now. */
  readonly verify: SignatureVerifier | undefined;
  /** Leaves that were read ahead of their decision, by log. */
  readonly ahead: Map<PartyId, readonly LeafRow[]>;
}

const changed = new WeakMap<Work, Map<PartyId, Head>>();

/** Locks the space and reads the heads; everything read before this call is worth nothing. */
export async function openWork(core: Core, plain: Tx, verify: SignatureVerifier | undefined): Promise<Work> {
  const state = await plain.lockSpace();
  const turn = core.factCache.begin(await plain.lastDecision());
  const tx = withFactCache(plain, core.factCache);
  const heads = new Map((await tx.heads()).map((head) => [head.party, head]));
  const work: Work = { core, tx, heads, state, turn, ledger: ledgerOver(core, tx, heads), chain: await chainNow(core, tx), verify, ahead: new Map() };
  changed.set(work, heads);
  touched.set(work, new Set());
  return work;
}

const touched = new WeakMap<Work, Set<PartyId>>();

/** The head from now on; written when the work is closed. */
export function setHead(work: Work, head: Head): void {
  changed.get(work)?.set(head.party, head);
  touched.get(work)?.add(head.party);
}

/** Writes the heads that changed, once each, at the end of the transaction. */
export async function closeWork(work: Work): Promise<void> {
  for (const party of touched.get(work) ?? []) await work.tx.putHead(work.heads.get(party) as Head);
}

export function headOf(work: Pick<Work, 'core' | 'heads' | 'chain'>, party: PartyId): Head {
  const known = work.heads.get(party);
  if (known !== undefined) return known;
  const member = memberOf(work.chain, party);
  if (member === undefined) throw new Refused({ code: 'ingest.not-a-party', params: { party } });
  return emptyHead(work.core.engine, party, member.epoch);
}

/** How many leaves of a log count: a frozen log ends at its last common size. */
export function countedSize(head: Head): number {
  return Math.min(head.size, head.frozenAt ?? head.size);
}

function ledgerOver(core: Core, tx: Tx, heads: ReadonlyMap<PartyId, Head>): AsyncLedger {
  return {
    holding(party) {
      const head = heads.get(party);
      return head === undefined ? { size: 0, decided: 0 } : { size: countedSize(head), decided: Math.min(head.decided, countedSize(head)) };
    },
    async root(party, size): Promise<Hash> {
      const head = heads.get(party);
      if (head === undefined) throw new RangeError(`root of the unknown log ${party}`);
      return rootAt(core.engine, tx, head, size);
    },
    lastCut(party): Cut {
      return heads.get(party)?.cut ?? {};
    },
    async holdsEarlier(party, index, act) {
      return (await tx.leafByAct(act)).some((leaf) => leaf.party === party && leaf.index < index);
    },
    facts: (kind, key) => tx.facts(kind, key),
  };
}
