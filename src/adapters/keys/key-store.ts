/**
 * The key store: a SQLite file of its own, outside the main database and its backups. Private keys and
 * part keys lie in it wrapped under the KEK (kek.ts). Its own backups are short-lived, because an erased
 * part is gone only when the last of them is.
 *
 * Order that every caller relies on: a part's key is durable before its ciphertext enters the database
 * (dying between leaves an unused key); a destroyed key is durably gone before `erased` is written.
 */
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign as signWith, type KeyObject } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { concatBytes, utf8, type Bytes } from '../../kernel/bytes.ts';
import type { Hash } from '../../kernel/ids.ts';
import type { KeyPurpose, KeyStore, PartToSeal } from '../../node/ports.ts';
import { StoreFault } from '../../node/store-fault.ts';
import type { Engine } from '../../record/engine.ts';
import { SALT_SIZE } from '../../record/part.ts';
import { keyId } from '../../record/signature.ts';
import { SqliteConnection } from '../sqlite/connection.ts';
import { openKek, unwrap, wrap } from './kek.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS private_key (key TEXT NOT NULL PRIMARY KEY, purpose TEXT NOT NULL, public_key BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS part_key (part TEXT NOT NULL PRIMARY KEY, wrapped BLOB) STRICT;
CREATE TABLE IF NOT EXISTS secret (name TEXT NOT NULL PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
`;
/** One key seals one part, so a fixed nonce is safe and sealing the same part again gives the same bytes. */
const PART_NONCE = new Uint8Array(12);
const PART_KEY_SIZE = 32;
const TAG_SIZE = 16;

export interface KeyStoreOptions {
  /** Folder of its own; created with mode 0700. */
  readonly folder: string;
  readonly engine: Engine;
  readonly passphrase?: string;
}

export class FileKeyStore implements KeyStore {
  readonly #connection: SqliteConnection;
  readonly #kek: Bytes;
  readonly #engine: Engine;
  readonly #unlocked = new Map<Hash, KeyObject>();
  readonly #public = new Map<Hash, Bytes>();

  private constructor(connection: SqliteConnection, kek: Bytes, engine: Engine) {
    this.#connection = connection;
    this.#kek = kek;
    this.#engine = engine;
  }

  static open(options: KeyStoreOptions): FileKeyStore {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    const kek = openKek(join(options.folder, 'kek.json'), options.passphrase);
    const path = join(options.folder, 'keys.db');
    const connection = new SqliteConnection(path, { readOnly: false });
    chmodSync(path, 0o600);
    // A few processes of one node share this file; each call is one short statement, so waiting inside SQLite is brief.
    connection.database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    connection.database.exec(SCHEMA);
    return new FileKeyStore(connection, kek, options.engine);
  }

  async create(purpose: KeyPurpose): Promise<{ key: Hash; publicKey: Bytes }> {
    const pair = generateKeyPairSync('ed25519');
    return this.#keep(purpose, pair.privateKey);
  }

  #keep(purpose: string, privateKey: KeyObject): { key: Hash; publicKey: Bytes } {
    const publicKey = rawPublicKey(privateKey);
    const key = keyId(this.#engine, 'ed25519', publicKey);
    const secret = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
    const wrapped = wrap(this.#kek, secret, utf8(`key/${key}`));
    this.#connection.now('INSERT INTO private_key (key, purpose, public_key, wrapped) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING', [key, purpose, publicKey, wrapped]);
    return { key, publicKey };
  }

  async sign(key: Hash, message: Uint8Array): Promise<Bytes> {
    return new Uint8Array(signWith(null, message, this.#privateKey(key)));
  }

  #privateKey(key: Hash): KeyObject {
    const known = this.#unlocked.get(key);
    if (known !== undefined) return known;
    const [row] = this.#connection.now('SELECT wrapped FROM private_key WHERE key = ?', [key]).rows;
    if (row === undefined) throw new StoreFault('keys.unknown-key');
    const secret = unwrap(this.#kek, row['wrapped'] as Bytes, utf8(`key/${key}`));
    if (secret === undefined) throw new StoreFault('keys.does-not-unlock');
    const unlocked = createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
    this.#unlocked.set(key, unlocked);
    return unlocked;
  }

  async publicKey(key: Hash): Promise<Bytes | undefined> {
    const known = this.#public.get(key);
    if (known !== undefined) return known;
    const found = this.#connection.now('SELECT public_key FROM private_key WHERE key = ?', [key]).rows[0]?.['public_key'] as Bytes | undefined;
    if (found !== undefined) this.#public.set(key, found);
    return found;
  }

  async keys(purpose: KeyPurpose): Promise<readonly { key: Hash; publicKey: Bytes }[]> {
    const { rows } = this.#connection.now('SELECT key, public_key FROM private_key WHERE purpose = ? ORDER BY rowid', [purpose]);
    return rows.map((row) => ({ key: row['key'] as Hash, publicKey: row['public_key'] as Bytes }));
  }

  async seal(commit: Hash, salt: Uint8Array, plaintext: Uint8Array): Promise<Bytes> {
    const [sealed] = await this.sealMany([{ commit, salt, plaintext }]);
    return sealed as Bytes;
  }

  async sealMany(parts: readonly PartToSeal[]): Promise<readonly Bytes[]> {
    if (parts.length === 0) return [];
    const { database } = this.#connection;
    database.exec('BEGIN IMMEDIATE');
    try {
      const sealed = parts.map((part) => sealWith(this.#partKey(part.commit, part.salt), part.commit, part.plaintext));
      database.exec('COMMIT');
      return sealed;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  #partKey(commit: Hash, salt: Uint8Array): Uint8Array {
    const [row] = this.#connection.now('SELECT wrapped FROM part_key WHERE part = ?', [commit]).rows;
    if (row !== undefined) {
      if (row['wrapped'] === null) throw new StoreFault('part.erased');
      const kept = unwrap(this.#kek, row['wrapped'] as Bytes, utf8(`part/${commit}`));
      if (kept === undefined) throw new StoreFault('keys.does-not-unlock');
      return kept.subarray(SALT_SIZE);
    }
    const key = randomBytes(PART_KEY_SIZE);
    this.#connection.now('INSERT INTO part_key (part, wrapped) VALUES (?, ?)', [commit, wrap(this.#kek, concatBytes(salt, key), utf8(`part/${commit}`))]);
    return key;
  }

  async open(commit: Hash, ciphertext: Uint8Array): Promise<{ salt: Bytes; plaintext: Bytes } | undefined> {
    const wrapped = this.#connection.now('SELECT wrapped FROM part_key WHERE part = ?', [commit]).rows[0]?.['wrapped'];
    if (wrapped === undefined || wrapped === null) return undefined;
    const kept = unwrap(this.#kek, wrapped as Bytes, utf8(`part/${commit}`));
    if (kept === undefined) throw new StoreFault('keys.does-not-unlock');
    return { salt: kept.slice(0, SALT_SIZE), plaintext: openWith(kept.subarray(SALT_SIZE), commit, ciphertext) };
  }

  async destroy(commit: Hash): Promise<void> {
    // The row stays as a tombstone: a copy of the part that arrives later must not be sealed again.
    this.#connection.now('INSERT INTO part_key (part, wrapped) VALUES (?, NULL) ON CONFLICT (part) DO UPDATE SET wrapped = NULL', [commit]);
    // The old page is overwritten in the file and the log that still holds it is cut off.
    this.#connection.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async putSecret(name: string, secret: Uint8Array): Promise<void> {
    const wrapped = wrap(this.#kek, secret, utf8(`secret/${name}`));
    this.#connection.now('INSERT INTO secret (name, wrapped) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped', [name, wrapped]);
  }

  async secret(name: string): Promise<Bytes | undefined> {
    const wrapped = this.#connection.now('SELECT wrapped FROM secret WHERE name = ?', [name]).rows[0]?.['wrapped'];
    if (wrapped === undefined) return undefined;
    const secret = unwrap(this.#kek, wrapped as Bytes, utf8(`secret/${name}`));
    if (secret === undefined) throw new StoreFault('keys.does-not-unlock');
    return secret;
  }

  /** Writes a consistent copy of the file (still wrapped; the KEK is not in it). */
  copyTo(path: string): void {
    this.#connection.database.prepare('VACUUM INTO ?').run(path);
    chmodSync(path, 0o600);
  }

  close(): void {
    this.#unlocked.clear();
    this.#connection.close();
  }
}

/** The 32 bytes of an Ed25519 public key: the end of its SPKI (RFC 8410). */
export function rawPublicKey(key: KeyObject): Bytes {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return new Uint8Array(spki.subarray(spki.length - 32));
}

function sealWith(key: Uint8Array, commit: Hash, plaintext: Uint8Array): Bytes {
  const cipher = createCipheriv('aes-256-gcm', key, PART_NONCE).setAAD(utf8(commit));
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

function openWith(key: Uint8Array, commit: Hash, sealed: Uint8Array): Bytes {
  const end = sealed.length - TAG_SIZE;
  if (end < 0) throw new StoreFault('part.sealed-bytes-changed');
  const decipher = createDecipheriv('aes-256-gcm', key, PART_NONCE).setAAD(utf8(commit));
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return concatBytes(decipher.update(sealed.subarray(0, end)), decipher.final());
  } catch (error) {
    throw new StoreFault('part.sealed-bytes-changed', undefined, { cause: error });
  }
}
