/**
 * The TLS identity of a node: a P-256 key and a self-signed certificate. Peers know it by its pin
 * (src/node/sync/pin.ts); subject and dates are decoration. It therefore has "no well-defined expiration"
 * (RFC 5280 §4.1.2.5): a clock that is ten years off must not cut a link. Replacing it is an act:
 * a `party.profile` with the old and the new pin, then one without the old.
 */
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { PartyId } from '../../kernel/ids.ts';
import { pinOf, type Pin } from '../../node/sync/pin.ts';

export interface TlsIdentity {
  /** PKCS #8, PEM. Never in the database, a log line or a backup. */
  readonly key: string;
  /** X.509, PEM. */
  readonly certificate: string;
  readonly pin: Pin;
}

const EXPIRES_NEVER = new Date('9999-12-31T23:59:59Z');

/** Makes a fresh key and certificate for the node of `party`. About 20 ms. */
export async function createTlsIdentity(party: PartyId): Promise<TlsIdentity> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: [{ CN: [`alternat ${party}`] }],
      notBefore: new Date(0),
      notAfter: EXPIRES_NEVER,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      keys,
      extensions: [new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
    },
    crypto,
  );
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
  const pem = `${certificate.toString('pem')}\n`;
  return { key, certificate: pem, pin: pinOfPem(pem) };
}

/** The pin of a certificate in PEM; throws when it is none. */
export function pinOfPem(certificate: string): Pin {
  return pinOf(new X509Certificate(certificate));
}

/** Positive, at most 20 octets (RFC 5280 §4.1.2.2). */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return bytes.toHex();
}
