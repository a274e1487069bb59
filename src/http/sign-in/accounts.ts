/** Accounts and passkeys of this party's officers: local tables, never part of the record. */
import { randomBytes } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.ts';
import type { Hash, ObjectId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Store } from '../../node/ports.ts';
import type { Tables } from '../../node/tables.ts';

export interface Passkey {
  /** Base64url, as browsers name it. */
  readonly credential: string;
  readonly officer: ObjectId;
  /** COSE key (RFC 9052), as the authenticator gave it. */
  readonly publicKey: Bytes;
  /** Algorithm and key id as the record names them. */
  readonly alg: 'passkey-es256' | 'passkey-eddsa';
  readonly key: Hash;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly label: string;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
  /** Base64 of the proof of possession that waits to be recorded. */
  readonly proof?: string;
}

export class Accounts {
  readonly #store: Store;
  readonly #now: () => Instant;
  constructor(store: Store, now: () => Instant) {
    this.#store = store;
    this.#now = now;
  }

  /** The officer's `user.id` for authenticators, made at the first call. Says nothing about the officer. */
  async handleOf(officer: ObjectId): Promise<string> {
    return this.#store.write(async (tx) => {
      const fresh = { officer, user_handle: randomBytes(32).toString('base64url'), created_at: this.#now() };
      await tx.db.insertInto('account').values(fresh).onConflict((conflict) => conflict.column('officer').doNothing()).execute();
      return (await tx.db.selectFrom('account').select('user_handle').where('officer', '=', officer).executeTakeFirstOrThrow()).user_handle;
    });
  }

  /** Active passkeys of one officer, or of everybody: those used last come first. */
  async passkeys(officer?: ObjectId, limit = 200): Promise<readonly Passkey[]> {
    const rows = await this.#store.read((tx) => {
      let query = tx.db.selectFrom('credential').selectAll().where('state', '=', 'active');
      if (officer !== undefined) query = query.where('officer', '=', officer);
      return query.orderBy((order) => order.fn.coalesce('used_at', 'created_at'), 'desc').orderBy('id').limit(limit).execute();
    });
    return rows.map(passkeyOf);
  }

  /** The passkey, if it opens a door. */
  async passkey(credential: string): Promise<Passkey | undefined> {
    const row = await this.#store.read((tx) => tx.db.selectFrom('credential').selectAll().where('id', '=', credential).where('state', '=', 'active').executeTakeFirst());
    return row === undefined ? undefined : passkeyOf(row);
  }

  /** Keeps a new passkey; false when the credential is known already, active or ended. */
  async add(passkey: Omit<Passkey, 'createdAt' | 'usedAt' | 'proof'>): Promise<boolean> {
    const result = await this.#store.write((tx) => tx.db.insertInto('credential').values({
      id: passkey.credential, officer: passkey.officer, public_key: passkey.publicKey, alg: passkey.alg, key: passkey.key, counter: passkey.counter,
      transports: JSON.stringify(passkey.transports), label: passkey.label, state: 'active', proof: null, created_at: this.#now(), used_at: null, ended_at: null,
    }).onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst());
    return Number(result.numInsertedOrUpdatedRows ?? 0n) === 1;
  }

  async used(credential: string, counter: number): Promise<void> {
    await this.#update(credential, { counter, used_at: this.#now() });
  }

  async rename(credential: string, label: string): Promise<void> {
    await this.#update(credential, { label });
  }

  /** Keeps the proof of possession until an act records the key; undefined: it is recorded. */
  async setProof(credential: string, proof: string | undefined): Promise<void> {
    await this.#update(credential, { proof: proof ?? null });
  }

  /** The passkey opens no door any more. True the first time. */
  async end(credential: string): Promise<boolean> {
    return this.#update(credential, { state: 'ended', proof: null, ended_at: this.#now() });
  }

  /** Ends every passkey of the officer. */
  async endAll(officer: ObjectId): Promise<void> {
    await this.#store.write((tx) => tx.db.updateTable('credential').set({ state: 'ended', proof: null, ended_at: this.#now() })
      .where('officer', '=', officer).where('state', '=', 'active').execute());
  }

  async #update(credential: string, values: Partial<Tables['credential']>): Promise<boolean> {
    const result = await this.#store.write((tx) => tx.db.updateTable('credential').set(values).where('id', '=', credential).where('state', '=', 'active').executeTakeFirst());
    return Number(result.numUpdatedRows) === 1;
  }
}

function passkeyOf(row: Tables['credential']): Passkey {
  return {
    credential: row.id, officer: row.officer, publicKey: new Uint8Array(row.public_key), alg: row.alg as Passkey['alg'], key: row.key, counter: Number(row.counter),
    transports: JSON.parse(row.transports) as string[], label: row.label, createdAt: row.created_at,
    ...(row.used_at === null ? {} : { usedAt: row.used_at }),
    ...(row.proof === null ? {} : { proof: row.proof }),
  };
}
