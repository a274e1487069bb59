/** How a register number is written: by the party's own habit, in the characters that `text.register` allows. */
import { z } from 'zod';
import type { Language } from '../../kernel/language.ts';

const characters = /^[A-Za-z0-9./-]*$/;

/** As a party states it in its configuration. Whatever fits this gives numbers that an act may hold. */
export const registerPattern = z.strictObject({
  /** `{direction}`, `{year}` and `{number}` are replaced; the number stands in it, the rest is letters, digits, dot, slash or hyphen. */
  form: z.string().max(40).refine((form) => {
    const places: readonly string[] = form.match(/\{[a-z]+\}/g) ?? [];
    const known = places.every((place) => ['{direction}', '{year}', '{number}'].includes(place)) && new Set(places).size === places.length;
    return known && places.includes('{number}') && characters.test(form.replaceAll(/\{[a-z]+\}/g, ''));
  }),
  incoming: z.string().max(6).regex(characters),
  outgoing: z.string().max(6).regex(characters),
  /** Number of digits, filled with zeros. */
  digits: z.int().min(1).max(8),
}).refine(({ form, incoming, outgoing, digits }) => form.replace('{direction}', incoming.length > outgoing.length ? incoming : outgoing).replace('{year}', '0000').replace('{number}', '0'.repeat(Math.max(digits, 10))).length <= 40)
  // One number in both directions would name two letters.
  .refine(({ form, incoming, outgoing }) => form.includes('{direction}') && incoming !== outgoing);
export type RegisterPattern = Readonly<z.infer<typeof registerPattern>>;

/** Entrada and salida; arrivée and départ (as Moroccan registries write them); incoming and outgoing. */
const LETTERS: Readonly<Record<Language, readonly [incoming: string, outgoing: string]>> = { ar: ['A', 'D'], fr: ['A', 'D'], es: ['E', 'S'], en: ['I', 'O'] };

export function patternFor(language: Language): RegisterPattern {
  const [incoming, outgoing] = LETTERS[language];
  return { form: '{direction}-{year}/{number}', incoming, outgoing, digits: 4 };
}

/** Throws when the pattern yields what no act may hold: a mistake of configuration, seen at the first number. */
export function writtenNumber(pattern: RegisterPattern, entry: { readonly direction: 'incoming' | 'outgoing'; readonly year: number; readonly number: number }): string {
  const written = pattern.form.replaceAll('{direction}', pattern[entry.direction]).replaceAll('{year}', String(entry.year))
    .replaceAll('{number}', String(entry.number).padStart(pattern.digits, '0'));
  if (!/^[A-Za-z0-9./-]{1,40}$/.test(written)) throw new RangeError(`the register pattern gives ${JSON.stringify(written)}`);
  return written;
}
