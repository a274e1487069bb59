import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { describe, expect, test } from 'vitest';
import { nobleEngine } from '../adapters/engine/noble-engine.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { concatBytes, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Engine } from './engine.ts';
import { checkKey, keyId, verifyEd25519, verifyP256 } from './signature.ts';

const engines: Record<string, Engine> = { node: nodeEngine(), noble: nobleEngine() };
const secret = new Uint8Array(32).fill(7);
const message = utf8('one text, two originals');
const publicKey = ed25519.getPublicKey(secret) as Bytes;
const signature = ed25519.sign(message, secret) as Bytes;
const { Point } = ed25519;
const PRIME = 2n ** 255n - 19n;

function bytesOf(n: bigint): Bytes {
  return Uint8Array.fromHex(n.toString(16).padStart(64, '0')).reverse() as Bytes;
}

/** The eight points whose order divides 8: multiples of one of order 8, found by killing the large factor. */
function smallOrderPoints(): Bytes[] {
  for (let y = 2n; ; y++) {
    try {
      const point = Point.fromBytes(bytesOf(y), true);
      const torsion = point.multiplyUnsafe(Point.Fn.ORDER - 1n).add(point);
      const multiples = Array.from({ length: 8 }, (_, i) => (i === 0 ? Point.ZERO : torsion.multiplyUnsafe(BigInt(i))));
      if (new Set(multiples.map((multiple) => multiple.toHex())).size === 8) return multiples.map((multiple) => multiple.toBytes() as Bytes);
    } catch {
      continue;
    }
  }
}

/** An engine that says yes to everything: what is refused with it is refused by the gate. */
const yes: Engine = { sha256: nodeEngine().sha256, ed25519: () => true, p256: () => true };

describe('Ed25519', () => {
  for (const [name, engine] of Object.entries(engines)) {
    test(`takes a true signature and no changed bit of it (${name})`, () => {
      expect(verifyEd25519(engine, publicKey, message, signature)).toEqual({ ok: true, value: true });
      for (let bit = 0; bit < 512; bit += 13) {
        const changed = signature.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(verifyEd25519(engine, publicKey, message, changed).ok, `bit ${bit}`).toBe(false);
      }
    });
  }

  test('the gate refuses all eight small-order points as key and as R, whatever the engine says', () => {
    const points = smallOrderPoints();
    expect(points).toHaveLength(8);
    for (const point of points) {
      expect(verifyEd25519(yes, point, message, signature)).toEqual({ ok: false, refusal: { code: 'signature.key-unsound' } });
      expect(verifyEd25519(yes, publicKey, message, concatBytes(point, signature.subarray(32)))).toEqual({ ok: false, refusal: { code: 'signature.not-canonical' } });
      expect(checkKey({ alg: 'ed25519', publicKey: point }).ok).toBe(false);
    }
  });

  test('the gate refuses every encoding of y at or above p, with either sign', () => {
    for (let y = PRIME; y < 2n ** 255n; y++) {
      for (const sign of [0n, 1n]) {
        const encoded = bytesOf(y | (sign << 255n));
        expect(verifyEd25519(yes, encoded, message, signature).ok).toBe(false);
        expect(verifyEd25519(yes, publicKey, message, concatBytes(encoded, signature.subarray(32))).ok).toBe(false);
      }
    }
    expect(verifyEd25519(yes, bytesOf(PRIME - 2n), message, signature).ok).toBe(true);
  });

  test('the gate refuses S at or above L, so nobody can rewrite a signature', () => {
    const s = BigInt(`0x${signature.slice(32).reverse().toHex()}`);
    const { ORDER } = Point.Fn;
    for (const above of [ORDER, s + ORDER, 2n ** 256n - 1n]) {
      expect(verifyEd25519(yes, publicKey, message, concatBytes(signature.subarray(0, 32), bytesOf(above))).ok).toBe(false);
    }
    expect(verifyEd25519(yes, publicKey, message, concatBytes(signature.subarray(0, 32), bytesOf(ORDER - 1n))).ok).toBe(true);
  });

  test('engines agree without cofactor: a signature off by a torsion point is false on both', () => {
    const torsion = Point.fromBytes(smallOrderPoints()[1] as Bytes);
    const r = Point.fromBytes(signature.subarray(0, 32)).add(torsion).toBytes();
    const shifted = concatBytes(r, signature.subarray(32));
    for (const engine of Object.values(engines)) expect(verifyEd25519(engine, publicKey, message, shifted).ok).toBe(false);
  });

  test('refuses wrong lengths', () => {
    expect(verifyEd25519(yes, publicKey.subarray(1), message, signature).ok).toBe(false);
    expect(verifyEd25519(yes, publicKey, message, signature.subarray(1)).ok).toBe(false);
  });
});

describe('P-256', () => {
  const point = p256.getPublicKey(secret, false) as Bytes;
  const der = p256.sign(message, secret, { format: 'der' }) as Bytes;
  const ORDER = p256.Point.Fn.ORDER;

  function derOf(r: string, s: string): Bytes {
    const integers = [r, s].map((hex) => Uint8Array.fromHex(`02${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`));
    const body = concatBytes(...integers);
    return concatBytes(Uint8Array.of(0x30, body.length), body);
  }

  test('takes a true signature on both engines', () => {
    for (const engine of Object.values(engines)) expect(verifyP256(engine, point, message, der)).toEqual({ ok: true, value: true });
  });

  test('the gate takes one DER form only, with r and s in 1..n-1', () => {
    const n = `00${ORDER.toString(16)}`;
    const below = `00${(ORDER - 1n).toString(16)}`;
    expect(verifyP256(yes, point, message, derOf(below, '01')).ok).toBe(true);
    for (const [r, s] of [['00', '01'], ['01', '00'], [n, '01'], ['01', n], ['0001', '01'], ['81', '01'], ['', '01'], [`01${'00'.repeat(32)}`, '01']] as const) {
      expect(verifyP256(yes, point, message, derOf(r, s)), `${r} ${s}`).toEqual({ ok: false, refusal: { code: 'signature.not-canonical' } });
    }
    for (const wrong of [concatBytes(der, Uint8Array.of(0)), der.subarray(0, -1), concatBytes(Uint8Array.of(0x30, 0x81, der.length - 2), der.subarray(2))]) {
      expect(verifyP256(yes, point, message, wrong).ok).toBe(false);
    }
  });

  test('refuses compressed points, coordinates at or above p, and points off the curve', () => {
    expect(verifyP256(yes, p256.getPublicKey(secret, true), message, der).ok).toBe(false);
    expect(verifyP256(yes, concatBytes(Uint8Array.of(4), new Uint8Array(32).fill(0xff), point.subarray(33)), message, der).ok).toBe(false);
    const off = point.slice();
    off[64]! ^= 1;
    for (const engine of Object.values(engines)) expect(verifyP256(engine, off, message, der)).toEqual({ ok: false, refusal: { code: 'signature.does-not-verify' } });
  });
});

test('a key id binds the algorithm: one key under two algorithms has two ids', () => {
  const [node, noble] = [nodeEngine(), nobleEngine()];
  expect(keyId(node, 'ed25519', publicKey)).toBe(keyId(noble, 'ed25519', publicKey));
  expect(keyId(node, 'ed25519', publicKey)).not.toBe(keyId(node, 'passkey-eddsa', publicKey));
});
