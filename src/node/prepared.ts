/** Prepared acts that wait: shown to the officers who are named in them, and given up before the last has signed. */
import type { Hash, ObjectId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { PreparedAnswer } from '../record/answers.ts';
import { decodeAct } from '../record/codec.ts';
import type { PartRef } from '../record/act.ts';
import { Refused, type Core } from './core.ts';
import { answerFor, expirePrepared, readPrepared } from './prepare.ts';
import type { WaitingAct } from './node.ts';

/** What the officer's page needs to sign. Refusals `act.prepared-unknown`, `act.prepared-expired`, `act.not-asked-to-sign`, `mandate.no-key`. */
export async function showPrepared(core: Core, prepared: string, officer: ObjectId): Promise<Result<PreparedAnswer>> {
  return core.store.read(async (tx) => {
    const stored = await readPrepared(tx, prepared);
    if (stored === undefined) return refuse('act.prepared-unknown');
    if (!stored.officers.includes(officer)) return refuse('act.not-asked-to-sign');
    if (stored.state !== 'waiting' || stored.expiresAt <= core.clock.now()) return refuse('act.prepared-expired');
    try {
      return ok(await answerFor(core, tx, stored, officer));
    } catch (error) {
      if (error instanceof Refused) return { ok: false, refusal: error.refusal };
      throw error;
    }
  });
}

/** Acts that name the officer and that they have not signed yet, oldest first. */
export async function waitingFor(core: Core, officer: ObjectId): Promise<readonly WaitingAct[]> {
  await expirePrepared(core);
  const rows = await core.store.read((tx) => tx.db.selectFrom('prepared').selectAll().where('state', '=', 'waiting').orderBy('created_at').orderBy('id').execute());
  return rows.flatMap((row) => {
    const officers = JSON.parse(row.officers) as ObjectId[];
    const signed = (JSON.parse(row.signatures) as { officer: ObjectId }[]).map((signature) => signature.officer);
    if (!officers.includes(officer) || signed.includes(officer)) return [];
    const decoded = decodeAct(row.payload);
    const text = decoded.ok ? (decoded.value.body as { text?: Hash }).text : undefined;
    return [{ prepared: row.id, type: row.type, ...(text === undefined ? {} : { text }), by: row.by, officers, signed, expiresAt: row.expires_at }];
  });
}

/**
 * Gives a prepared act up: by whoever is named in it, as long as it is not recorded. Signatures given
 * so far go with it; nothing of it ever left the node.
 */
export async function cancelPrepared(core: Core, prepared: string, officer: ObjectId): Promise<Result<undefined>> {
  return core.store.write(async (tx) => {
    await tx.lockSpace();
    const stored = await readPrepared(tx, prepared);
    if (stored === undefined) return refuse('act.prepared-unknown');
    if (!stored.officers.includes(officer)) return refuse('act.not-asked-to-sign');
    if (stored.state !== 'waiting') return refuse('act.prepared-expired');
    await tx.db.updateTable('prepared').set({ state: 'expired', signatures: '[]' }).where('id', '=', prepared).execute();
    const commits = stored.parts.map((ref: PartRef) => ref.part);
    if (commits.length > 0) await tx.db.deleteFrom('part').where('commit', 'in', commits).where('state', '=', 'prepared').execute();
    return ok(undefined);
  });
}
