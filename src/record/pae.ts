/** DSSE pre-authentication encoding (secure-systems-lab/dsse protocol.md): what is signed and hashed. */
import { concatBytes, utf8, type Bytes } from '../kernel/bytes.ts';

/** `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`, lengths in decimal bytes. */
export function pae(payloadType: string, payload: Uint8Array): Bytes {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}
