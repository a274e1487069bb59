/**
 * How often something may be tried: counted in the database, so that several processes share one
 * count and a restart forgets nothing. Only doors and writes are counted (a count is a durable write);
 * reads cost their own process alone and are bounded there (app.ts).
 */
import { sql } from 'kysely';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { millisOf, type Instant } from '../kernel/time.ts';
import type { Store } from '../node/ports.ts';

export interface Limit {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
}

/**
 * Tries at a door (sign-in, enrolment) from one address; and by anybody, so that many addresses do not
 * help. What opens a door has 256 random bits or is a signature: the limits protect the node, not the secret.
 */
export const doorLimit: Limit = { name: 'door', max: 120, windowMs: 60_000 };
export const doorTotalLimit: Limit = { name: 'door-total', max: 1_200, windowMs: 60_000 };
/** Writes of one officer. An autosave every second is far below it. */
export const writeLimit: Limit = { name: 'write', max: 600, windowMs: 60_000 };

export class Limits {
  readonly #store: Store;
  readonly #now: () => Instant;
  constructor(store: Store, now: () => Instant) {
    this.#store = store;
    this.#now = now;
  }

  /** Counts one use; refuses with the seconds to wait when the window is used up. */
  async count(limit: Limit, who: string): Promise<Result<undefined>> {
    const key = `${limit.name}:${who}`;
    const now = millisOf(this.#now());
    const ends = now + limit.windowMs;
    const row = await this.#store.write(async (tx) => {
      await sql`
        insert into rate (key, used, ends_at) values (${key}, 1, ${ends})
        on conflict (key) do update set
          used = case when rate.ends_at <= ${now} then 1 else rate.used + 1 end,
          ends_at = case when rate.ends_at <= ${now} then excluded.ends_at else rate.ends_at end
      `.execute(tx.db);
      const counted = await tx.db.selectFrom('rate').select(['used', 'ends_at']).where('key', '=', key).executeTakeFirstOrThrow();
      if (counted.used === 1) await tx.db.deleteFrom('rate').where('ends_at', '<=', now - limit.windowMs).execute();
      return counted;
    });
    if (Number(row.used) <= limit.max) return ok(undefined);
    return refuse('request.too-many', { seconds: Math.max(1, Math.ceil((Number(row.ends_at) - now) / 1000)) });
  }
}
