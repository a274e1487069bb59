/**
 * A passkey's signature under an act, checked offline. docs/spec/signature.md.
 *
 * The authenticator signs authenticatorData ‖ SHA-256(clientDataJSON) (W3C WebAuthn L3 §7.2); both are
 * kept beside the signature, so that anybody can check it later with nothing but the key and the
 * origins that the party had published. The challenge is the act id as its 32 bytes. Counters are
 * ignored: they say something about an authenticator at one time, nothing about a record.
 */
import { concatBytes, equalBytes, fromBase64, fromUtf8, toBase64, utf8, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';
import { canonicalBytes, parseCanonical } from './json.ts';
import { parseJson, type JsonValue } from './json-text.ts';
import { verifyEd25519, verifyP256, type SigningKey } from './signature.ts';

export const AUTHENTICATOR_DATA_SIZE_MAX = 1024;
export const CLIENT_DATA_SIZE_MAX = 2048;

export interface Assertion {
  readonly authenticatorData: Bytes;
  readonly clientDataJSON: Bytes;
  /** DER for ES256, 64 bytes for EdDSA. */
  readonly signature: Bytes;
}

/** Where a party's passkeys may have been used: from its `party.profile` in the act's cut. */
export interface PasskeyTrust {
  readonly rpIds: readonly string[];
  readonly origins: readonly string[];
}

/** The `sig` of an envelope: canonical JSON {"ad","cd","sig"}, each base64. */
export function encodeAssertion(assertion: Assertion): Bytes {
  return canonicalBytes({ ad: toBase64(assertion.authenticatorData), cd: toBase64(assertion.clientDataJSON), sig: toBase64(assertion.signature) });
}

export function parseAssertion(bytes: Uint8Array): Result<Assertion> {
  const parsed = parseCanonical(bytes);
  const members = parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
  if (members === undefined || Object.keys(members).join() !== 'ad,cd,sig') return refuse('passkey.malformed');
  const [authenticatorData, clientDataJSON, signature] = [members.ad, members.cd, members.sig].map((value) => (typeof value === 'string' ? fromBase64(value) : undefined));
  if (authenticatorData === undefined || clientDataJSON === undefined || signature === undefined) return refuse('passkey.malformed');
  if (authenticatorData.length > AUTHENTICATOR_DATA_SIZE_MAX || clientDataJSON.length > CLIENT_DATA_SIZE_MAX) return refuse('passkey.malformed');
  return ok({ authenticatorData, clientDataJSON, signature });
}

/** Checks everything that was signed, then the signature. `challenge`: the 32 bytes of the act id. */
export function verifyAssertion(engine: Engine, assertion: Assertion, key: SigningKey, challenge: Uint8Array, trust: PasskeyTrust): Result<true> {
  const client = checkClientData(assertion.clientDataJSON, challenge, trust);
  if (!client.ok) return client;
  const authenticator = checkAuthenticatorData(engine, assertion.authenticatorData, trust);
  if (!authenticator.ok) return authenticator;
  const signed = concatBytes(assertion.authenticatorData, engine.sha256(assertion.clientDataJSON));
  if (key.alg === 'passkey-es256') return verifyP256(engine, key.publicKey, signed, assertion.signature);
  if (key.alg === 'passkey-eddsa') return verifyEd25519(engine, key.publicKey, signed, assertion.signature);
  return refuse('passkey.not-a-passkey');
}

function checkClientData(bytes: Uint8Array, challenge: Uint8Array, trust: PasskeyTrust): Result<true> {
  const text = fromUtf8(bytes);
  const parsed = text === undefined ? undefined : parseJson(text);
  if (parsed === undefined || !parsed.ok || !isObject(parsed.value)) return refuse('passkey.malformed');
  const { type, challenge: answered, origin, crossOrigin, topOrigin } = parsed.value;
  if (type !== 'webauthn.get') return refuse('passkey.wrong-ceremony');
  if (answered !== Uint8Array.from(challenge).toBase64({ alphabet: 'base64url', omitPadding: true })) return refuse('passkey.other-challenge');
  if (typeof origin !== 'string' || !trust.origins.includes(origin)) return refuse('passkey.other-origin');
  if ((crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined) return refuse('passkey.cross-origin');
  return ok(true);
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED_CREDENTIAL = 0x40;
const EXTENSIONS = 0x80;
const FIXED_SIZE = 37;

/** rpIdHash (32) ‖ flags (1) ‖ counter (4) [‖ extensions]. Attested credentials belong to registration only. */
function checkAuthenticatorData(engine: Engine, data: Uint8Array, trust: PasskeyTrust): Result<true> {
  if (data.length < FIXED_SIZE || data.length > AUTHENTICATOR_DATA_SIZE_MAX) return refuse('passkey.malformed');
  const flags = data[32] as number;
  if ((flags & ATTESTED_CREDENTIAL) !== 0 || ((flags & EXTENSIONS) !== 0) !== data.length > FIXED_SIZE) return refuse('passkey.malformed');
  const rpIdHash = data.subarray(0, 32);
  if (!trust.rpIds.some((rpId) => equalBytes(engine.sha256(utf8(rpId)), rpIdHash))) return refuse('passkey.other-site');
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return refuse('passkey.user-not-verified');
  return ok(true);
}

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
