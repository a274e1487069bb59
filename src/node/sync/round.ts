/**
 * One round with one peer: read our own log back, pull the peer's own, then whatever it relays. What
 * fails for one log says nothing about the others, so each has its own outcome; only a peer that is out
 * of reach ends the round.
 */
import { IntegrityFault } from '../../kernel/fault.ts';
import type { PartyId } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Engine } from '../../record/engine.ts';
import type { Node } from '../node.ts';
import type { Peer } from '../ports.ts';
import { reportedForks } from './fork-report.ts';
import { missingParts } from './parts.ts';
import { PeerFailure } from './peer-failure.ts';
import { pullLog, type PullContext, type Pulled } from './pull.ts';

export interface RoundOptions {
  readonly node: Node;
  readonly engine: Engine;
  readonly peer: Peer;
  /** Every other way to a part. */
  readonly others: readonly Peer[];
  readonly signal: AbortSignal;
}

export interface Round {
  /** Leaves that were new here. */
  readonly stored: number;
  /** Why this round did not do all it could: the link first, then the peer's own log, then what it relays. */
  readonly problem?: Refusal;
  /** Nothing is wrong, but people should know. */
  readonly notice?: Refusal;
}

/** Never throws for anything that the peer does; what it did is in `problem` and in the link's state. */
export async function runRound(options: RoundOptions): Promise<Round> {
  const { node, peer } = options;
  let stored = 0;
  let theirSize = 0;
  let failure: Refusal | undefined;
  let notice: Refusal | undefined;
  const problems: Refusal[] = [];
  try {
    const { charter } = await node.charter();
    const context: PullContext = { node, engine: options.engine, charter, others: options.others, signal: options.signal };
    const own = await readOwnBack(context, peer);
    if (own !== undefined) problems.push(own);
    for (const log of logsOf(charter.parties.map(({ id }) => id), node.party, peer.party)) {
      if (options.signal.aborted) break;
      const pulled = await guarded(() => pullLog(context, peer, log));
      stored += pulled.stored;
      if (log === peer.party) {
        theirSize = pulled.theirSize ?? pulled.size;
        notice = setBack(log, pulled);
      }
      if (pulled.problem !== undefined) problems.push(pulled.problem);
      if (pulled.fork !== undefined) await node.forked(pulled.fork);
    }
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error;
    failure = error.refusal;
  }
  if (stored > 0) for (const evidence of await reportedForks(node, options.engine)) await node.forked(evidence);
  // A node that stops says nothing about the peer.
  if (options.signal.aborted) return { stored };
  const problem = failure ?? problems[0];
  const reason = (problem ?? notice)?.code;
  await node.contact(peer.party, failure === undefined ? { ok: true, theirSize, ...(reason === undefined ? {} : { reason }) } : { ok: false, reason: failure.code });
  return { stored, ...(problem === undefined ? {} : { problem }), ...(notice === undefined ? {} : { notice }) };
}

/**
 * A peer that shows less of its own log than it has shown before was restored or set back. It is served
 * like any other: what it lost is here, and it asks for it.
 */
function setBack(log: PartyId, { theirSize, size, problem }: Pulled): Refusal | undefined {
  if (problem !== undefined || (theirSize ?? 0) >= size) return undefined;
  return { code: 'sync.peer-behind', params: { log, size: theirSize ?? 0, held: size } };
}

/**
 * The peer's copy of our log: its cosignature is what "delivered" means. After a loss our own acts may be
 * back without their words; whoever has them is asked until they are here.
 */
async function readOwnBack(context: PullContext, peer: Peer): Promise<Refusal | undefined> {
  const { node } = context;
  const note = await peer.checkpoint(node.party);
  if (note === undefined) return undefined;
  const acknowledged = await node.acknowledge(peer.party, note);
  if (!acknowledged.ok) return acknowledged.refusal;
  const lacking = await node.store.read((tx) => missingParts(tx, node.party, 'text'));
  return lacking.length === 0 ? undefined : (await guarded(() => pullLog(context, peer, node.party))).problem;
}

/** The peer's own log first: it is the one that only this link may have. */
function logsOf(parties: readonly PartyId[], own: PartyId, peer: PartyId): readonly PartyId[] {
  return [peer, ...parties.filter((party) => party !== own && party !== peer)];
}

/** A fault of integrity stops this log and is reported with its code; it is not the other logs' affair. */
async function guarded(work: () => Promise<Pulled>): Promise<Pulled> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IntegrityFault) return { size: 0, stored: 0, problem: error.refusal };
    throw error;
  }
}
