import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { actId, encodeEnvelope, parseEnvelope, type Envelope } from './envelope.ts';
import { canonicalBytes, parseCanonical } from './json.ts';
import { pae } from './pae.ts';

const bytes = (max: number): fc.Arbitrary<Bytes> => fc.uint8Array({ maxLength: max }).map((value) => Uint8Array.from(value));
const envelope: fc.Arbitrary<Envelope> = fc.record({
  payloadType: fc.string({ unit: fc.constantFrom(...'abz/+.;= ~!'), minLength: 1, maxLength: 40 }),
  payload: bytes(200),
  signatures: fc.uniqueArray(fc.record({ keyid: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex), sig: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((value) => Uint8Array.from(value)) }), { minLength: 1, maxLength: 8, selector: (item) => item.keyid }),
});

function sorted(value: Envelope): Envelope {
  return { ...value, signatures: [...value.signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : 1)) };
}

test('an envelope is canonical JSON, and reads back with its signatures sorted', () => {
  fc.assert(fc.property(envelope, (value) => {
    const encoded = encodeEnvelope(value);
    if (!encoded.ok) throw new Error(encoded.refusal.code);
    const { payloadType, payload, signatures } = sorted(value);
    const plain = { payload: toBase64(payload), payloadType, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: toBase64(sig) })) };
    expect(encoded.value).toEqual(canonicalBytes(plain));
    expect(parseEnvelope(encoded.value)).toEqual({ ok: true, value: sorted(value) });
  }));
});

/** The slow way: parse any canonical JSON, demand the members, encode again, compare. */
function parsedSlowly(encoded: Bytes): boolean {
  const parsed = parseCanonical(encoded);
  if (!parsed.ok) return false;
  const { payload, payloadType, signatures } = parsed.value as { payload: string; payloadType: string; signatures: { keyid: string; sig: string }[] };
  try {
    const value = { payload: fromBase64(payload) as Bytes, payloadType, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: fromBase64(sig) as Bytes })) };
    const again = encodeEnvelope(value);
    return again.ok && toBase64(again.value) === toBase64(encoded);
  } catch {
    return false;
  }
}

test('matching the layout takes and refuses what parse, re-encode, compare does', () => {
  fc.assert(fc.property(envelope, fc.nat(), fc.oneof(fc.constantFrom(...utf8('"{}[],:\\=A0 ')), fc.integer({ min: 0, max: 255 })), fc.constantFrom('set', 'insert', 'remove'), (value, at, byte, how) => {
    const encoded = encodeEnvelope(value);
    if (!encoded.ok) throw new Error(encoded.refusal.code);
    const list = [...encoded.value];
    list.splice(at % list.length, how === 'insert' ? 0 : 1, ...(how === 'remove' ? [] : [byte]));
    const changed = Uint8Array.from(list);
    expect(parseEnvelope(changed).ok).toBe(parsedSlowly(changed));
  }), { numRuns: 2000 });
});

test('the id is the hash of the encoding, of any type and size', () => {
  const engine = nodeEngine();
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.oneof(bytes(300), fc.constantFrom(65_900, 65_990, 70_000).map((size) => new Uint8Array(size).fill(7) as Bytes)), (type, payload) => {
    expect(actId(engine, type, payload)).toBe(toHex(engine.sha256(pae(type, payload))));
  }));
});
