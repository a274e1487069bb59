/**
 * Sealing of what never leaves the node: drafts, internal notes. Each object has a key of its own,
 * wrapped by the key store, so that destroying that key erases the object in every backup of the
 * database too. Content is AES-256-GCM under a random nonce (NIST SP 800-38D), bound to its row.
 *
 *   key    = id(32) ‖ wrapped key          kept in the object's row
 *   sealed = nonce(12) ‖ ciphertext ‖ tag(16)
 */
import { concatBytes, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { KeyStore } from './ports.ts';

export interface LocalSeal {
  /** A fresh key, durable in the key store when it resolves. */
  key(): Promise<Bytes>;
  /** `row` names where the sealed bytes stand: moved elsewhere they do not open. */
  seal(key: Bytes, row: string, plaintext: Uint8Array): Promise<Bytes>;
  /** Undefined when the key was destroyed. Throws when the bytes were changed or moved. */
  open(key: Bytes, row: string, sealed: Bytes): Promise<Bytes | undefined>;
  /** Destroys the key, durably, before it resolves. */
  destroy(key: Bytes): Promise<void>;
}

const ID = 32;
const NONCE = 12;

export function localSeal(keys: Pick<KeyStore, 'seal' | 'open' | 'destroy'>): LocalSeal {
  const unwrapped = async (key: Bytes): Promise<CryptoKey | undefined> => {
    const opened = await keys.open(toHex(key.subarray(0, ID)), key.subarray(ID));
    if (opened === undefined) return undefined;
    return crypto.subtle.importKey('raw', opened.plaintext, 'AES-GCM', false, ['encrypt', 'decrypt']);
  };
  return {
    async key() {
      const id = crypto.getRandomValues(new Uint8Array(ID));
      const secret = crypto.getRandomValues(new Uint8Array(32));
      return concatBytes(id, await keys.seal(toHex(id), crypto.getRandomValues(new Uint8Array(ID)), secret));
    },
    async seal(key, row, plaintext) {
      const secret = await unwrapped(key);
      if (secret === undefined) throw new Error('the key of this object was destroyed');
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: utf8(row) }, secret, plaintext as Bytes);
      return concatBytes(nonce, new Uint8Array(sealed));
    },
    async open(key, row, sealed) {
      const secret = await unwrapped(key);
      if (secret === undefined) return undefined;
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, NONCE), additionalData: utf8(row) }, secret, sealed.slice(NONCE));
      return new Uint8Array(opened);
    },
    destroy: (key) => keys.destroy(toHex(key.subarray(0, ID))),
  };
}
