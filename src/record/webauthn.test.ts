import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { describe, expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { concatBytes, fromHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { actId, verifyEnvelopeSignature } from './envelope.ts';
import { pae } from './pae.ts';
import type { KeyAlgorithm } from './signature.ts';
import { encodeAssertion, parseAssertion, verifyAssertion, type PasskeyTrust } from './webauthn.ts';

const engine = nodeEngine();
const secret = new Uint8Array(32).fill(9);
const payload = utf8('{"an":"act"}');
const id = actId(engine, 'test', payload);
const challenge = fromHex(id) as Bytes;
const trust: PasskeyTrust = { rpIds: ['localhost'], origins: ['http://localhost:4700', 'http://localhost:4701'] };
const keys = {
  'passkey-es256': p256.getPublicKey(secret, false) as Bytes,
  'passkey-eddsa': ed25519.getPublicKey(secret) as Bytes,
};

function clientData(changes: Record<string, unknown> = {}): Bytes {
  const challengeText = challenge.toBase64({ alphabet: 'base64url', omitPadding: true });
  return utf8(JSON.stringify({ type: 'webauthn.get', challenge: challengeText, origin: 'http://localhost:4700', crossOrigin: false, ...changes }));
}

function authenticatorData(flags = 0x05, rpId = 'localhost', extensions: Uint8Array = new Uint8Array(0)): Bytes {
  return concatBytes(engine.sha256(utf8(rpId)), Uint8Array.of(flags, 0, 0, 0, 7), extensions);
}

function signed(ad: Bytes, cd: Bytes, alg: KeyAlgorithm = 'passkey-es256') {
  const message = concatBytes(ad, engine.sha256(cd));
  const signature = (alg === 'passkey-eddsa' ? ed25519.sign(message, secret) : p256.sign(message, secret, { format: 'der' })) as Bytes;
  return { authenticatorData: ad, clientDataJSON: cd, signature };
}

function codeOf(ad: Bytes, cd: Bytes): string | undefined {
  const verdict = verifyAssertion(engine, signed(ad, cd), { alg: 'passkey-es256', publicKey: keys['passkey-es256'] }, challenge, trust);
  return verdict.ok ? undefined : verdict.refusal.code;
}

describe('a passkey over the act id', () => {
  for (const alg of ['passkey-es256', 'passkey-eddsa'] as const) {
    test(`verifies as the signature of an envelope (${alg})`, () => {
      const sig = encodeAssertion(signed(authenticatorData(), clientData(), alg));
      const signature = { keyid: '0'.repeat(64), sig };
      expect(verifyEnvelopeSignature(engine, { alg, publicKey: keys[alg] }, signature, pae('test', payload), id, trust)).toEqual({ ok: true, value: true });
      expect(verifyEnvelopeSignature(engine, { alg, publicKey: keys[alg] }, signature, pae('test', payload), id).ok).toBe(false);
      expect(verifyEnvelopeSignature(engine, { alg: 'ed25519', publicKey: keys['passkey-eddsa'] }, signature, pae('test', payload), id, trust).ok).toBe(false);
    });
  }

  test('each thing that was signed must be as the party published it', () => {
    expect(codeOf(authenticatorData(), clientData())).toBeUndefined();
    expect(codeOf(authenticatorData(), clientData({ other_keys_can_be_added_here: 'x' }))).toBeUndefined();
    expect(codeOf(authenticatorData(), clientData({ crossOrigin: undefined }))).toBeUndefined();
    expect(codeOf(authenticatorData(0x85, 'localhost', Uint8Array.of(0xa0)), clientData())).toBeUndefined();
    expect(codeOf(authenticatorData(0x1d), clientData())).toBeUndefined();
    expect(codeOf(authenticatorData(), clientData({ type: 'webauthn.create' }))).toBe('passkey.wrong-ceremony');
    expect(codeOf(authenticatorData(), clientData({ challenge: 'AAAA' }))).toBe('passkey.other-challenge');
    expect(codeOf(authenticatorData(), clientData({ challenge: challenge.toBase64() }))).toBe('passkey.other-challenge');
    expect(codeOf(authenticatorData(), clientData({ origin: 'http://localhost:4702' }))).toBe('passkey.other-origin');
    expect(codeOf(authenticatorData(), clientData({ crossOrigin: true }))).toBe('passkey.cross-origin');
    expect(codeOf(authenticatorData(), clientData({ topOrigin: 'http://localhost:4700' }))).toBe('passkey.cross-origin');
    expect(codeOf(authenticatorData(0x05, 'localhost.evil'), clientData())).toBe('passkey.other-site');
    expect(codeOf(authenticatorData(0x04), clientData())).toBe('passkey.user-not-verified');
    expect(codeOf(authenticatorData(0x01), clientData())).toBe('passkey.user-not-verified');
    expect(codeOf(authenticatorData(0x45), clientData())).toBe('passkey.malformed');
    expect(codeOf(authenticatorData(0x85), clientData())).toBe('passkey.malformed');
    expect(codeOf(authenticatorData(0x05, 'localhost', Uint8Array.of(0)), clientData())).toBe('passkey.malformed');
    expect(codeOf(authenticatorData().slice(0, 36), clientData())).toBe('passkey.malformed');
    expect(codeOf(authenticatorData(), utf8('{"type":"webauthn.get","type":"webauthn.get"}'))).toBe('passkey.malformed');
    expect(codeOf(authenticatorData(), Uint8Array.of(0xff))).toBe('passkey.malformed');
  });

  test('any changed bit of what was signed is refused', () => {
    const whole = signed(authenticatorData(), clientData());
    for (const part of ['authenticatorData', 'clientDataJSON', 'signature'] as const) {
      for (let at = 0; at < whole[part].length; at++) {
        const changed = { ...whole, [part]: whole[part].with(at, whole[part][at]! ^ 1) };
        expect(verifyAssertion(engine, changed as typeof whole, { alg: 'passkey-es256', publicKey: keys['passkey-es256'] }, challenge, trust).ok, `${part} ${at}`).toBe(false);
      }
    }
  });

  test('its form in the envelope has one encoding', () => {
    const whole = signed(authenticatorData(), clientData());
    const encoded = encodeAssertion(whole);
    expect(parseAssertion(encoded)).toEqual({ ok: true, value: whole });
    for (const text of ['{}', '[]', '{"ad":"","cd":""}', '{"ad":"","cd":"","sig":"","x":""}', '{"ad":1,"cd":"","sig":""}', '{"ad":"AB==","cd":"","sig":""}', '{"cd":"","ad":"","sig":""}']) {
      expect(parseAssertion(utf8(text)), text).toMatchObject({ ok: false });
    }
    expect(parseAssertion(encodeAssertion({ ...whole, clientDataJSON: new Uint8Array(2049) })).ok).toBe(false);
  });
});
