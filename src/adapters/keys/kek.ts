/**
 * The key that encrypts the key store at rest: 32 random bytes in a file that only its owner may read,
 * or derived from a passphrase (scrypt) whose salt lies in that file. It never enters the database, a
 * backup of the database, or a log line.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Bytes } from '../../kernel/bytes.ts';
import { concatBytes, fromBase64, toBase64, utf8 } from '../../kernel/bytes.ts';
import { StoreFault } from '../../node/store-fault.ts';

const kekFile = z.discriminatedUnion('kind', [
  z.strictObject({ v: z.literal(1), kind: z.literal('file'), key: z.base64().length(44) }),
  z.strictObject({ v: z.literal(1), kind: z.literal('passphrase'), salt: z.base64(), check: z.base64() }),
]);

/** scrypt of RFC 7914 with 128 MiB: about half a second, once per start. */
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 268_435_456 } as const;
const CHECK = utf8('alternat/kek-check/1');
const NONCE_SIZE = 12;
const TAG_SIZE = 16;

/** Opens the file, or creates it when it is missing. With a passphrase the file holds no key at all. */
export function openKek(path: string, passphrase: string | undefined): Bytes {
  if (!existsSync(path)) return createKek(path, passphrase);
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) throw new StoreFault('keys.file-readable-by-others', { file: 'kek.json' });
  const parsed = kekFile.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new StoreFault('keys.file-unreadable', { file: 'kek.json' });
  if (parsed.data.kind === 'file') return fromBase64(parsed.data.key) as Bytes;
  if (passphrase === undefined) throw new StoreFault('keys.passphrase-missing');
  const key = derive(passphrase, fromBase64(parsed.data.salt) as Bytes);
  if (unwrap(key, fromBase64(parsed.data.check) as Bytes, CHECK) === undefined) throw new StoreFault('keys.passphrase-wrong');
  return key;
}

function createKek(path: string, passphrase: string | undefined): Bytes {
  const salt = randomBytes(32);
  const key = passphrase === undefined ? new Uint8Array(randomBytes(32)) : derive(passphrase, salt);
  const content = passphrase === undefined
    ? { v: 1, kind: 'file', key: toBase64(key) }
    : { v: 1, kind: 'passphrase', salt: toBase64(salt), check: toBase64(wrap(key, utf8('ok'), CHECK)) };
  writePrivateFile(path, `${JSON.stringify(content)}\n`);
  return key;
}

function derive(passphrase: string, salt: Uint8Array): Bytes {
  return new Uint8Array(scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Creates a file with mode 0600, on disk when it returns; throws when it exists. */
export function writePrivateFile(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o600);
}

/** nonce ‖ ciphertext ‖ tag (AES-256-GCM, random nonce); `bound` must be given again to unwrap. */
export function wrap(key: Uint8Array, plaintext: Uint8Array, bound: Uint8Array): Bytes {
  const nonce = randomBytes(NONCE_SIZE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  return concatBytes(nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** The plaintext, or undefined when key, binding or bytes are not those that were wrapped. */
export function unwrap(key: Uint8Array, wrapped: Uint8Array, bound: Uint8Array): Bytes | undefined {
  if (wrapped.length < NONCE_SIZE + TAG_SIZE) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE_SIZE)).setAAD(bound);
  decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_SIZE));
  try {
    return concatBytes(decipher.update(wrapped.subarray(NONCE_SIZE, wrapped.length - TAG_SIZE)), decipher.final());
  } catch {
    return undefined;
  }
}
