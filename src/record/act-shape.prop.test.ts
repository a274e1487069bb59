import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isActShape } from './act-shape.ts';
import { actShape } from './act.ts';

const hash = 'ab'.repeat(32);
const officer = 'dgp.0123456789abcdefghjk';
const good = {
  v: 1, space: hash, party: 'dgp', type: 'text.sign', officers: [officer], at: '2026-11-23T10:42:00.000Z', scope: 'space',
  seen: { dgsn: { size: 41, root: hash } }, after: 39, body: { text: hash, deep: [{ a: [true, 'x', 1] }] },
};

test('an act has the shape of the schema', () => {
  expect([isActShape(good), actShape.safeParse(good).success]).toEqual([true, true]);
});

test('whatever one member becomes, both say the same', () => {
  const values = fc.oneof(
    fc.jsonValue(), fc.constantFrom<unknown>(0, 1, 999, 1000, -1, 1.5, -0, 2 ** 53, '', 'space', 'body:dgp.0123456789abcdefghjk', `centre:${officer}x`, hash, hash.toUpperCase(), officer, 'dgp', 'd', 'text.sign', 'text', 'a.b-c', 'a.-b', `${'a'.repeat(58)}.b`, `${'a'.repeat(59)}.b`,
      [], [officer], [officer, officer], Array.from({ length: 8 }, () => officer), Array.from({ length: 9 }, () => officer), [1], {}, null, [[]], '2026-11-23T10:42:00.000Z', '2026-13-23T10:42:00.000Z', '2026-11-23T10:42:00Z', '2026-11-23T10:42:00.000Z\n',
      { dgsn: { size: 0, root: hash } }, { D: { size: 0, root: hash } }, { dgsn: { size: 0 } }, { dgsn: { size: 0, root: hash, x: 1 } }, { dgsn: { size: -1, root: hash } }, { dgsn: [] }, { dgsn: null }),
  );
  fc.assert(fc.property(fc.constantFrom(...Object.keys(good)), values, (name, value) => {
    const changed = { ...good, [name]: value };
    expect(isActShape(changed), name).toBe(actShape.safeParse(changed).success);
  }), { numRuns: 4000 });
});

test('a member more, a member less, or something else altogether: both say no', () => {
  for (const name of Object.keys(good)) {
    const { [name as keyof typeof good]: left, ...less } = good;
    expect([left === undefined, isActShape(less), actShape.safeParse(less).success]).toEqual([false, false, false]);
  }
  for (const value of [{ ...good, more: 1 }, null, [], 'act', 1, [good]]) expect([isActShape(value), actShape.safeParse(value).success]).toEqual([false, false]);
});
