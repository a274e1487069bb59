/**
 * Parts: free texts and files, apart from the acts that refer to them. docs/spec/part.md.
 *
 * An act holds only SHA-256("alternat/part/1" ‖ 0 ‖ salt ‖ bytes). Without the random salt the
 * commitment says nothing about the bytes, so destroying salt and bytes erases the part, while every
 * signature and tree hash still verifies.
 */
import { concatBytes, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';

export const SALT_SIZE = 32;
const LABEL = utf8('alternat/part/1\0');

export interface Opening {
  readonly salt: Bytes;
  readonly plaintext: Bytes;
}

/** The commitment to a part. The salt has exactly 32 bytes: a free length would let two openings collide. */
export function commitment(engine: Engine, salt: Uint8Array, plaintext: Uint8Array): Hash {
  if (salt.length !== SALT_SIZE) throw new RangeError(`salt of ${salt.length} bytes`);
  return toHex(engine.sha256(concatBytes(LABEL, salt, plaintext)));
}

/** How a part travels and is bundled: salt ‖ plaintext. */
export function encodeOpening(opening: Opening): Bytes {
  return concatBytes(opening.salt, opening.plaintext);
}

/** Opens salt ‖ plaintext against a commitment; `size`, when given, is the size that the act states. */
export function openPart(engine: Engine, commit: Hash, opening: Uint8Array, size?: number): Result<Opening> {
  if (opening.length < SALT_SIZE) return refuse('part.truncated');
  const salt = opening.slice(0, SALT_SIZE) as Bytes;
  const plaintext = opening.slice(SALT_SIZE) as Bytes;
  if (size !== undefined && plaintext.length !== size) return refuse('part.wrong-size', { stated: size, actual: plaintext.length });
  return commitment(engine, salt, plaintext) === commit ? ok({ salt, plaintext }) : refuse('part.does-not-open');
}
