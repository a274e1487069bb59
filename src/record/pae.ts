/** DSSE pre-authentication encoding (secure-systems-lab/dsse protocol.md): what is signed and hashed. */
import { concatBytes, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Engine } from './engine.ts';

/** `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`, lengths in decimal bytes. */
export function pae(payloadType: string, payload: Uint8Array): Bytes {
  return concatBytes(utf8(headOf(payloadType, payload)), payload);
}

const encoder = new TextEncoder();
/** Written and read within one call of `paeDigest`. */
const input = new Uint8Array(66_000);

/** SHA-256 of the encoding, without an array for it. */
export function paeDigest(engine: Pick<Engine, 'sha256'>, payloadType: string, payload: Uint8Array): Bytes {
  const head = headOf(payloadType, payload);
  if (head.length * 3 + payload.length > input.length) return engine.sha256(pae(payloadType, payload));
  const { written } = encoder.encodeInto(head, input);
  input.set(payload, written);
  return engine.sha256(input.subarray(0, written + payload.length));
}

function headOf(payloadType: string, payload: Uint8Array): string {
  const typeSize = isAscii(payloadType) ? payloadType.length : utf8(payloadType).length;
  return `DSSEv1 ${typeSize} ${payloadType} ${payload.length} `;
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}
