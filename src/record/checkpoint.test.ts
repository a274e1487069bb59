import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { utf8, type Bytes } from '../kernel/bytes.ts';
import { cosignerKey, formatCheckpoint, logKey, openCheckpoint, originOf, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { cosignedMessage, joinCosignature, splitCosignature } from './cosignature.ts';
import { formatNote, formatVkey, parseNote, parseVkey, verifyNote } from './note.ts';

const engine = nodeEngine();
const [logSecret, cosignerSecret] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const space = 'ab'.repeat(32);
const log = logKey(engine, originOf(space, 'dgsn', 1), ed25519.getPublicKey(logSecret) as Bytes);
const cosigner = cosignerKey(engine, space, 'dgp', ed25519.getPublicKey(cosignerSecret) as Bytes);
const checkpoint = { origin: log.name, size: 41n, root: new Uint8Array(32).fill(5), extensions: [] };

async function cosigned(time = 1_700_000_000n, over = formatCheckpoint(checkpoint)): Promise<string> {
  const note = parseNote(await signCheckpoint(checkpoint, log, (text) => ed25519.sign(text, logSecret) as Bytes));
  if (!note.ok) throw new Error(note.refusal.code);
  const signature = joinCosignature({ time, signature: ed25519.sign(cosignedMessage(over, time), cosignerSecret) as Bytes });
  return formatNote({ text: note.value.text, signatures: [...note.value.signatures, { name: cosigner.name, keyId: cosigner.keyId, signature }] });
}

describe('a signed checkpoint', () => {
  test('opens with its log and names who has cosigned, and when', async () => {
    const opened = openCheckpoint(engine, await cosigned(), log, [cosigner]);
    expect(opened).toMatchObject({ ok: true, value: { ...checkpoint, text: formatCheckpoint(checkpoint), cosigned: [{ name: cosigner.name, time: 1_700_000_000n }] } });
    expect(openCheckpoint(engine, await cosigned(), log)).toMatchObject({ ok: true, value: { cosigned: [] } });
  });

  test('a cosignature over another tree spoils it, when the cosigner is known', async () => {
    const false_ = await cosigned(1n, formatCheckpoint({ ...checkpoint, size: 42n }));
    expect(openCheckpoint(engine, false_, log, [cosigner])).toMatchObject({ ok: false, refusal: { code: 'note.signature-false' } });
    expect(openCheckpoint(engine, false_, log).ok).toBe(true);
  });

  test('is of no other log and stands on no cosignature alone', async () => {
    const other = logKey(engine, originOf(space, 'dgsn', 2), log.publicKey);
    expect(openCheckpoint(engine, await cosigned(), other)).toMatchObject({ ok: false, refusal: { code: 'checkpoint.other-origin' } });
    const [head, , ...rest] = (await cosigned()).split('\n— ');
    expect(openCheckpoint(engine, [head, ...rest].join('\n— '), log, [cosigner])).toMatchObject({ ok: false, refusal: { code: 'checkpoint.not-signed-by-log' } });
  });

  test('any changed byte is refused, but for those that make the cosigner an unknown one', async () => {
    const bytes = utf8(await cosigned());
    const text = Buffer.from(bytes).toString('latin1');
    const name = text.lastIndexOf(cosigner.name);
    const keyIdEnd = name + cosigner.name.length + 1 + 6;
    for (let at = 0; at < bytes.length; at++) {
      const opened = openCheckpoint(engine, bytes.with(at, bytes[at]! ^ 0x02), log, [cosigner]);
      if (opened.ok) expect([at >= name && at < keyIdEnd, opened.value.cosigned], `byte ${at}`).toEqual([true, []]);
    }
  });
});

test('checkpoint text: strict forms only', () => {
  const text = formatCheckpoint(checkpoint);
  expect(parseCheckpoint(text)).toEqual({ ok: true, value: checkpoint });
  expect(parseCheckpoint(`${text}extension\n`)).toMatchObject({ ok: true, value: { extensions: ['extension'] } });
  expect(parseCheckpoint(text.replace('\n41\n', '\n18446744073709551615\n'))).toMatchObject({ ok: true, value: { size: 2n ** 64n - 1n } });
  for (const size of ['041', '+41', '18446744073709551616', '', ' 41', '4_1', '٤١']) expect(parseCheckpoint(text.replace('\n41\n', `\n${size}\n`)).ok, size).toBe(false);
  for (const wrong of [`${text}\n`, text.slice(0, -1), text.replaceAll('\n', '\r\n'), `\n${text}`, text.replace('BQU', 'B QU')]) expect(parseCheckpoint(wrong).ok, wrong).toBe(false);
});

test('verifier keys are read back, and two keys of one name and id are refused', () => {
  for (const key of [log, cosigner]) expect(parseVkey(engine, formatVkey(key))).toEqual({ ok: true, value: key });
  const note = parseNote('text\n\n— a AAAAAAA=\n');
  const twins = [1, 2].map((byte) => ({ name: 'a', keyId: '00000000', type: 1 as const, publicKey: new Uint8Array(32).fill(byte) }));
  expect(note.ok && verifyNote(engine, note.value, twins)).toMatchObject({ refusal: { code: 'note.vkeys-ambiguous' } });
});

test('cosignature times stay below 2^63 and the form has 72 bytes', () => {
  const whole = joinCosignature({ time: 2n ** 63n - 1n, signature: new Uint8Array(64).fill(3) });
  expect(splitCosignature(whole)).toEqual({ time: 2n ** 63n - 1n, signature: new Uint8Array(64).fill(3) });
  expect(splitCosignature(whole.with(0, 0x80))).toBeUndefined();
  expect(splitCosignature(whole.subarray(1))).toBeUndefined();
});
