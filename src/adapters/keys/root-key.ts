/**
 * The party's root key: a file of its own, meant to lie offline. It signs the charter, the first
 * mandates and the party's profile, and is asked for by those commands alone.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes, scryptSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { fromBase64, toBase64, utf8, type Bytes } from '../../kernel/bytes.ts';
import { StoreFault } from '../../node/store-fault.ts';
import { unwrap, wrap, writePrivateFile } from './kek.ts';
import { rawPublicKey } from './key-store.ts';

const rootFile = z.discriminatedUnion('kind', [
  z.strictObject({ v: z.literal(1), use: z.literal('alternat-root'), public: z.base64(), kind: z.literal('plain'), private: z.base64() }),
  z.strictObject({ v: z.literal(1), use: z.literal('alternat-root'), public: z.base64(), kind: z.literal('passphrase'), salt: z.base64(), private: z.base64() }),
]);
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 268_435_456 } as const;
const BOUND = utf8('alternat/root/1');

export interface RootKey {
  readonly publicKey: Bytes;
  sign(message: Uint8Array): Promise<Bytes>;
}

/** Makes the key and writes it to a new file (0600); throws when the file exists. */
export function createRootKey(path: string, passphrase?: string): RootKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = rawPublicKey(privateKey);
  const secret = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
  const head = { v: 1, use: 'alternat-root', public: toBase64(publicKey) };
  const salt = randomBytes(32);
  const content = passphrase === undefined
    ? { ...head, kind: 'plain', private: toBase64(secret) }
    : { ...head, kind: 'passphrase', salt: toBase64(salt), private: toBase64(wrap(derive(passphrase, salt), secret, BOUND)) };
  writePrivateFile(path, `${JSON.stringify(content)}\n`);
  return rootKeyOf(privateKey);
}

/** Rejects with `keys.root-missing`, `keys.file-unreadable`, `keys.passphrase-missing`, `keys.passphrase-wrong`. */
export function openRootKey(path: string, passphrase?: string): RootKey {
  if (!existsSync(path)) throw new StoreFault('keys.root-missing', { path });
  const parsed = rootFile.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new StoreFault('keys.file-unreadable', { file: path });
  const file = parsed.data;
  const stored = fromBase64(file.private) as Bytes;
  if (file.kind === 'plain') return rootKeyOf(createPrivateKey({ key: Buffer.from(stored), format: 'der', type: 'pkcs8' }));
  if (passphrase === undefined) throw new StoreFault('keys.passphrase-missing');
  const secret = unwrap(derive(passphrase, fromBase64(file.salt) as Bytes), stored, BOUND);
  if (secret === undefined) throw new StoreFault('keys.passphrase-wrong');
  return rootKeyOf(createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' }));
}

function rootKeyOf(privateKey: KeyObject): RootKey {
  return { publicKey: rawPublicKey(privateKey), sign: async (message) => new Uint8Array(sign(null, message, privateKey)) };
}

function derive(passphrase: string, salt: Uint8Array): Uint8Array {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
