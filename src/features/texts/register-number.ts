/** How a register number is written: by the party's own habit, in the characters that `text.register` allows. */
import type { Language } from '../../kernel/language.ts';

export interface RegisterPattern {
  /** `{direction}`, `{year}` and `{number}` are replaced; the rest must be letters, digits, dot, slash or hyphen. */
  readonly form: string;
  readonly incoming: string;
  readonly outgoing: string;
  /** Number of digits, filled with zeros. */
  readonly digits: number;
}

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
