/**
 * Pins: a TLS key is recognised by the SHA-256 of its SubjectPublicKeyInfo (RFC 7469 §2.4, base64),
 * never by a name or a date in its certificate. The pins of a party are in its `party.profile`.
 */
import { createHash, type X509Certificate } from 'node:crypto';

/** Base64 of 32 bytes. */
export type Pin = string;

/** SHA-256 over the DER SubjectPublicKeyInfo of a certificate. */
export function pinOf(certificate: X509Certificate): Pin {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}
