/** Secrets that leave in a cookie or a link: 256 random bits; the database holds their digest only. */
import { createHash, randomBytes } from 'node:crypto';

const SECRET = /^[A-Za-z0-9_-]{43}$/;

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Digest under which the secret is stored, or undefined when the text cannot be one. A lookup by digest needs no constant-time comparison. */
export function digestOf(secret: string | undefined): string | undefined {
  if (secret === undefined || !SECRET.test(secret)) return undefined;
  return createHash('sha256').update('alternat/secret/1\0').update(secret).digest('hex');
}

/** Id of a local row: random, says nothing. */
export function newId(): string {
  return randomBytes(15).toString('base64url').toLowerCase().replaceAll(/[^0-9a-z]/g, 'x');
}
