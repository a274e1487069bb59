/**
 * Links that let an officer in: one-time enrolment links, and demo links, which work as often as they
 * are pressed while the demo runs. The table holds the digest of the secret, never the secret.
 */
import type { ObjectId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { instantOf, millisOf, type Instant } from '../../kernel/time.ts';
import type { Store } from '../../node/ports.ts';
import { digestOf, newId, newSecret } from '../secrets.ts';

export const ENROLMENT_MS = 72 * 60 * 60_000;
const DEMO_MS = 30 * 24 * 60 * 60_000;

export interface Link {
  readonly id: string;
  readonly officer: ObjectId;
  readonly expiresAt: Instant;
}

export class SignInLinks {
  readonly #store: Store;
  readonly #now: () => Instant;
  readonly #demo: boolean;
  /** `demo`: the charter says exercise *and* the process was started as a demo; otherwise demo links do not exist here. */
  constructor(store: Store, now: () => Instant, demo: boolean) {
    this.#store = store;
    this.#now = now;
    this.#demo = demo;
  }

  /** A one-time link for the officer. Earlier unused ones stop working, so that a resent link is the only one. */
  async enrolment(officer: ObjectId, madeBy: ObjectId | 'operator'): Promise<{ secret: string; expiresAt: Instant }> {
    const secret = newSecret();
    const expiresAt = instantOf(millisOf(this.#now()) + ENROLMENT_MS);
    await this.#store.write(async (tx) => {
      await tx.db.deleteFrom('sign_in_link').where('officer', '=', officer).where('kind', '=', 'enrol').where('used_at', 'is', null).execute();
      await tx.db.insertInto('sign_in_link').values({
        id: newId(), token: digestOf(secret) as string, kind: 'enrol', officer, made_by: madeBy, created_at: this.#now(), expires_at: expiresAt, used_at: null,
      }).execute();
    });
    return { secret, expiresAt };
  }

  /** A demo link. Refuses `sign-in.demo-off` unless this node runs as a demo. */
  async demo(officer: ObjectId): Promise<Result<{ secret: string }>> {
    if (!this.#demo) return refuse('sign-in.demo-off');
    const secret = newSecret();
    await this.#store.write(async (tx) => {
      await tx.db.deleteFrom('sign_in_link').where('kind', '=', 'demo').where('expires_at', '<=', this.#now()).execute();
      await tx.db.insertInto('sign_in_link').values({
        id: newId(), token: digestOf(secret) as string, kind: 'demo', officer, made_by: 'operator', created_at: this.#now(),
        expires_at: instantOf(millisOf(this.#now()) + DEMO_MS), used_at: null,
      }).execute();
    });
    return ok({ secret });
  }

  /** The link of a secret that still works. An expired one is as unknown as one that never was. */
  async find(kind: 'enrol' | 'demo', secret: string): Promise<Result<Link>> {
    if (kind === 'demo' && !this.#demo) return refuse('sign-in.demo-off');
    const token = digestOf(secret);
    if (token === undefined) return refuse('sign-in.link-unknown');
    const row = await this.#store.read((tx) => tx.db.selectFrom('sign_in_link').selectAll().where('token', '=', token).where('kind', '=', kind).executeTakeFirst());
    if (row === undefined || row.expires_at <= this.#now()) return refuse('sign-in.link-unknown');
    if (row.used_at !== null) return refuse('sign-in.link-spent');
    return ok({ id: row.id, officer: row.officer, expiresAt: row.expires_at });
  }

  /** Uses a one-time link up; false when somebody was faster. */
  async spend(link: Link): Promise<boolean> {
    const result = await this.#store.write((tx) => tx.db.updateTable('sign_in_link').set({ used_at: this.#now() }).where('id', '=', link.id).where('used_at', 'is', null).executeTakeFirst());
    return Number(result.numUpdatedRows) === 1;
  }

  /** Until when an unused enrolment link of the officer works. */
  async pendingUntil(officer: ObjectId): Promise<Instant | undefined> {
    const row = await this.#store.read((tx) => tx.db.selectFrom('sign_in_link').select('expires_at')
      .where('officer', '=', officer).where('kind', '=', 'enrol').where('used_at', 'is', null).where('expires_at', '>', this.#now()).executeTakeFirst());
    return row?.expires_at;
  }

  /** Ends every link of the officer. */
  async endAll(officer: ObjectId): Promise<void> {
    await this.#store.write((tx) => tx.db.deleteFrom('sign_in_link').where('officer', '=', officer).execute());
  }
}
