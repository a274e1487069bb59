/** A passkey's signature over a prepared act: the challenge is the 32 bytes of the act's digest, not their text. */
import { browserSupportsWebAuthn, bufferToBase64URLString, startAuthentication, WebAuthnError } from '@simplewebauthn/browser';
import { fromHex } from '../../../kernel/bytes.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Hash } from '../../../kernel/ids.ts';

type Assertion = Awaited<ReturnType<typeof startAuthentication>>;

/** Asks the authenticator for `credential`; user verification is required. Refuses in words, throws only for bugs. */
export async function signWithPasskey(digest: Hash, rpId: string, credential: string): Promise<Result<Assertion>> {
  const bytes = fromHex(digest);
  if (bytes === undefined) throw new Error('the digest of a prepared act is not hex');
  if (!browserSupportsWebAuthn()) return refuse('web.passkey-unsupported');
  try {
    return ok(await startAuthentication({
      optionsJSON: { challenge: bufferToBase64URLString(bytes.buffer), rpId, allowCredentials: [{ id: credential, type: 'public-key' }], userVerification: 'required' },
    }));
  } catch (error) {
    if (error instanceof WebAuthnError || (error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError'))) return refuse('web.passkey-cancelled');
    throw error;
  }
}
