/**
 * The engine of the offline page: @noble/curves and @noble/hashes, in any browser.
 *
 * @noble's own `verify` multiplies by the cofactor; the pinned rule does not. So Ed25519 is put
 * together here from @noble's points: R' = [S]B - [k]A, and R' encodes to exactly the bytes of R.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../../kernel/bytes.ts';
import type { Engine } from '../../record/engine.ts';

const { Point } = ed25519;
const GROUP_ORDER = Point.Fn.ORDER;

export function nobleEngine(): Engine {
  return {
    sha256: (bytes) => sha256(bytes) as Uint8Array<ArrayBuffer>,
    ed25519: verifyCofactorless,
    p256(publicKey, message, signature) {
      try {
        return p256.verify(signature, message, publicKey, { format: 'der', lowS: false, prehash: true });
      } catch {
        return false;
      }
    },
  };
}

function verifyCofactorless(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= GROUP_ORDER) return false;
  try {
    const key = Point.fromBytes(publicKey, false);
    const k = littleEndian(sha512(concatBytes(r, publicKey, message))) % GROUP_ORDER;
    const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k));
    return equalBytes(expected.toBytes(), r);
  } catch {
    return false;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Uint8Array.from(bytes).reverse().toHex()}`);
}
