/**
 * Characters that must not get into a text that is signed: they show nothing and change what stands
 * there. Removed where text enters, and said so; what the eye sees is what is signed.
 */
export interface Cleaned {
  readonly text: string;
  /** What was removed or replaced, by kind; only kinds that occurred. */
  readonly notes: readonly CleaningNote[];
}

export interface CleaningNote {
  readonly kind: 'control' | 'direction' | 'invisible' | 'forms';
  readonly count: number;
}

/** C0 and C1 controls but LF, and lone surrogates. */
const CONTROL = /(?!\n)[\p{Cc}\p{Cs}]/gu;
/** Bidi controls (UAX 9): the direction comes from the language of the version, never from within. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Soft hyphen, zero-width space, word joiner and relatives, byte order mark, tag characters. Joiners that shape Arabic stay. */
const INVISIBLE = /[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
/** Arabic presentation forms as PDF files give them: the letters themselves are meant. */
const FORMS = /[\ufb50-\ufbb1\ufe80-\ufefc]/gu;

/**
 * NFC text with one LF between paragraphs, without characters that cannot be seen. `keepEdges` leaves
 * white space at the ends and blank lines alone: for a text that is being typed.
 */
export function clean(input: string, keepEdges = false): Cleaned {
  const notes: CleaningNote[] = [];
  const strip = (text: string, pattern: RegExp, kind: CleaningNote['kind'], replace: (found: string) => string): string => {
    let count = 0;
    const out = text.replace(pattern, (found) => { count++; return replace(found); });
    if (count > 0) notes.push({ kind, count });
    return out;
  };
  let text = input.replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n').replace(/\t/g, ' ');
  text = strip(text, CONTROL, 'control', () => '');
  text = strip(text, DIRECTION, 'direction', () => '');
  text = strip(text, INVISIBLE, 'invisible', () => '');
  text = strip(text, FORMS, 'forms', (found) => found.normalize('NFKC'));
  text = text.normalize('NFC');
  if (!keepEdges) text = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').join('\n');
  return { text, notes };
}

/** Notes of several texts, summed by kind. */
export function sumNotes(all: readonly (readonly CleaningNote[])[]): CleaningNote[] {
  const sums = new Map<CleaningNote['kind'], number>();
  for (const note of all.flat()) sums.set(note.kind, (sums.get(note.kind) ?? 0) + note.count);
  return [...sums].map(([kind, count]) => ({ kind, count }));
}
