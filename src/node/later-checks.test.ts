import { expect, test } from 'vitest';
import type { SignatureCheck } from '../record/signing.ts';
import { ifSound, laterChecks, Unsound } from './later-checks.ts';

const check = (i: number): SignatureCheck => ({ alg: 'ed25519', publicKey: new Uint8Array(32), message: Uint8Array.of(i & 255, i >> 8), signature: new Uint8Array(64) });
const checks = (count: number): SignatureCheck[] => Array.from({ length: count }, (_, i) => check(i));
const numberOf = (one: SignatureCheck): number => (one.message[0] as number) + (one.message[1] as number) * 256;

/** Answers a turn of the event loop later; false for one check. */
function verifier(bad?: number): { seen: number[]; verify: (list: readonly SignatureCheck[]) => Promise<boolean[]> } {
  const seen: number[] = [];
  return {
    seen,
    async verify(list) {
      await new Promise((later) => setImmediate(later));
      seen.push(...list.map(numberOf));
      return list.map((one) => numberOf(one) !== bad);
    },
  };
}

test('answers yes at once, and what was done counts when every signature turns out sound', async () => {
  const { seen, verify } = verifier();
  const later = laterChecks(verify);
  const value = await ifSound(later, async () => {
    for (const one of checks(150)) expect(await later.verify([one])).toEqual([true]);
    return 'done';
  });
  expect(value).toBe('done');
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, i) => i));
});

test.each([0, 63, 64, 149])('nothing counts when signature %i of 150 is false', async (bad) => {
  const later = laterChecks(verifier(bad).verify);
  await expect(ifSound(later, async () => void (await later.verify(checks(150))))).rejects.toThrow(Unsound);
});

test('a false signature is told before what came of it', async () => {
  for (const [bad, thrown] of [[3, Unsound], [undefined, RangeError]] as const) {
    const later = laterChecks(verifier(bad).verify);
    await expect(ifSound(later, async () => {
      await later.verify(checks(5));
      throw new RangeError('came of it');
    })).rejects.toThrow(thrown);
  }
});

test('a check that could not be made is neither yes nor no', async () => {
  const later = laterChecks(() => Promise.reject(new Error('no thread')));
  await expect(ifSound(later, async () => void (await later.verify(checks(70))))).rejects.toThrow('no thread');
});

test('without a verifier apart, the work runs as it is', async () => {
  expect(await ifSound(undefined, async () => 7)).toBe(7);
});
