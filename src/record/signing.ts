/**
 * One signature to be checked, as plain data: so that checking can run in a batch, in a worker or from
 * a cache, apart from the rules that need its verdict.
 */
import type { Bytes } from '../kernel/bytes.ts';
import type { Engine } from './engine.ts';
import { verifyEd25519, type KeyAlgorithm } from './signature.ts';
import { parseAssertion, verifyAssertion, type PasskeyTrust } from './webauthn.ts';

export interface SignatureCheck {
  readonly alg: KeyAlgorithm;
  readonly publicKey: Bytes;
  /** What is signed (a PAE, a note's text); the challenge of a passkey is its SHA-256. */
  readonly message: Bytes;
  /** Ed25519: 64 bytes. Passkey: canonical JSON {"ad","cd","sig"}. */
  readonly signature: Bytes;
  /** For passkeys: where the party's passkeys may be used. */
  readonly trust?: PasskeyTrust;
}

/** The verdict of the pinned rule (docs/spec/signature.md); the same on every engine. Never throws. */
export function verifySignature(engine: Engine, check: SignatureCheck): boolean {
  if (check.alg === 'ed25519') return verifyEd25519(engine, check.publicKey, check.message, check.signature).ok;
  if (check.trust === undefined) return false;
  const assertion = parseAssertion(check.signature);
  return assertion.ok && verifyAssertion(engine, assertion.value, { alg: check.alg, publicKey: check.publicKey }, engine.sha256(check.message), check.trust).ok;
}
