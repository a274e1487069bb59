/** DSSE pre-authentication encoding (secure-systems-lab/dsse protocol.md): what is signed and hashed. */
import { concatBytes, utf8, type Bytes } from '../kernel/bytes.ts';

/** `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`, lengths in decimal bytes. */
export function pae(payloadType: string, payload: Uint8Array): Bytes {
  const typeSize = isAscii(payloadType) ? payloadType.length : utf8(payloadType).length;
  return concatBytes(utf8(`DSSEv1 ${typeSize} ${payloadType} ${payload.length} `), payload);
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}
