import { expect, test } from 'vitest';
import { jointReference, readReference } from './reference.ts';

const text = 'a3f09c17de'.padEnd(64, '0');
const at = '2026-11-23T10:42:00.000Z';

test('the joint reference depends on the id and the year of the act alone', () => {
  expect(jointReference(text, at)).toBe('ALT-2026-MFR9-R5YY');
  expect(jointReference(text, '2026-01-01T00:00:00.000Z')).toBe('ALT-2026-MFR9-R5YY');
  expect(jointReference(text, '2027-01-01T00:00:00.000Z')).toBe('ALT-2027-MFR9-R5YY');
  expect(jointReference(`b${text.slice(1)}`, at)).not.toBe(jointReference(text, at));
});

test('small ids keep their leading zeros', () => {
  expect(jointReference('0'.repeat(64), at)).toBe('ALT-2026-0000-0000');
  expect(readReference('ALT-2026-0000-0000')).toEqual({ year: 2026, prefix: '0000000000' });
});

test('a typed reference is read back, with the slips that people make', () => {
  expect(readReference('ALT-2026-MFR9-R5YY')).toEqual({ year: 2026, prefix: 'a3f09c17de' });
  expect(readReference(' alt 2026 mfr9 r5yy ')).toEqual({ year: 2026, prefix: 'a3f09c17de' });
  expect(readReference('ALT‑2026‑MFR9–R5YY')).toEqual({ year: 2026, prefix: 'a3f09c17de' });
  expect(readReference('ALT-2026-OOIL-0000')).toEqual(readReference('ALT-2026-0011-0000'));
});

test('what is no reference is none', () => {
  for (const typed of ['', 'ALT-26-MFR9-R5YY', 'ALT-2026-MFR9', 'ALT-2026-MFR9-R5YYY', 'ALT-2026-MFU9-R5YY']) {
    expect(readReference(typed)).toBeUndefined();
  }
});
