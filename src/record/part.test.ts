import { expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { utf8 } from '../kernel/bytes.ts';
import { commitment, encodeOpening, openPart } from './part.ts';

const engine = nodeEngine();
const salt = new Uint8Array(32).fill(8);
const plaintext = utf8('نص واحد، أصلان');
const commit = commitment(engine, salt, plaintext);

test('a part opens with its salt and bytes, and with no other', () => {
  const opening = encodeOpening({ salt, plaintext });
  expect(openPart(engine, commit, opening, plaintext.length)).toEqual({ ok: true, value: { salt, plaintext } });
  for (let at = 0; at < opening.length; at++) expect(openPart(engine, commit, opening.with(at, opening[at]! ^ 1))).toEqual({ ok: false, refusal: { code: 'part.does-not-open' } });
  expect(openPart(engine, commit, opening.subarray(0, 31)).ok).toBe(false);
  expect(openPart(engine, commit, opening, plaintext.length + 1)).toMatchObject({ ok: false, refusal: { code: 'part.wrong-size' } });
});

test('a salt of another length is a bug of the caller', () => {
  expect(() => commitment(engine, salt.subarray(1), plaintext)).toThrow(RangeError);
});
