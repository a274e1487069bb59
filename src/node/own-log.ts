/** What leaves the node of any log, and what comes back about the own one. */
import type { PartyId } from '../kernel/ids.ts';
import { ok, type Result } from '../kernel/result.ts';
import { readAcknowledgement } from './acknowledge.ts';
import { putEvidence } from './evidence.ts';
import { linkState } from './links.ts';
import type { Live } from './live.ts';
import { mirroredNote, withCosignatures } from './release.ts';

/** The note to be served, with the cosignatures known for its size. */
export async function servedNote({ core, recovery, release }: Live, log: PartyId): Promise<string | undefined> {
  if (log === core.party) {
    // A node that lost acts must not show its shorter log as if it were the whole of it.
    if ((await recovery.refresh()) === 'recovering') return undefined;
    const note = await release.current();
    return note === undefined ? undefined : withCosignatures(core, log, sizeOf(note), note);
  }
  const note = mirroredNote(await core.store.read((tx) => tx.head(log)));
  return note === undefined ? undefined : withCosignatures(core, log, sizeOf(note), note);
}

export async function acknowledged(live: Live, from: PartyId, note: string): Promise<Result<{ delivered: number }>> {
  const { core, recovery } = live;
  const read = await readAcknowledgement(core, from, note);
  if (!read.ok) return read;
  const seen = read.value;
  if (seen.is === 'longer' && recovery.state() !== 'recovering') await recovery.lost('node.peer-holds-more');
  if (seen.is === 'differs') {
    const own = await live.release.current();
    await core.store.write((tx) => putEvidence(core, tx, core.party, 'node.own-log-differs', { v: 1, from, size: seen.size, ours: own ?? '', theirs: note }));
    await recovery.lost('node.own-log-differs');
  }
  if (seen.is !== 'delivered') return ok({ delivered: 0 });
  for (const by of seen.fresh) {
    const link = await core.store.read((tx) => linkState(core, tx, by));
    core.events.emit({ kind: 'delivered', party: by, size: link.theyHaveOurs });
    core.events.emit({ kind: 'link', link });
  }
  if (recovery.state() === 'unconfirmed') recovery.heard(from);
  return ok({ delivered: seen.size });
}

function sizeOf(note: string): number {
  return Number(note.split('\n', 2)[1]);
}
