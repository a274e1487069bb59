/**
 * C2SP tlog-cosignature, version 1 (Ed25519). The signed message is
 *
 *   cosignature/v1
 *   time <POSIX seconds>
 *   <the whole text of the cosigned checkpoint>
 *
 * and the signature in the note is timestamp (8 bytes, big-endian) ‖ Ed25519 signature (64). In this
 * project a cosignature states: *stored and consistent*. The message does not commit to the cosigner's
 * name, so a cosigner's key is used for nothing else.
 */
import { concatBytes, utf8, type Bytes } from '../kernel/bytes.ts';

const TIME_MAX = 2n ** 63n - 1n;

export interface Cosignature {
  /** POSIX seconds. */
  readonly time: bigint;
  readonly signature: Bytes;
}

/** What the cosigner signs. `checkpointText` ends in its newline. */
export function cosignedMessage(checkpointText: string, time: bigint): Bytes {
  return utf8(`cosignature/v1\ntime ${time}\n${checkpointText}`);
}

/** timestamp ‖ signature, as it stands behind the key id in a note. */
export function joinCosignature(cosignature: Cosignature): Bytes {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, cosignature.time);
  return concatBytes(time, cosignature.signature);
}

export function splitCosignature(bytes: Uint8Array): Cosignature | undefined {
  if (bytes.length !== 72) return undefined;
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  return time > TIME_MAX ? undefined : { time, signature: bytes.slice(8) as Bytes };
}
