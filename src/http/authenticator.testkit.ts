/** A software authenticator (ES256, user verified) for tests: answers options as a browser with a passkey would. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { AssertionResponse, RegistrationResponse } from '../features/officers/webauthn.ts';

type Options = { readonly challenge: string; readonly [name: string]: unknown };

export class Authenticator {
  readonly id = randomBytes(32).toString('base64url');
  readonly #origin: string;
  readonly #rpId: string;
  readonly #private: KeyObject;
  readonly #point: { x: Buffer; y: Buffer };
  #counter = 0;
  /** Flags of authenticator data: user present and verified. */
  flags = 0x05;

  constructor(origin: string) {
    this.#origin = origin;
    this.#rpId = new URL(origin).hostname;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' });
    this.#private = privateKey;
    this.#point = { x: Buffer.from(jwk.x as string, 'base64url'), y: Buffer.from(jwk.y as string, 'base64url') };
  }

  create(options: Options): RegistrationResponse {
    const cose = new Map<number, number | Uint8Array<ArrayBuffer>>([[1, 2], [3, -7], [-1, 1], [-2, new Uint8Array(this.#point.x)], [-3, new Uint8Array(this.#point.y)]]);
    const id = Buffer.from(this.id, 'base64url');
    const size = Buffer.alloc(2);
    size.writeUInt16BE(id.length);
    const authData = Buffer.concat([this.#head(0x40), Buffer.alloc(16), size, id, isoCBOR.encode(cose)]);
    const attestation = isoCBOR.encode(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', new Uint8Array(authData)]]) as never);
    return {
      id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {},
      response: { clientDataJSON: this.#clientData('webauthn.create', options).toString('base64url'), attestationObject: Buffer.from(attestation).toString('base64url'), transports: ['internal'] },
    };
  }

  assert(options: Options): AssertionResponse {
    this.#counter += 1;
    const clientData = this.#clientData('webauthn.get', options);
    const authData = this.#head(0);
    const signature = sign('sha256', Buffer.concat([authData, createHash('sha256').update(clientData).digest()]), this.#private);
    return {
      id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {},
      response: { clientDataJSON: clientData.toString('base64url'), authenticatorData: authData.toString('base64url'), signature: signature.toString('base64url') },
    };
  }

  #head(extra: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([createHash('sha256').update(this.#rpId).digest(), Buffer.from([this.flags | extra]), counter]);
  }

  #clientData(type: string, { challenge }: Options): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }
}
