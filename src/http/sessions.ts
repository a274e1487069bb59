/**
 * Sessions: in the database, because several processes serve one node. The cookie holds a random
 * secret, the table its digest: who reads a backup cannot enter. A session ends when it was idle too
 * long, at its absolute end, when its officer or an administrator ends it, and when no mandate of the
 * officer is left (that is asked for every request, never remembered here).
 */
import type { ObjectId } from '../kernel/ids.ts';
import { instantOf, millisOf, type Instant } from '../kernel/time.ts';
import type { Store } from '../node/ports.ts';
import type { SessionInfo } from './handler.ts';
import { digestOf, newId, newSecret } from './secrets.ts';

export interface SessionLimits {
  /** A session without a request for this long has ended, in milliseconds. */
  readonly idleMs: number;
  /** No session is older, in milliseconds. */
  readonly absoluteMs: number;
}

export const defaultSessionLimits: SessionLimits = { idleMs: 60 * 60_000, absoluteMs: 12 * 60 * 60_000 };
/** How often `seen_at` is written at most: a request must not cost a durable write. */
const TOUCH_MS = 60_000;
const SESSIONS_MAX = 20;

export interface SessionRow extends SessionInfo {
  readonly agent: string;
  readonly seenAt: Instant;
}

export class Sessions {
  readonly #store: Store;
  readonly #now: () => Instant;
  readonly #limits: SessionLimits;
  constructor(store: Store, now: () => Instant, limits: SessionLimits = defaultSessionLimits) {
    this.#store = store;
    this.#now = now;
    this.#limits = limits;
  }

  /** Opens a session and returns its secret, which is stored nowhere. Ended sessions and the oldest beyond 20 of the officer go. */
  async open(officer: ObjectId, by: string, agent: string): Promise<{ secret: string; session: SessionInfo }> {
    const secret = newSecret();
    const now = this.#now();
    const expiresAt = instantOf(millisOf(now) + this.#limits.absoluteMs);
    const session: SessionInfo = { id: newId(), officer, by, startedAt: now, expiresAt };
    await this.#store.write(async (tx) => {
      await tx.db.deleteFrom('session').where((where) => where.or([where('expires_at', '<=', now), where('seen_at', '<=', this.#idleSince(now))])).execute();
      const kept = await tx.db.selectFrom('session').select('id').where('officer', '=', officer).orderBy('seen_at', 'desc').execute();
      const surplus = kept.slice(SESSIONS_MAX - 1).map((row) => row.id);
      if (surplus.length > 0) await tx.db.deleteFrom('session').where('id', 'in', surplus).execute();
      await tx.db.insertInto('session').values({
        id: session.id, token: digestOf(secret) as string, officer, by, agent: agent.slice(0, 200), started_at: now, seen_at: now, expires_at: expiresAt,
      }).execute();
    });
    return { secret, session };
  }

  /** The session of a secret, or why there is none. `touch` notes that it was used, at most once a minute. */
  async find(secret: string | undefined, touch = true): Promise<SessionInfo | 'missing' | 'ended'> {
    const token = digestOf(secret);
    if (token === undefined) return 'missing';
    const row = await this.#store.read((tx) => tx.db.selectFrom('session').selectAll().where('token', '=', token).executeTakeFirst());
    const now = this.#now();
    if (row === undefined || row.expires_at <= now || row.seen_at <= this.#idleSince(now)) return 'ended';
    if (touch && millisOf(now) - millisOf(row.seen_at) >= TOUCH_MS) await this.#touch(row.id, now);
    return infoOf(row);
  }

  async #touch(id: string, now: Instant): Promise<void> {
    await this.#store.write(async (tx) => {
      await tx.db.updateTable('session').set({ seen_at: now }).where('id', '=', id).execute();
    });
  }

  async list(officer: ObjectId): Promise<readonly SessionRow[]> {
    const now = this.#now();
    const rows = await this.#store.read((tx) => tx.db.selectFrom('session').selectAll()
      .where('officer', '=', officer).where('expires_at', '>', now).where('seen_at', '>', this.#idleSince(now)).orderBy('seen_at', 'desc').execute());
    return rows.map((row) => ({ ...infoOf(row), agent: row.agent, seenAt: row.seen_at }));
  }

  /** Ends one session of the officer; false when there is none of that id. */
  async end(officer: ObjectId, id: string): Promise<boolean> {
    return (await this.#remove(officer, id)) > 0;
  }

  /** Ends every session of the officer (but `except`); returns how many. */
  async endAll(officer: ObjectId, except?: string): Promise<number> {
    return this.#remove(officer, undefined, except);
  }

  async #remove(officer: ObjectId, id?: string, except?: string): Promise<number> {
    return this.#store.write(async (tx) => {
      let query = tx.db.deleteFrom('session').where('officer', '=', officer);
      if (id !== undefined) query = query.where('id', '=', id);
      if (except !== undefined) query = query.where('id', '!=', except);
      return Number((await query.executeTakeFirst()).numDeletedRows);
    });
  }

  #idleSince(now: Instant): Instant {
    return instantOf(millisOf(now) - this.#limits.idleMs);
  }
}

function infoOf(row: { id: string; officer: string; by: string; started_at: string; expires_at: string }): SessionInfo {
  return { id: row.id, officer: row.officer, by: row.by, startedAt: row.started_at, expiresAt: row.expires_at };
}
