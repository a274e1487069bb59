import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTlsIdentity, pinOfPem } from './certificate.ts';

test('a fresh identity is a self-signed P-256 certificate that never expires', async () => {
  const identity = await createTlsIdentity('dgsn');
  const certificate = new X509Certificate(identity.certificate);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(certificate.subject).toBe('CN=alternat dgsn');
  expect(certificate.ca).toBe(false);
  expect([certificate.validFromDate.toISOString(), certificate.validToDate.toISOString()]).toEqual(['1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.000Z']);
  expect(certificate.checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
});

test('the pin names the key, not the certificate: 32 bytes in base64, different for every identity', async () => {
  const [one, other] = [await createTlsIdentity('dgsn'), await createTlsIdentity('dgsn')];
  expect(one.pin).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(pinOfPem(one.certificate)).toBe(one.pin);
  expect(other.pin).not.toBe(one.pin);
  expect(new X509Certificate(other.certificate).serialNumber).not.toBe(new X509Certificate(one.certificate).serialNumber);
});
