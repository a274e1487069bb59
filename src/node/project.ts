/**
 * Read tables: created from their projections, fed in the order in which this node decided acts, and
 * dropped and replayed when their version changes. Nothing here decides anything.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bytes } from '../kernel/bytes.ts';
import type { PlacedAct } from '../record/act.ts';
import { decodeEntry } from '../record/codec.ts';
import type { Core } from './core.ts';
import { openText } from './held-parts.ts';
import type { LeafRow, Tx } from './ports.ts';
import type { Decided, Projection } from './projection.ts';

/** Acts per transaction while tables are replayed: other writers wait no longer than that takes. */
const BATCH = 500;
/** Following projections lag by this much and what their work takes. */
const GATHER_MILLIS = 100;
/** A projection that failed is tried again after twice this, then ever later. */
const RETRY_MILLIS = 100;
const RETRY_MILLIS_MAX = 60_000;
/** `done` of an inline projection that is up to date: from then on it is fed by the deciding transaction itself. */
const LIVE = -1;

/** Feeds one decided act to every inline projection, in its own transaction. */
export async function projectInline(core: Core, tx: Tx, placed: PlacedAct, verdict: Decided['verdict']): Promise<void> {
  const entry = decidedEntry(core, tx, placed, verdict);
  for (const projection of core.inline) await projection.apply(tx, entry);
}

function decidedEntry(core: Core, tx: Tx, placed: PlacedAct, verdict: Decided['verdict']): Decided {
  return { placed, verdict, openText: (ref): Promise<Bytes | undefined> => openText(core, tx, ref) };
}

/** Creates missing read tables and replays what is behind. A start with nothing to replay reads one small table. */
export async function prepareProjections(core: Core, progress?: (done: number, total: number) => void): Promise<void> {
  for (const projection of [...core.inline, ...core.following]) await defineTables(core, projection, false);
  for (const projection of core.inline) await replay(core, projection, progress);
}

/** Drops and replays every read table. */
export async function rebuildProjections(core: Core, progress?: (done: number, total: number) => void): Promise<void> {
  for (const projection of [...core.inline, ...core.following]) await defineTables(core, projection, true);
  for (const projection of [...core.inline, ...core.following]) await replay(core, projection, progress);
}

async function defineTables(core: Core, projection: Projection, always: boolean): Promise<void> {
  const { name, version, tables } = projection;
  for (const table of tables) if (!table.name.startsWith(`${name}_`)) throw new Error(`table ${table.name} of projection ${name} must start with ${name}_`);
  await core.store.write(async (tx) => {
    await tx.lockSpace();
    const row = await tx.db.selectFrom('projection').selectAll().where('name', '=', name).executeTakeFirst();
    if (row?.version === version && !always) return;
    for (const table of row === undefined ? [] : (JSON.parse(row.tables) as string[])) await tx.define(`DROP TABLE IF EXISTS ${table}`);
    for (const table of tables) for (const statement of table.sql) await tx.define(statement);
    await tx.db.deleteFrom('projection').where('name', '=', name).execute();
    await tx.db.insertInto('projection').values({ name, version, tables: JSON.stringify(tables.map((table) => table.name)), done: 0 }).execute();
  });
}

async function replay(core: Core, projection: Projection, progress?: (done: number, total: number) => void): Promise<void> {
  while (await replayBatch(core, projection, progress)) {
    // Between two batches other writers have their turn.
  }
}

/** One batch; false when the projection is up to date. An inline one becomes live in the same transaction. */
async function replayBatch(core: Core, projection: Projection, progress?: (done: number, total: number) => void): Promise<boolean> {
  const { name, mode } = projection;
  return core.store.write(async (tx) => {
    // Inline: no act may be decided between the last replayed one and going live.
    if (mode === 'inline') await tx.lockSpace();
    const { done } = await tx.db.selectFrom('projection').select('done').where('name', '=', name).executeTakeFirstOrThrow();
    if (done === LIVE) return false;
    const leaves = await tx.decidedAfter(done, BATCH);
    const last = leaves.at(-1)?.seq;
    if (last === undefined) {
      if (mode === 'inline') await tx.db.updateTable('projection').set({ done: LIVE }).where('name', '=', name).execute();
      return false;
    }
    // Taken first: a second process at the same place finds the row changed and stops.
    const moved = await tx.db.updateTable('projection').set({ done: last }).where('name', '=', name).where('done', '=', done).executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) return true;
    for (const leaf of leaves) await applyLeaf(core, tx, projection, leaf);
    progress?.(last, await lastSeq(tx));
    // Behind a writer the last page is known by its length; only an inline one must find nothing more under the lock.
    return mode === 'inline' || leaves.length === BATCH;
  });
}

async function applyLeaf(core: Core, tx: Tx, projection: Projection, leaf: LeafRow): Promise<void> {
  const placed = placedOf(core, leaf);
  if (placed !== undefined && leaf.verdict !== undefined) await projection.apply(tx, decidedEntry(core, tx, placed, leaf.verdict));
}

/** The act of a stored leaf; undefined when its bytes are no act. */
export function placedOf(core: Pick<Core, 'engine'>, leaf: LeafRow): PlacedAct | undefined {
  const entry = decodeEntry(core.engine, leaf.envelope);
  if (!entry.ok) return undefined;
  return { id: entry.value.id, index: leaf.index, act: entry.value.act, keys: entry.value.signatures.map((signature) => signature.keyid) };
}

async function lastSeq(tx: Tx): Promise<number> {
  const row = await tx.db.selectFrom('leaf').select((all) => all.fn.max('seq').as('last')).executeTakeFirst();
  return Number(row?.last ?? 0);
}

export interface FollowingRunner {
  /** Feeds following projections until they are up to date; called after every commit. */
  wake(): void;
  stop(): Promise<void>;
}

/** Feeds the following projections behind the writers, one batch after another, and never two at once in one process. */
export function followingRunner(core: Core): FollowingRunner {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const stopping = new AbortController();

  async function run(): Promise<void> {
    let failures = 0;
    do {
      // A burst of commits is followed by one batch instead of one each, which would halve the rate of both.
      await rest(failures === 0 ? GATHER_MILLIS : Math.min(RETRY_MILLIS * 2 ** failures, RETRY_MILLIS_MAX));
      again = false;
      try {
        await feed();
        failures = 0;
      } catch (error) {
        core.report('node.projection-failed', { error: error instanceof Error ? error.name : 'unknown' });
        failures++;
      }
    } while ((again || failures > 0) && !stopped);
  }

  async function feed(): Promise<void> {
    for (const projection of core.following) {
      while (!stopped && (await replayBatch(core, projection))) {
        // Each batch is a transaction of its own: what was done stays done when we are stopped here.
      }
    }
  }

  async function rest(millis: number): Promise<void> {
    await pause(millis, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  return {
    wake() {
      if (stopped || core.following.length === 0) return;
      again = true;
      running ??= run().finally(() => (running = undefined));
    },
    async stop() {
      stopped = true;
      stopping.abort();
      await running;
    },
  };
}
