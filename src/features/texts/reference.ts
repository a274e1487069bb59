/**
 * The joint reference of a text: `ALT-<year>-XXXX-XXXX`, the same on every node because it is made
 * of nothing but the signed act: its year as its bytes state it and the first 40 bits of its id
 * (Crockford base32). No counter, so no order between nodes. Among 10,000 texts of one year the
 * chance that two share a reference is below 1 in 20,000; the full digest stays beside it in print.
 */
import type { Hash } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const REFERENCE = /^ALT-(\d{4})-([0-9A-HJKMNP-TV-Z]{4})-([0-9A-HJKMNP-TV-Z]{4})$/;

/** The joint reference of the text whose proposal has this id and states this time. */
export function jointReference(text: Hash, at: Instant): string {
  let bits = BigInt(`0x${text.slice(0, 10)}`);
  let code = '';
  for (let i = 0; i < 8; i++) {
    code = (ALPHABET[Number(bits & 31n)] as string) + code;
    bits >>= 5n;
  }
  return `ALT-${at.slice(0, 4)}-${code.slice(0, 4)}-${code.slice(4)}`;
}

/**
 * What a typed reference stands for: the year and the first ten hex digits of the text id, or
 * undefined. Forgives case, spaces and the letters that Crockford's alphabet leaves out (I, L, O).
 */
export function readReference(typed: string): { year: number; prefix: string } | undefined {
  const tidy = typed.trim().toUpperCase().replaceAll(/[\s‐-―]+/gu, '-');
  const head = tidy.slice(0, 9);
  const code = tidy.slice(9).replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const match = REFERENCE.exec(head + code);
  if (match === null) return undefined;
  let bits = 0n;
  for (const letter of `${match[2]}${match[3]}`) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(letter));
  return { year: Number(match[1]), prefix: bits.toString(16).padStart(10, '0') };
}
