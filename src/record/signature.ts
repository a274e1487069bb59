/**
 * The pinned signature rule. docs/spec/signature.md.
 *
 * Runtimes disagree on malformed input (of 914 public Ed25519 edge cases one accepts 43, another 826),
 * and between two sovereign nodes that would be a fork of opinion. So nobody asks an engine before
 * this gate has refused every input on which engines can differ:
 *
 *   Ed25519  small-order A or R, non-canonical A or R, S >= L are refused; then R = [S]B - [k]A, cofactorless.
 *   P-256    DER in its one minimal form, r and s in 1..n-1, uncompressed point with coordinates below p.
 */
import { concatBytes, fromHex, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';

export const keyAlgorithms = ['ed25519', 'passkey-es256', 'passkey-eddsa'] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** Ed25519 and passkey-eddsa: 32 bytes. passkey-es256: 65 bytes, uncompressed point. */
export interface SigningKey {
  readonly alg: KeyAlgorithm;
  readonly publicKey: Bytes;
}

/** SHA-256("alternat/key/1" ‖ 0 ‖ alg ‖ 0 ‖ public key), lower-case hex. */
export function keyId(engine: Pick<Engine, 'sha256'>, alg: KeyAlgorithm, publicKey: Uint8Array): Hash {
  return toHex(engine.sha256(concatBytes(utf8(`alternat/key/1\0${alg}\0`), publicKey)));
}

/** Refuses a key with which no signature can ever verify, or too many could: asked when a mandate is granted. */
export function checkKey(key: SigningKey): Result<SigningKey> {
  const sound = key.alg === 'passkey-es256' ? isUncompressedPoint(key.publicKey) : key.publicKey.length === 32 && isOrdinaryPoint(key.publicKey, 0);
  return sound ? ok(key) : refuse('signature.key-unsound');
}

/** Verdict of the pinned Ed25519 rule; equal on every engine. */
export function verifyEd25519(engine: Engine, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Result<true> {
  if (publicKey.length !== 32 || signature.length !== 64) return refuse('signature.wrong-length');
  if (!isOrdinaryPoint(publicKey, 0)) return refuse('signature.key-unsound');
  if (!isOrdinaryPoint(signature, 0) || !isBelow(signature, 32, GROUP_ORDER)) return refuse('signature.not-canonical');
  return engine.ed25519(publicKey, message, signature) ? ok(true) : refuse('signature.does-not-verify');
}

/** Verdict of the pinned P-256 rule (ECDSA with SHA-256, DER); equal on every engine. */
export function verifyP256(engine: Engine, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Result<true> {
  if (!isUncompressedPoint(publicKey)) return refuse('signature.key-unsound');
  if (!isStrictDer(signature)) return refuse('signature.not-canonical');
  return engine.p256(publicKey, message, signature) ? ok(true) : refuse('signature.does-not-verify');
}

/** 2^255 - 19, little-endian. */
const FIELD_PRIME = littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed');
/** L = 2^252 + 27742317777372353535851937790883648493, little-endian. */
const GROUP_ORDER = littleEndian('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed');
/** y coordinates of the eight points whose order divides 8: 1, -1, 0 and the two of order 8. */
const SMALL_ORDER_Y = [
  '0000000000000000000000000000000000000000000000000000000000000001',
  '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7',
  '05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826',
].map(littleEndian);

function littleEndian(hex: string): Bytes {
  return (fromHex(hex) as Bytes).reverse();
}

/** Whether the 32 bytes at `offset` are a canonical encoding (y < p) of no small-order point. The curve equation is the engine's. */
function isOrdinaryPoint(bytes: Uint8Array, offset: number): boolean {
  const top = (bytes[offset + 31] as number) & 0x7f;
  // Nearly every key and R is decided by this one comparison: only tops of 0x7f can reach p, and a
  // small-order y ends in one of five bytes.
  if (top !== 0x7f && top !== 0x00 && top !== 0x7a && top !== 0x05) return true;
  const y = bytes.slice(offset, offset + 32);
  y[31] = top;
  return isBelow(y, 0, FIELD_PRIME) && !SMALL_ORDER_Y.some((small) => small.every((byte, i) => byte === y[i]));
}

/** Whether the 32 little-endian bytes at `offset` are a number below `limit`. */
function isBelow(bytes: Uint8Array, offset: number, limit: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (bytes[offset + i] as number) - (limit[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const P256_PRIME = fromHex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff') as Bytes;
const P256_ORDER = fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551') as Bytes;

function isUncompressedPoint(key: Uint8Array): boolean {
  return key.length === 65 && key[0] === 0x04 && isBelowBig(key.subarray(1, 33), P256_PRIME) && isBelowBig(key.subarray(33, 65), P256_PRIME);
}

/** Big-endian comparison of at most 32 bytes. */
function isBelowBig(bytes: Uint8Array, limit: Uint8Array): boolean {
  if (bytes.length < limit.length) return true;
  for (let i = 0; i < limit.length; i++) {
    const difference = (bytes[i] as number) - (limit[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** SEQUENCE { INTEGER r, INTEGER s }, minimal, both in 1..n-1 (X.690 §10, SEC 1 §4.1.4). */
function isStrictDer(der: Uint8Array): boolean {
  if (der.length < 8 || der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) return false;
  const afterR = endOfScalar(der, 2);
  return afterR !== undefined && endOfScalar(der, afterR) === der.length;
}

function endOfScalar(der: Uint8Array, at: number): number | undefined {
  const size = der[at + 1];
  if (der[at] !== 0x02 || size === undefined || size < 1 || size > 33) return undefined;
  const end = at + 2 + size;
  if (end > der.length) return undefined;
  const digits = der.subarray(at + 2, end);
  const first = digits[0] as number;
  if (first >= 0x80) return undefined;
  if (first === 0 && (size === 1 || (digits[1] as number) < 0x80)) return undefined;
  const magnitude = first === 0 ? digits.subarray(1) : digits;
  return magnitude.length <= 32 && isBelowBig(magnitude, P256_ORDER) ? end : undefined;
}
