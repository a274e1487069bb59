/**
 * Passkeys in the browser. The ceremonies' options come from the node; for an act the challenge is its
 * digest, so that what is signed is exactly the act and nothing a page could swap in between.
 */
import { fromHex } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { AssertionResponse, RegistrationResponse } from '../features/officers/webauthn.ts';
import { recall, remember } from './i18n/remembered.ts';

/** Options as the node makes them: opaque here. */
type Options = { readonly challenge: string };

/** Creates a passkey on this device or a security key. Refusals `web.passkey-cancelled`, `web.passkey-unsupported`. */
export async function createPasskey(options: Options): Promise<Result<RegistrationResponse>> {
  return ceremony(async ({ startRegistration }) => await startRegistration({ optionsJSON: options as never }) as unknown as RegistrationResponse);
}

/** Asks a passkey for an assertion. Refusals as above. */
export async function askPasskey(options: Options): Promise<Result<AssertionResponse>> {
  return ceremony(async ({ startAuthentication }) => await startAuthentication({ optionsJSON: options as never }) as unknown as AssertionResponse);
}

async function ceremony<T>(run: (library: typeof import('@simplewebauthn/browser')) => Promise<T>): Promise<Result<T>> {
  const library = await import('@simplewebauthn/browser');
  if (!library.browserSupportsWebAuthn()) return refuse('web.passkey-unsupported');
  try {
    return ok(await run(library));
  } catch (error) {
    // The library and the browser throw for "cancelled", "timed out" and "no such passkey" alike, on purpose.
    if (error instanceof Error && (error.name === 'WebAuthnError' || error instanceof DOMException || error.name === 'NotAllowedError')) return refuse('web.passkey-cancelled');
    throw error;
  }
}

/** Options for signing an act: the 32 bytes of its digest are the challenge; user verification is demanded. */
export function signingOptions(digest: string, rpId: string, credentials: readonly string[]): Options & Record<string, unknown> {
  const bytes = fromHex(digest);
  if (bytes === undefined) throw new Error('a digest is lower-case hex');
  return {
    challenge: bytes.toBase64({ alphabet: 'base64url', omitPadding: true }),
    rpId,
    allowCredentials: credentials.map((id) => ({ id, type: 'public-key' })),
    userVerification: 'required',
  };
}

/** Credentials that this browser has used on this node: offered first when signing in. */
export function knownCredentials(): readonly string[] {
  return (recall('credentials') ?? '').split(' ').filter((id) => /^[A-Za-z0-9_-]{1,1400}$/.test(id)).slice(0, 20);
}

export function rememberCredential(id: string): void {
  remember('credentials', [id, ...knownCredentials().filter((known) => known !== id)].slice(0, 20).join(' '));
}
