/**
 * Taking a word-processor document over into a draft: which clause of the document is which clause of
 * the text. By id where the document carries ours; else by printed number; else by place. What finds no
 * sibling is shown, never dropped and never guessed.
 */
import type { Language } from '../../kernel/language.ts';
import type { Clause } from './content.ts';
import type { ReadClause } from './worded.ts';

export type Matched = 'id' | 'number' | 'place' | 'new';

export interface TakenClause {
  readonly clause: Clause;
  readonly by: Matched;
  /** The words differ from what the draft has now. */
  readonly changed: boolean;
}

export interface TakeOver {
  readonly lang: Language;
  readonly title: string;
  readonly clauses: readonly TakenClause[];
  /** Clauses of the draft that the document lacks: they become holes unless kept. */
  readonly missing: readonly Clause[];
}

/** `mint` gives a fresh clause id for each clause that is new. */
export function takeOver(lang: Language, title: string, read: readonly ReadClause[], draft: readonly Clause[], mint: () => string): TakeOver {
  const free = new Map(draft.map((clause) => [clause.id, clause]));
  const claim = (found: Clause | undefined): Clause | undefined => {
    if (found !== undefined) free.delete(found.id);
    return found;
  };
  const matches: { read: ReadClause; known?: Clause; by: Matched }[] = read.map((one) => {
    const known = one.id === undefined ? undefined : claim(free.get(one.id));
    return known === undefined ? { read: one, by: 'new' } : { read: one, known, by: 'id' };
  });
  for (const match of matches) {
    if (match.known !== undefined || match.read.number === undefined) continue;
    const known = claim([...free.values()].find((clause) => clause.number === match.read.number));
    if (known !== undefined) Object.assign(match, { known, by: 'number' });
  }
  // By place only where nothing else is known of either side: same count, no ids, no numbers.
  if (matches.every((match) => match.known === undefined) && read.length === draft.length) {
    matches.forEach((match, i) => Object.assign(match, { known: claim(draft[i]), by: 'place' }));
  }
  const clauses = matches.map(({ read: one, known, by }): TakenClause => {
    const number = one.number ?? known?.number;
    const clause: Clause = {
      id: known?.id ?? mint(),
      ...(number === undefined ? {} : { number }),
      ...(one.heading === undefined ? {} : { heading: one.heading }),
      text: one.text,
    };
    return { clause, by, changed: known === undefined || known.text !== clause.text || known.heading !== clause.heading };
  });
  return { lang, title, clauses, missing: [...free.values()] };
}
