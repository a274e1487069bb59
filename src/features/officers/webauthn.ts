/**
 * WebAuthn values as JSON (W3C WebAuthn Level 3 §5.1.8–5.1.10): what `@simplewebauthn/browser` takes and
 * gives. Options are made here and pass through; responses come from outside and are bounded.
 */
import { z } from 'zod';

const base64url = (size: number): z.ZodString => z.string().regex(/^[A-Za-z0-9_-]+$/).max(size);

/** For navigator.credentials.create(): opaque to the page. */
export const creationOptions = z.looseObject({ challenge: z.string(), rp: z.looseObject({ name: z.string(), id: z.string().optional() }) });
/** For navigator.credentials.get(): opaque to the page. */
export const requestOptions = z.looseObject({ challenge: z.string(), rpId: z.string().optional() });

const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

export const registrationResponse = z.object({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(12_000),
    transports: z.array(transport).max(7).optional().catch(undefined),
  }),
  clientExtensionResults: z.object({}),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
});
export type RegistrationResponse = z.infer<typeof registrationResponse>;

export const assertionResponse = z.object({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(1000),
    userHandle: base64url(200).optional(),
  }),
  clientExtensionResults: z.object({}),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
});
export type AssertionResponse = z.infer<typeof assertionResponse>;
