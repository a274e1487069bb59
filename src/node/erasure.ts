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
import { appendJournal } from './journal.ts';
import type { ActDraft } from './node.ts';
import type { Tx } from './ports.ts';

/** Backups of the key store are kept no longer than this; the date in `part.erased` follows from it. */
export const KEY_BACKUP_DAYS = 30;
/** What one `part.erased` may name. */
const PARTS_MAX = 200;

/** Step 1, inside the deciding transaction. What was here and is dropped stands in the access journal with the order's reason. */
export async function dropErased(core: Core, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const orders = facts.filter((fact) => fact.kind === PART_ERASE) as readonly Fact<EraseData>[];
  for (let from = 0; from < orders.length; from += COMMITS_MAX) await dropOrdered(core, tx, orders.slice(from, from + COMMITS_MAX));
}

interface EraseData {
  readonly basis: 'retention' | 'request' | 'order' | 'mistake';
}

/** Commitments in one statement. */
const COMMITS_MAX = 500;

async function dropOrdered(core: Core, tx: Tx, orders: readonly Pick<Fact<EraseData>, 'key' | 'data'>[]): Promise<void> {
  const commits = orders.map((order) => order.key);
  const held = await tx.db.selectFrom('part').select('commit').where('commit', 'in', commits).where('sealed', 'is not', null).orderBy('commit').execute();
  await tx.db.updateTable('part').set({ state: 'erased', sealed: null }).where('commit', 'in', commits).where('state', '!=', 'withheld').execute();
  const codes = new Map(orders.map(({ key, data }) => [key, data.basis]));
  await appendJournal(core, tx, held.map(({ commit }) => ({ operation: 'erasure', who: 'service', subject: { kind: 'part', id: commit }, why: { code: codes.get(commit) ?? 'order' }, recipients: [] })));
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
    await tx.lockSpace();
    const rows = await tx.db.selectFrom('fact').select(['key', 'data']).where('kind', '=', PART_ERASE).orderBy('party').orderBy('idx').orderBy('n').execute();
    const orders = new Map(rows.map((row) => [row.key, { key: row.key, data: JSON.parse(row.data) as EraseData }]));
    const all = [...orders.values()];
    for (let from = 0; from < all.length; from += COMMITS_MAX) await dropOrdered(core, tx, all.slice(from, from + COMMITS_MAX));
    return [...orders.keys()];
  });
  for (const commit of commits) await core.keys.destroy(commit);
  if (commits.length > 0) await core.store.scrub();
}
