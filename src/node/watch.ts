/**
 * Hearing of what other processes of this node committed: a command beside the running node, or a second
 * process on PostgreSQL. They share nothing but the store, so the heads are looked at once a second.
 */
import type { PartyId } from '../kernel/ids.ts';
import type { Core } from './core.ts';
import type { Head, Tx } from './ports.ts';
import type { Settled, SettledByParty } from './settle.ts';

const INTERVAL_MILLIS = 1_000;
/** Of a longer gap only the newest acts are named in the event; screens read the rest anyway. */
const NAMED_MAX = 200;

export interface Watch {
  /** This process announced the log up to here itself. */
  announced(party: PartyId, size: number): void;
  stop(): Promise<void>;
}

/** `heard` is called with what others committed, and with nothing when only the state of the node may have changed. */
export async function startWatch(core: Core, heard: (settled: SettledByParty) => Promise<void>): Promise<Watch> {
  const sizes = new Map<PartyId, number>();
  for (const head of await core.store.read((tx) => tx.heads())) sizes.set(head.party, head.size);
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const settled = await core.store.read(async (tx) => {
      const news: SettledByParty = new Map();
      for (const head of await tx.heads()) {
        const known = sizes.get(head.party) ?? 0;
        if (head.size > known) news.set(head.party, await newsOf(tx, head, known));
      }
      return news;
    });
    for (const { party, size } of settled.values()) sizes.set(party, size);
    await heard(settled);
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => core.report('node.watch-failed', { error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => (looking = undefined));
  }, INTERVAL_MILLIS);
  timer.unref();

  return {
    announced(party, size) {
      sizes.set(party, Math.max(size, sizes.get(party) ?? 0));
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function newsOf(tx: Tx, head: Head, known: number): Promise<Settled> {
  const from = Math.max(known, head.size - NAMED_MAX);
  const rows = await tx.db.selectFrom('leaf').select(['act', 'type']).where('party', '=', head.party).where('idx', '>=', from).where('idx', '<', head.size).execute();
  const facts = await tx.db.selectFrom('fact').select('key').distinct().where('party', '=', head.party).where('idx', '>=', from).limit(NAMED_MAX).execute();
  return {
    party: head.party, size: head.size,
    types: new Set(rows.map((row) => row.type).filter((type) => type !== '')),
    keys: new Set([...rows.map((row) => row.act), ...facts.map((fact) => fact.key)]),
  };
}
