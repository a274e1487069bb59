/** The language-neutral cases of vectors/, valid and invalid, against this implementation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nobleEngine } from '../adapters/engine/noble-engine.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { conformLine } from '../main/conform.ts';
import { fromBase64, fromHex, type Bytes } from '../kernel/bytes.ts';
import type { Result } from '../kernel/result.ts';
import { encodeEnvelope, parseEnvelope } from './envelope.ts';
import { canonicalBytes, parseCanonical } from './json.ts';
import { openPart } from './part.ts';
import { decodeEntries, encodeEntries, parseTilePath, tilePath } from './tile.ts';
import type { KeyAlgorithm } from './signature.ts';
import { parseAssertion, verifyAssertion, type PasskeyTrust } from './webauthn.ts';
import { encodeZip, parseZip } from './zip.ts';

const root = join(import.meta.dirname, '../../vectors');
const engines = { node: nodeEngine(), noble: nobleEngine() };

/** Every member that a case of some format has. */
interface Case {
  readonly name: string;
  readonly request: object;
  readonly answer: { readonly ok: boolean };
  readonly input: string;
  readonly error: string;
  readonly commitment: string;
  readonly opening: string;
  readonly size?: number;
  readonly alg: KeyAlgorithm;
  readonly publicKey: string;
  readonly id: string;
  readonly trust: PasskeyTrust;
  readonly sig: string;
}
interface Vectors {
  readonly cases: readonly Case[];
  readonly paths: readonly string[];
  readonly entries: readonly { readonly name: string; readonly bundle: string; readonly entries: readonly string[]; readonly width: number; readonly error: string }[];
}

function read(format: string, kind: 'valid' | 'invalid'): Vectors {
  return JSON.parse(readFileSync(join(root, format, `${kind}.json`), 'utf8')) as Vectors;
}

function bytes(text: string): Bytes {
  const value = fromBase64(text);
  if (value === undefined) throw new Error('a vector is not base64');
  return value;
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'taken' : result.refusal.code;
}

describe('through the conformance port', () => {
  for (const format of ['jcs', 'pae', 'signature', 'note', 'checkpoint', 'tree']) {
    for (const kind of ['valid', 'invalid'] as const) {
      test(`${format}, ${kind}`, () => {
        const { cases } = read(format, kind);
        expect(cases.length).toBeGreaterThan(1);
        for (const { name, request, answer } of cases) {
          expect(answer.ok, name).toBe(kind === 'valid');
          expect(JSON.parse(conformLine(JSON.stringify(request))), name).toEqual(answer);
        }
      });
    }
  }
});

/** Formats of which valid bytes are read and written back the same. */
const formats: Record<string, (input: Bytes) => Result<Bytes>> = {
  canonical(input) {
    const parsed = parseCanonical(input);
    return parsed.ok ? { ok: true, value: canonicalBytes(parsed.value) } : parsed;
  },
  envelope(input) {
    const parsed = parseEnvelope(input);
    return parsed.ok ? encodeEnvelope(parsed.value) : parsed;
  },
  bundle(input) {
    const parsed = parseZip(input);
    return parsed.ok ? { ok: true, value: encodeZip(parsed.value) } : parsed;
  },
};

for (const [format, through] of Object.entries(formats)) {
  describe(format, () => {
    for (const { name, input } of read(format, 'valid').cases) test(`takes: ${name}`, () => expect(through(bytes(input))).toEqual({ ok: true, value: bytes(input) }));
    for (const { name, input, error } of read(format, 'invalid').cases) test(`refuses: ${name}`, () => expect(codeOf(through(bytes(input)))).toBe(error));
  });
}

test('part', () => {
  const { node } = engines;
  for (const { name, commitment, opening } of read('part', 'valid').cases) expect(openPart(node, commitment, bytes(opening)).ok, name).toBe(true);
  for (const { name, commitment, opening, size, error } of read('part', 'invalid').cases) expect(codeOf(openPart(node, commitment, bytes(opening), size)), name).toBe(error);
});

test('tile', () => {
  const [valid, invalid] = [read('tile', 'valid'), read('tile', 'invalid')];
  for (const path of valid.paths) expect(tilePath(parseTilePath(path) ?? { level: 0, index: 0, width: 1 })).toBe(path);
  for (const path of invalid.paths) expect(parseTilePath(path), path).toBeUndefined();
  for (const { name, bundle, entries } of valid.entries) {
    expect(decodeEntries(bytes(bundle), entries.length), name).toEqual({ ok: true, value: entries.map(bytes) });
    expect(encodeEntries(entries.map(bytes)), name).toEqual(bytes(bundle));
  }
  for (const { name, bundle, width, error } of invalid.entries) expect(codeOf(decodeEntries(bytes(bundle), width)), name).toBe(error);
});

for (const [name, engine] of Object.entries(engines)) {
  test(`passkey on ${name}`, () => {
    const verdict = ({ alg, publicKey, id, trust, sig }: Case): Result<unknown> => {
      const assertion = parseAssertion(bytes(sig));
      return assertion.ok ? verifyAssertion(engine, assertion.value, { alg, publicKey: fromHex(publicKey) as Bytes }, fromHex(id) as Bytes, trust) : assertion;
    };
    for (const one of read('passkey', 'valid').cases) expect(codeOf(verdict(one)), one.name).toBe('taken');
    for (const one of read('passkey', 'invalid').cases) expect(codeOf(verdict(one)), one.name).toBe(one.error);
  });
}

test('no vector lies unread', () => {
  const mine = ['bundle', 'canonical', 'checkpoint', 'envelope', 'jcs', 'note', 'pae', 'part', 'passkey', 'signature', 'tile', 'tree'];
  for (const format of mine) expect(readdirSync(join(root, format)).sort(), format).toEqual(['invalid.json', 'valid.json']);
});
