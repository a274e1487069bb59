/**
 * What follows a proven fork, in this order: the evidence is kept and the log frozen in one transaction,
 * the desk is alarmed, the report goes into the own log for everybody to see. Everything else goes on.
 *
 * Dying after the first step: the next start finds the log frozen and evidence without a report, and
 * makes the report then (`reportPending`).
 */
import { createHash } from 'node:crypto';
import type { Refusal, Result } from '../../kernel/result.ts';
import { decodeEntry } from '../../record/codec.ts';
import type { Engine } from '../../record/engine.ts';
import { forkReportV1, FORK } from '../../record/system-acts.ts';
import { canonicalBytes } from '../../record/json.ts';
import type { Receipt } from '../../record/answers.ts';
import type { Node } from '../node.ts';
import type { Tx } from '../ports.ts';
import type { ForkEvidence } from './fork.ts';

export const FORK_CODE = 'sync.log-forked';

/** Keeps the evidence, freezes the log at the last common size, reports. Again with the same log: nothing new happens. */
export async function reportFork(node: Node, evidence: ForkEvidence, alarm: (code: string) => void): Promise<Refusal | undefined> {
  const fresh = await node.store.write(async (tx) => {
    await tx.lockSpace();
    return keepAndFreeze(tx, evidence, node.mint.now());
  });
  if (fresh) alarm(FORK_CODE);
  return reportPending(node);
}

/** True when this log was not known to be forked, or its last common size only now is. */
async function keepAndFreeze(tx: Tx, evidence: ForkEvidence, at: string): Promise<boolean> {
  const head = await tx.head(evidence.log);
  if (head === undefined) return false;
  // A difference at `index` leaves at most so many in common. Where neither is known, nothing more is taken in.
  const frozenAt = Math.min(head.frozenAt ?? head.size, evidence.common ?? evidence.index ?? head.size);
  if (head.frozenAt === frozenAt) return false;
  const data = new TextDecoder().decode(canonicalBytes(evidence));
  const id = createHash('sha256').update(data).digest('hex');
  await tx.db.insertInto('evidence').values({ id, party: evidence.log, at, code: FORK_CODE, data }).onConflict((conflict) => conflict.doNothing()).execute();
  await tx.putHead({ ...head, frozenAt });
  return true;
}

/**
 * Forks that other parties have reported, validly, of logs that are not frozen here so far: who met only
 * one face learns of the other. What a reporter says it knows of the common size is not proven; the
 * index of the difference is.
 */
export async function reportedForks(node: Node, engine: Engine): Promise<readonly ForkEvidence[]> {
  return node.store.read(async (tx) => {
    const found: ForkEvidence[] = [];
    for (const head of await tx.heads()) {
      for (const fact of await tx.facts(FORK, head.party)) {
        const leaf = await tx.leaf(fact.party, fact.index);
        const entry = leaf === undefined ? undefined : decodeEntry(engine, leaf.envelope);
        const told = entry?.ok === true ? forkReportV1.safeParse(entry.value.act.body).data : undefined;
        if (told === undefined || told.epoch !== head.epoch || (head.frozenAt ?? Infinity) <= (told.index ?? Infinity)) continue;
        const { common: _claimed, ...proven } = told;
        found.push(proven);
      }
    }
    return found;
  });
}

/** Reports every fork of which there is evidence and no report of this party yet. Answers why one could not be made. */
export async function reportPending(node: Node): Promise<Refusal | undefined> {
  const pending = await node.store.read(async (tx) => {
    const rows = await tx.db.selectFrom('evidence').select('data').where('code', '=', FORK_CODE).execute();
    const found = rows.map((row) => forkReportV1.parse(JSON.parse(row.data)));
    const open: ForkEvidence[] = [];
    for (const evidence of found) if (!(await isReported(tx, node, evidence))) open.push(evidence);
    return open;
  });
  for (const evidence of pending) {
    const told: Result<Receipt> = await node.submit([{ type: 'fork.report', v: 1, scope: 'space', body: evidence, parts: [] }], 'service');
    if (!told.ok) return told.refusal;
  }
  return undefined;
}

/** One report of a party for each epoch is enough: it proves the fork, and the charter that heals it says where. */
async function isReported(tx: Tx, node: Node, evidence: ForkEvidence): Promise<boolean> {
  const own = (await tx.facts(FORK, evidence.log)).filter((fact) => fact.party === node.party);
  return own.some((fact) => (fact.data as { readonly epoch: number }).epoch === evidence.epoch);
}
