import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../kernel/bytes.ts';
import { CANONICAL_DEPTH_MAX, canonicalBytes, encodeCanonical, jcs, parseCanonical } from './json.ts';
import { JSON_DEPTH_MAX } from './json-text.ts';

test('numbers of the RFC 8785 appendix', () => {
  const bits: readonly [string, string][] = [
    ['0000000000000000', '0'], ['8000000000000000', '0'], ['0000000000000001', '5e-324'], ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'], ['4340000000000000', '9007199254740992'], ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'], ['44b52d02c7e14af5', '9.999999999999997e+22'], ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'], ['444b1ae4d6e2ef4e', '999999999999999700000'], ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'], ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'], ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'], ['41b3de4355555554', '333333333.33333325'], ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ];
  for (const [hex, expected] of bits) {
    const n = new DataView(Uint8Array.fromHex(hex).buffer).getFloat64(0);
    const written = jcs(utf8(Object.is(n, -0) ? '-0' : n.toExponential(20)));
    expect(written.ok && fromUtf8(written.value), hex).toBe(expected);
  }
});

test('nesting is bounded on both readers, and said so', () => {
  const nested = (depth: number): Uint8Array => utf8('['.repeat(depth) + ']'.repeat(depth));
  expect(jcs(nested(JSON_DEPTH_MAX)).ok).toBe(true);
  expect(jcs(nested(JSON_DEPTH_MAX + 1))).toMatchObject({ ok: false, refusal: { code: 'json.too-deep' } });
  expect(parseCanonical(nested(CANONICAL_DEPTH_MAX)).ok).toBe(true);
  for (const depth of [CANONICAL_DEPTH_MAX + 1, 1_000_000]) expect(parseCanonical(nested(depth))).toMatchObject({ ok: false, refusal: { code: 'json.too-deep' } });
  expect(jcs(utf8('{"a":'.repeat(1_000_000)))).toMatchObject({ ok: false, refusal: { code: 'json.too-deep' } });
});

test('names of the prototype are names like any other', () => {
  const text = '{"__proto__":{"a":1},"constructor":2,"toString":3}';
  const written = jcs(utf8(text));
  expect(written.ok && fromUtf8(written.value)).toBe(text);
  expect(parseCanonical(utf8(text)).ok).toBe(true);
});

test('what is outside the strict profile has a code, and own code that writes it is a bug', () => {
  const cases: readonly [unknown, string][] = [
    [null, 'json.null'], [1.5, 'json.number-not-integer'], [-0, 'json.number-not-integer'], [2 ** 53, 'json.number-not-integer'], [Number.NaN, 'json.number-not-integer'],
    ['a\0b', 'json.zero-character'], ['\ud800', 'json.lone-surrogate'], [{ é: 1 }, 'json.name-not-ascii'], [{ 'a\n': 1 }, 'json.name-not-ascii'],
    [undefined, 'json.not-a-value'], [{ a: undefined }, 'json.not-a-value'], [1n, 'json.not-a-value'], [[() => 1], 'json.not-a-value'],
  ];
  for (const [value, code] of cases) {
    expect(encodeCanonical(value)).toMatchObject({ ok: false, refusal: { code } });
    expect(() => canonicalBytes(value)).toThrow(code);
  }
});
