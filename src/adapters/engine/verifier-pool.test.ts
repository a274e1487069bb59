import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { SignatureCheck } from '../../record/signing.ts';
import { verifierPool } from './verifier-pool.ts';

const pool = verifierPool(2);
afterAll(() => pool.close());

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const raw = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));

function signed(count: number, bad: readonly number[]): SignatureCheck[] {
  return Array.from({ length: count }, (_, i) => {
    const message = new TextEncoder().encode(`message ${i}`);
    const signature = new Uint8Array(sign(null, message, privateKey));
    return { alg: 'ed25519', publicKey: raw, message, signature: bad.includes(i) ? signature.with(40, (signature[40] as number) ^ 1) : signature };
  });
}

test.each([0, 1, 23, 24, 513, 1100])('%i checks come back in their order', async (count) => {
  const bad = [0, 20, 512, 1099];
  expect(await pool.verify(signed(count, bad))).toEqual(Array.from({ length: count }, (_, i) => !bad.includes(i)));
});

test('several askers at once each get their own verdicts', async () => {
  const asked = await Promise.all([5, 40, 700, 30].map((count) => pool.verify(signed(count, [3]))));
  expect(asked.map((verdicts) => [verdicts.length, verdicts.indexOf(false), verdicts.lastIndexOf(false)])).toEqual([[5, 3, 3], [40, 3, 3], [700, 3, 3], [30, 3, 3]]);
});

test('closing ends what is under way with an error, never with a verdict', async () => {
  const short = verifierPool(2);
  const under = short.verify(signed(600, []));
  const outcome = expect(under).rejects.toThrow('a verifying thread ended');
  await short.close();
  await outcome;
});
