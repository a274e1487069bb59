import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../kernel/bytes.ts';
import { canonicalBytes, encodeCanonical, jcs, parseCanonical } from './json.ts';
import { parseJson } from './json-text.ts';

const word = fc.string({ unit: 'binary' });
const name = fc.string({ unit: 'grapheme-ascii' });
const safeInteger = fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n));
const strictValue = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, word.map((text) => text.replaceAll('\0', '.')), safeInteger, fc.boolean(), fc.array(tie('value')), fc.dictionary(name, tie('value'))),
})).value;

test('jcs writes what another implementation writes, of any JSON value', () => {
  fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
    const written = jcs(utf8(JSON.stringify(value)));
    expect(written.ok && fromUtf8(written.value)).toBe(canonicalize(value));
  }));
});

test('jcs is idempotent, and its number forms read back to the same number', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
    const once = jcs(utf8(n === 0 ? '-0.0e1' : n.toExponential()));
    expect(once.ok && Number(fromUtf8(once.value))).toBe(n === 0 ? 0 : n);
    expect(once.ok && jcs(once.value)).toEqual(once);
  }));
});

test('the parser takes what the platform takes, except for double names and lone surrogates', () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:\\u00d8 1.e-0truefalsn') })), (text) => {
    let platform: unknown;
    try {
      platform = { value: JSON.parse(text) };
    } catch {
      platform = undefined;
    }
    const own = parseJson(text);
    if (own.ok) expect(JSON.stringify({ value: own.value })).toBe(JSON.stringify(platform));
    else if (platform !== undefined) expect(['json.duplicate-name', 'json.lone-surrogate', 'json.number-too-large']).toContain(own.refusal.code);
  }), { numRuns: 2000 });
});

test('strict profile: one value, one encoding, read back as the same value', () => {
  fc.assert(fc.property(strictValue, (value) => {
    const bytes = canonicalBytes(value);
    expect(parseCanonical(bytes)).toEqual({ ok: true, value });
    expect(jcs(bytes)).toEqual({ ok: true, value: bytes });
  }));
});

test('strict profile: texts near to canonical are taken exactly if writing them again gives them back', () => {
  const near = fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0n1-.ae\x7f\u00e9 '), maxLength: 12 });
  fc.assert(fc.property(fc.oneof(near, strictValue.map((value) => JSON.stringify(value)), fc.json()), (text) => {
    const value = parseJson(text);
    const written = value.ok ? encodeCanonical(value.value) : undefined;
    expect(parseCanonical(utf8(text)).ok).toBe(written?.ok === true && fromUtf8(written.value) === text);
  }), { numRuns: 5000 });
});

test('strict profile: bytes that are read are exactly the bytes that would be written', () => {
  fc.assert(fc.property(strictValue, fc.nat(), fc.integer({ min: 0, max: 255 }), (value, place, byte) => {
    const bytes = canonicalBytes(value);
    bytes[place % bytes.length] = byte;
    const parsed = parseCanonical(bytes);
    if (parsed.ok) expect(encodeCanonical(parsed.value)).toEqual({ ok: true, value: bytes });
  }), { numRuns: 1000 });
});
