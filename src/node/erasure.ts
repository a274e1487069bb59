/**
 * Erasure: an order in the record, then destruction, then the statement that it is done. docs/spec/part.md.
 *
 *   1. the transaction that decides a valid `part.erase` drops the ciphertext of the part held here
 *   2. after its commit the key store destroys salt and key, durably
 *   3. the node's own office records `part.erased`: destroyed now, gone from key-store backups on that day
 *
 * Dying between any two steps: the next start finds the order without this party's statement and goes
 * on. After a restore every order is carried out again before a part is given to anybody.
 */
import type { Hash } from '../kernel/ids.ts';
import { millisOf } from '../kernel/time.ts';
import type { Fact } from '../record/rule.ts';
import { PART_ERASE, PART_ERASED } from '../record/system-acts.ts';
import type { Core } from './core.ts';
import type { ActDraft } from './node.ts';
import type { Tx } from './ports.ts';

/** Backups of the key store are kept no longer than this; the date in `part.erased` follows from it. */
export const KEY_BACKUP_DAYS = 30;
/** What one `part.erased` may name. */
const PARTS_MAX = 200;

/** Step 1, inside the deciding transaction. */
export async function dropErased(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const commits = facts.filter((fact) => fact.kind === PART_ERASE).map((fact) => fact.key);
  if (commits.length === 0) return;
  await tx.db.updateTable('part').set({ state: 'erased', sealed: null }).where('commit', 'in', commits).where('state', '!=', 'withheld').execute();
}

interface Order {
  readonly erase: Hash;
  readonly parts: Hash[];
}

/** Orders that concern a part this node knew and that this party has not answered yet. */
async function openOrders(core: Core, tx: Tx): Promise<readonly Order[]> {
  const rows = await tx.db
    .selectFrom('fact as ordered')
    .innerJoin('part', 'part.commit', 'ordered.key')
    .select(['ordered.act as erase', 'ordered.key as part'])
    .where('ordered.kind', '=', PART_ERASE)
    .where('part.state', '=', 'erased')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('fact as done').select('done.act').where('done.kind', '=', PART_ERASED).where('done.party', '=', core.party).whereRef('done.key', '=', 'ordered.key'))),
    )
    .orderBy('ordered.party')
    .orderBy('ordered.idx')
    .orderBy('ordered.n')
    .limit(PARTS_MAX)
    .execute();
  const orders = new Map<Hash, Order>();
  for (const { erase, part } of rows) {
    const order = orders.get(erase) ?? { erase, parts: [] };
    order.parts.push(part);
    orders.set(erase, order);
  }
  return [...orders.values()];
}

export interface EraseRunner {
  /** Carries out open orders; called after a commit that may hold one, and at the start. */
  wake(): void;
  idle(): Promise<void>;
}

/** `record`: submits by the node's own office; a refusal leaves the statement for the next time. */
export function eraseRunner(core: Core, record: (draft: ActDraft) => Promise<boolean>): EraseRunner {
  let tail: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    for (;;) {
      const orders = await core.store.read((tx) => openOrders(core, tx));
      if (orders.length === 0) return;
      for (const { erase, parts } of orders) {
        for (const part of parts) await core.keys.destroy(part);
        await core.store.scrub();
        const destroyedAt = core.clock.now();
        const backupsGoneOn = new Date(millisOf(destroyedAt) + KEY_BACKUP_DAYS * 86_400_000).toISOString().slice(0, 10);
        if (!(await record({ type: 'part.erased', v: 1, scope: 'space', body: { erase, parts, destroyedAt, backupsGoneOn }, parts: [] }))) return;
      }
    }
  }

  return {
    wake() {
      tail = tail.then(run).catch((error: unknown) => core.report('node.erasure-failed', { error: error instanceof Error ? error.name : 'unknown' }));
    },
    idle: () => tail,
  };
}

/** After a restore: the key store may be older than the orders, so all of them are carried out again. */
export async function reapplyErasures(core: Core): Promise<void> {
  const commits = await core.store.write(async (tx) => {
    const rows = await tx.db.selectFrom('fact').select('key').distinct().where('kind', '=', PART_ERASE).execute();
    const keys = rows.map((row) => row.key);
    for (let from = 0; from < keys.length; from += 500) {
      await tx.db.updateTable('part').set({ state: 'erased', sealed: null }).where('commit', 'in', keys.slice(from, from + 500)).where('state', '!=', 'withheld').execute();
    }
    return keys;
  });
  for (const commit of commits) await core.keys.destroy(commit);
  if (commits.length > 0) await core.store.scrub();
}
