/** Proofs that something went wrong with a log: kept for ever, exportable, told once. */
import { toHex, utf8 } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { chainNow, memberOf, type Core } from './core.ts';
import type { Tx } from './ports.ts';
import type { ForkEvidence } from './sync/fork.ts';

/** Keeps a proof under the digest of its text; true when it is new. */
export async function putEvidence(core: Core, tx: Tx, party: PartyId, code: string, data: unknown): Promise<boolean> {
  const text = JSON.stringify(data);
  const id: Hash = toHex(core.engine.sha256(utf8(text)));
  const added = await tx.db
    .insertInto('evidence')
    .values({ id, party, at: core.clock.now(), code, data: text })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** Two notes of one size and different roots are a proof by themselves: what a file from elsewhere may bring. */
export async function evidenceByNotes(core: Core, party: PartyId, note: string, size: number): Promise<ForkEvidence | undefined> {
  return core.store.read(async (tx) => {
    const kept = await tx.db.selectFrom('checkpoint').select('note').where('party', '=', party).where('size', '=', size).executeTakeFirst();
    const member = memberOf(await chainNow(core, tx), party);
    if (kept === undefined || member === undefined) return undefined;
    return { log: party, epoch: member.epoch, sides: [{ note: kept.note }, { note }] };
  });
}
