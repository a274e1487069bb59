/**
 * WebAuthn ceremonies (W3C WebAuthn Level 3) by @simplewebauthn/server. Challenges go in as bytes: a
 * string would be encoded a second time. `allowCredentials` is always given and `user.id` is random,
 * because every node on one host shares the relying party `localhost`.
 */
import { randomBytes } from 'node:crypto';
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import type { z } from 'zod';
import type { AssertionResponse, creationOptions, RegistrationResponse, requestOptions } from '../../features/officers/webauthn.ts';
import { concatBytes, type Bytes } from '../../kernel/bytes.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Engine } from '../../record/engine.ts';
import { keyId } from '../../record/signature.ts';
import type { Passkey } from './accounts.ts';

export interface Place {
  /** `http://localhost:4700`. */
  readonly origin: string;
  /** Host of the origin: what a passkey is bound to. */
  readonly rpId: string;
  readonly engine: Engine;
}

/** As the contract has them: opaque JSON for the browser. */
export type CreationOptions = z.infer<typeof creationOptions>;
export type RequestOptions = z.infer<typeof requestOptions>;
const ALGORITHMS = [cose.COSEALG.EdDSA, cose.COSEALG.ES256];
const TIMEOUT_MS = 5 * 60_000;

export function newChallenge(): Bytes {
  return new Uint8Array(randomBytes(32));
}

export async function optionsToCreate(place: Place, challenge: Bytes, user: { handle: string; name: string; party: string }, known: readonly Passkey[]): Promise<CreationOptions> {
  return opaque(await generateRegistrationOptions({
    rpName: user.party, rpID: place.rpId, userName: user.name, userDisplayName: user.name,
    userID: new Uint8Array(Buffer.from(user.handle, 'base64url')), challenge, timeout: TIMEOUT_MS, attestationType: 'none',
    excludeCredentials: descriptors(known), authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' }, supportedAlgorithmIDs: ALGORITHMS,
  }));
}

export async function optionsToAssert(place: Place, challenge: Bytes, allowed: readonly Passkey[]): Promise<RequestOptions> {
  return opaque(await generateAuthenticationOptions({ rpID: place.rpId, challenge, timeout: TIMEOUT_MS, userVerification: 'required', allowCredentials: descriptors(allowed) }));
}

/** Members that are undefined must not be there: what goes out is JSON. */
function opaque<T>(options: object): T {
  return JSON.parse(JSON.stringify(options)) as T;
}

function descriptors(passkeys: readonly Passkey[]): { id: string; transports?: string[] }[] {
  return passkeys.map(({ credential, transports }) => (transports.length === 0 ? { id: credential } : { id: credential, transports: [...transports] }));
}

/** The new passkey, or `passkey.refused`: what exactly did not hold helps nobody but an attacker. */
export async function verifyCreation(place: Place, challenge: Bytes, response: RegistrationResponse): Promise<Result<Omit<Passkey, 'officer' | 'label' | 'createdAt'>>> {
  try {
    const verified = await verifyRegistrationResponse({
      response: response as never, expectedChallenge: base64url(challenge), expectedOrigin: place.origin, expectedRPID: place.rpId,
      requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS,
    });
    const key = verified.verified ? recordKey(new Uint8Array(verified.registrationInfo.credential.publicKey)) : undefined;
    if (!verified.verified || key === undefined) return refuse('passkey.refused');
    const { credential } = verified.registrationInfo;
    return ok({
      credential: credential.id, publicKey: new Uint8Array(credential.publicKey), alg: key.alg, key: keyId(place.engine, key.alg, key.publicKey),
      counter: credential.counter, transports: response.response.transports ?? [],
    });
  } catch {
    return refuse('passkey.refused');
  }
}

/** The authenticator's new counter, or `passkey.refused`. */
export async function verifyAnswer(place: Place, challenge: Bytes, passkey: Passkey, response: AssertionResponse): Promise<Result<number>> {
  try {
    const verified = await verifyAuthenticationResponse({
      response: response as never, expectedChallenge: base64url(challenge), expectedOrigin: place.origin, expectedRPID: place.rpId, requireUserVerification: true,
      credential: { id: passkey.credential, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter, transports: [...passkey.transports] },
    });
    return verified.verified ? ok(verified.authenticationInfo.newCounter) : refuse('passkey.refused');
  } catch {
    return refuse('passkey.refused');
  }
}

/** A COSE key as the record writes it: 32 bytes, or the uncompressed point. Undefined: no algorithm of the record. */
export function recordKey(publicKey: Bytes): { alg: Passkey['alg']; publicKey: Bytes } | undefined {
  const key = decodeCredentialPublicKey(publicKey);
  const alg = key.get(cose.COSEKEYS.alg);
  if (cose.isCOSEPublicKeyEC2(key) && alg === cose.COSEALG.ES256) {
    const x = key.get(cose.COSEKEYS.x);
    const y = key.get(cose.COSEKEYS.y);
    return x === undefined || y === undefined ? undefined : { alg: 'passkey-es256', publicKey: concatBytes(Uint8Array.of(4), x, y) };
  }
  if (cose.isCOSEPublicKeyOKP(key) && alg === cose.COSEALG.EdDSA) {
    const x = key.get(cose.COSEKEYS.x);
    return x === undefined ? undefined : { alg: 'passkey-eddsa', publicKey: new Uint8Array(x) };
  }
  return undefined;
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

export function bytesOf(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
