/** Challenges between the two halves of a passkey ceremony: in the database (any process may answer), used once, minutes long. */
import type { Bytes } from '../../kernel/bytes.ts';
import { instantOf, millisOf, type Instant } from '../../kernel/time.ts';
import type { Store } from '../../node/ports.ts';
import { newId } from '../secrets.ts';

export type Purpose = 'sign-in' | 'enrol' | 'add' | 'proof';
const CEREMONY_MS = 5 * 60_000;
/** Anybody can begin to sign in: what is kept is bounded. */
const OPEN_MAX = 5_000;

export interface Ceremony {
  readonly challenge: Bytes;
  /** Whose it is; empty while nobody is known (sign-in). */
  readonly officer: string;
  /** What else it is bound to: the link, the credential. */
  readonly bound: string;
}

export class Ceremonies {
  readonly #store: Store;
  readonly #now: () => Instant;
  constructor(store: Store, now: () => Instant) {
    this.#store = store;
    this.#now = now;
  }

  async begin(purpose: Purpose, ceremony: Ceremony): Promise<string> {
    const id = newId();
    const now = this.#now();
    await this.#store.write(async (tx) => {
      await tx.db.deleteFrom('challenge').where('expires_at', '<=', now).execute();
      const { open } = await tx.db.selectFrom('challenge').select((select) => select.fn.countAll<number>().as('open')).executeTakeFirstOrThrow();
      if (Number(open) >= OPEN_MAX) await tx.db.deleteFrom('challenge').where('purpose', '=', 'sign-in').execute();
      await tx.db.insertInto('challenge').values({
        id, purpose, officer: ceremony.officer, challenge: ceremony.challenge, data: ceremony.bound, expires_at: instantOf(millisOf(now) + CEREMONY_MS),
      }).execute();
    });
    return id;
  }

  /** Takes the ceremony out: a second answer to one challenge finds nothing, in this process or another. */
  async take(purpose: Purpose, id: string): Promise<Ceremony | undefined> {
    return this.#store.write(async (tx) => {
      const row = await tx.db.selectFrom('challenge').selectAll().where('id', '=', id).where('purpose', '=', purpose).executeTakeFirst();
      if (row === undefined) return undefined;
      const removed = await tx.db.deleteFrom('challenge').where('id', '=', id).executeTakeFirst();
      if (Number(removed.numDeletedRows) !== 1 || row.expires_at <= this.#now()) return undefined;
      return { challenge: new Uint8Array(row.challenge), officer: row.officer, bound: row.data };
    });
  }
}
