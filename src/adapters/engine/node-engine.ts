/**
 * The engine of a node: node:crypto. Its verdicts are asked only behind the gate of
 * record/signature.ts, since OpenSSL's own reading of malformed input changes between releases.
 */
import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Engine } from '../../record/engine.ts';

/** SubjectPublicKeyInfo up to the key itself (RFC 8410, RFC 5480). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const P256_SPKI = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** Imported keys kept: importing costs a third of a verification, and a record has few keys. */
const KEPT_KEYS = 1024;

export function nodeEngine(): Engine {
  const imported = new Map<string, KeyObject | undefined>();

  function importKey(prefix: Buffer, publicKey: Uint8Array): KeyObject | undefined {
    const name = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.length).toString('latin1');
    if (imported.has(name)) return imported.get(name);
    if (imported.size >= KEPT_KEYS) imported.clear();
    const key = tryImport(prefix, publicKey);
    imported.set(name, key);
    return key;
  }

  return {
    sha256(bytes) {
      // Through a string of 32 characters: half the time of a Buffer, whose memory lies outside the heap.
      const digest = hash('sha256', bytes, 'latin1');
      const out = new Uint8Array(32);
      for (let i = 0; i < 32; i++) out[i] = digest.charCodeAt(i);
      return out;
    },
    crc32: (bytes) => crc32(bytes),
    ed25519(publicKey, message, signature) {
      const key = importKey(ED25519_SPKI, publicKey);
      return key !== undefined && verify(null, message, key, signature);
    },
    p256(publicKey, message, signature) {
      const key = importKey(P256_SPKI, publicKey);
      return key !== undefined && verify('sha256', message, key, signature);
    },
  };
}

/** Undefined for bytes that are no key: a point off the curve. */
function tryImport(prefix: Buffer, publicKey: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.concat([prefix, publicKey]), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
