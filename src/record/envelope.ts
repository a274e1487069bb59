/**
 * The envelope: exact bytes of a leaf. docs/spec/envelope.md.
 *
 *   {"payload":"<base64>","payloadType":"<type>","signatures":[{"keyid":"<hex>","sig":"<base64>"},…]}
 *
 * A DSSE envelope (JSON form) in canonical JSON: one encoding per value, signatures sorted by key id,
 * each key once, 1 to 8. The id of an act is the hash of what is signed, never of the envelope: an
 * ECDSA signature can be rewritten by anybody into a second valid one.
 */
import { fromHex, fromUtf8, toBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';
import { paeDigest } from './pae.ts';
import { verifyEd25519, type SigningKey } from './signature.ts';
import { parseAssertion, verifyAssertion, type PasskeyTrust } from './webauthn.ts';

/** Largest envelope: the 16-bit length of an entry in a tlog-tiles bundle. */
export const ENVELOPE_SIZE_MAX = 65_535;
export const SIGNATURES_MAX = 8;
/** Largest `sig` in bytes: a passkey assertion with a long clientDataJSON. */
export const SIG_SIZE_MAX = 4096;

export interface EnvelopeSignature {
  readonly keyid: Hash;
  /** Ed25519: 64 bytes. Passkey: canonical JSON {"ad","cd","sig"} (webauthn.ts). */
  readonly sig: Bytes;
}

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Bytes;
  /** Sorted by key id, unique. */
  readonly signatures: readonly EnvelopeSignature[];
}

/** SHA-256 of the PAE, lower-case hex: the id of an act, and the challenge of a passkey (as 32 bytes). */
export function actId(engine: Engine, payloadType: string, payload: Uint8Array): Hash {
  return toHex(paeDigest(engine, payloadType, payload));
}

/**
 * One signature of an envelope under a key: Ed25519 signs `signed`, the PAE of the payload; a passkey
 * answers the challenge `id`, its hash. `trust` is needed for passkeys only; without it none verifies.
 */
export function verifyEnvelopeSignature(
  engine: Engine,
  key: SigningKey,
  signature: EnvelopeSignature,
  signed: Uint8Array,
  id: Hash,
  trust: PasskeyTrust = { rpIds: [], origins: [] },
): Result<true> {
  if (key.alg === 'ed25519') return verifyEd25519(engine, key.publicKey, signed, signature.sig);
  const assertion = parseAssertion(signature.sig);
  return assertion.ok ? verifyAssertion(engine, assertion.value, key, fromHex(id) as Bytes, trust) : assertion;
}

/** Envelope bytes; signatures may come in any order. Refuses what `parseEnvelope` would refuse. */
export function encodeEnvelope(envelope: Envelope): Result<Bytes> {
  const signatures = [...envelope.signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
  const refusal = faultOf(envelope.payloadType, signatures);
  if (refusal !== undefined) return refuse(refusal);
  const lines = signatures.map(({ keyid, sig }) => `{"keyid":"${keyid}","sig":"${toBase64(sig)}"}`);
  const bytes = utf8(`{"payload":"${toBase64(envelope.payload)}","payloadType":"${envelope.payloadType}","signatures":[${lines.join(',')}]}`);
  return bytes.length > ENVELOPE_SIZE_MAX ? refuse('envelope.too-large', { size: bytes.length }) : ok(bytes);
}

/*
 * The layout is fixed and none of its strings can hold an escape, so walking along the layout and
 * decoding its strict base64 is the same as parse, re-encode, compare, at a third of the cost; a property
 * test holds the two together.
 */
const PAYLOAD = '{"payload":"';
const TYPE = '","payloadType":"';
const SIGNATURES = '","signatures":[';
const KEY = '{"keyid":"';
const SIG = '","sig":"';

export function parseEnvelope(bytes: Uint8Array): Result<Envelope> {
  if (bytes.length > ENVELOPE_SIZE_MAX) return refuse('envelope.too-large', { size: bytes.length });
  const text = fromUtf8(bytes);
  if (text === undefined || !text.startsWith(PAYLOAD)) return refuse('envelope.malformed');
  const payloadEnd = text.indexOf('"', PAYLOAD.length);
  const typeStart = payloadEnd + TYPE.length;
  const typeEnd = text.indexOf('"', typeStart);
  if (payloadEnd < 0 || typeEnd < 0 || !text.startsWith(TYPE, payloadEnd) || !text.startsWith(SIGNATURES, typeEnd)) return refuse('envelope.malformed');
  const payload = decodeBase64(text.slice(PAYLOAD.length, payloadEnd));
  const signatures = parseSignatures(text, typeEnd + SIGNATURES.length);
  if (payload === undefined || signatures === undefined) return refuse('envelope.malformed');
  const payloadType = text.slice(typeStart, typeEnd);
  const refusal = faultOf(payloadType, signatures);
  return refusal === undefined ? ok({ payloadType, payload, signatures }) : refuse(refusal);
}

/** The signatures from `start` to the very end of the text; undefined when anything else stands there. */
function parseSignatures(text: string, start: number): EnvelopeSignature[] | undefined {
  const signatures: EnvelopeSignature[] = [];
  for (let at = start; ; at++) {
    const idEnd = at + KEY.length + 64;
    const sigStart = idEnd + SIG.length;
    const sigEnd = text.indexOf('"', sigStart);
    if (sigEnd <= sigStart || !text.startsWith(KEY, at) || !text.startsWith(SIG, idEnd)) return undefined;
    const sig = decodeBase64(text.slice(sigStart, sigEnd));
    if (sig === undefined) return undefined;
    signatures.push({ keyid: text.slice(at + KEY.length, idEnd), sig });
    at = sigEnd + 2;
    if (text[sigEnd + 1] !== '}') return undefined;
    if (text[at] !== ',') return text.startsWith(']}', at) && text.length === at + 2 ? signatures : undefined;
  }
}

/** A strict decoder still skips ASCII white space; without any, the text is the only one for its bytes. */
function decodeBase64(text: string): Bytes | undefined {
  if (/\s/.test(text)) return undefined;
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch {
    return undefined;
  }
}

/** The signatures must already be in order: sorted strictly, so that a repeated key shows as disorder. */
function faultOf(payloadType: string, signatures: readonly EnvelopeSignature[]): string | undefined {
  if (!/^[\x20\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(payloadType)) return 'envelope.malformed';
  if (signatures.length < 1 || signatures.length > SIGNATURES_MAX) return 'envelope.signature-count';
  for (let i = 0; i < signatures.length; i++) {
    const { keyid, sig } = signatures[i] as EnvelopeSignature;
    if (!/^[0-9a-f]{64}$/.test(keyid)) return 'envelope.malformed';
    if (sig.length < 1 || sig.length > SIG_SIZE_MAX) return 'envelope.signature-size';
    if (i > 0 && (signatures[i - 1] as EnvelopeSignature).keyid >= keyid) return 'envelope.signatures-not-sorted';
  }
  return undefined;
}
