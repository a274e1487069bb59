/**
 * Parts of class `file` and `personal` do not travel with the leaves: they are fetched when somebody
 * wants to open one, from its owner or from whoever may hold it.
 */
import type { Hash } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Engine } from '../../record/engine.ts';
import type { Node } from '../node.ts';
import type { Peer } from '../ports.ts';
import { fetchPart } from './parts.ts';
import { PeerFailure } from './peer-failure.ts';

/**
 * Makes the part readable by `node.openPart`, over the network where it is not here yet. Refusals
 * `part.unknown`, `part.erased`, `part.withheld` (not for this party), `sync.part-not-at-hand` (nobody in
 * reach gives it now), and those of ingest.
 */
export async function fetchFile(node: Node, engine: Engine, peers: readonly Peer[], commit: Hash): Promise<Result<'here'>> {
  const row = await node.store.read((tx) => tx.db.selectFrom('part').select(['state', 'size', 'party']).where('commit', '=', commit).executeTakeFirst());
  if (row?.state !== 'missing') {
    const opened = await node.openPart(commit);
    // A personal part that asks for a reason is here; whoever opens it gives one.
    return opened.ok || opened.refusal.code === 'part.reason-missing' ? ok('here') : opened;
  }
  const ownerFirst = peers.toSorted((a, b) => Number(b.party === row.party) - Number(a.party === row.party));
  const answer = await fetchPart(engine, { part: commit, size: row.size }, ownerFirst).catch(outOfReach);
  const note = await node.checkpoint(row.party);
  if (answer === 'withheld' || answer === 'erased' || note === undefined) return refuse('sync.part-not-at-hand');
  const size = (await node.heads()).find((head) => head.party === row.party)?.size ?? 0;
  const taken = await node.ingest({ party: row.party, from: size, entries: [], note, parts: new Map([[commit, answer]]) });
  return taken.ok ? ok('here') : taken;
}

function outOfReach(error: unknown): 'withheld' {
  if (error instanceof PeerFailure) return 'withheld';
  throw error;
}
