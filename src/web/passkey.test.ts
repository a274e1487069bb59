import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { signingOptions } from './passkey.ts';

test('the challenge is the 32 bytes of the digest, not the text of it', () => {
  const digest = createHash('sha256').update('act').digest();
  const options = signingOptions(digest.toString('hex'), 'localhost', ['abc']);
  expect(Buffer.from(options.challenge, 'base64url')).toEqual(digest);
  expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [{ id: 'abc', type: 'public-key' }] });
});

test('what is no digest is not signed', () => {
  expect(() => signingOptions('ABC', 'localhost', [])).toThrow('lower-case hex');
});
