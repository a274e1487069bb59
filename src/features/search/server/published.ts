/** Asking the index. The reader's right to read stands inside the query: what is hidden is not counted. */
import { sql } from 'kysely';
import type { Hash } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import type { Node } from '../../../node/node.ts';
import type { Reader } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import { termsOf, wantedOf, type Wanted } from '../analysis.ts';

export interface Hit {
  readonly kind: string;
  readonly id: string;
  /** The act in whose words it was found, latest first. */
  readonly act: Hash;
  readonly score: number;
}

/** Objects looked at before ranking; a word that stands everywhere must not read the whole index. */
const CANDIDATES_MAX = 5_000;

/**
 * Objects that have every word of the query (in one language version or another), best first. Score:
 * occurrences, damped per word. One query per word, at most twelve.
 */
export async function searchObjects(node: Pick<Node, 'store'>, reader: Reader, query: string, options: { readonly kinds?: readonly string[]; readonly limit?: number } = {}): Promise<Hit[]> {
  const wanted = wantedOf(query);
  if (wanted.length === 0) return [];
  const perWord = await node.store.read(async (tx) => {
    const found: Map<string, Hit>[] = [];
    for (const word of wanted) {
      const rows = await tx.db.selectFrom('search_term').innerJoin('search_entry', 'search_entry.entry', 'search_term.entry')
        .select(['search_entry.kind', 'search_entry.id', 'search_entry.act', 'search_entry.at', 'search_term.times'])
        .where(readable(reader, { scope: 'search_entry.scope' }))
        .where(matches(word, node.store.engine))
        .$if(options.kinds !== undefined, (narrowed) => narrowed.where('search_entry.kind', 'in', [...(options.kinds ?? [])]))
        .orderBy('search_entry.at', 'desc').limit(CANDIDATES_MAX).execute();
      found.push(gather(rows));
    }
    return found;
  });
  const [first, ...others] = perWord;
  const hits = [...(first ?? new Map<string, Hit>())].filter(([key]) => others.every((other) => other.has(key)))
    .map(([key, hit]) => ({ ...hit, score: perWord.reduce((sum, word) => sum + Math.log2(1 + (word.get(key)?.score ?? 0)), 0) }));
  return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, options.limit ?? hits.length);
}

function gather(rows: readonly { kind: string; id: string; act: string; times: number }[]): Map<string, Hit> {
  const hits = new Map<string, Hit>();
  for (const { kind, id, act, times } of rows) {
    const key = `${kind} ${id}`;
    const known = hits.get(key);
    hits.set(key, known === undefined ? { kind, id, act, score: times } : { ...known, score: known.score + times });
  }
  return hits;
}

/** SQLite walks its index by range; PostgreSQL's index order depends on its locale, so there LIKE decides. */
function matches(word: Wanted, engine: 'sqlite' | 'postgres'): ReturnType<typeof sql<boolean>> {
  const exact = sql<boolean>`search_term.term in (${sql.join([...word.terms])})`;
  if (word.beginning === undefined) return exact;
  const beginning = engine === 'sqlite'
    ? sql<boolean>`(search_term.term >= ${word.beginning} and search_term.term < ${`${word.beginning}\u{10ffff}`})`
    : sql<boolean>`search_term.term like ${`${word.beginning.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
  return sql<boolean>`(${exact} or ${beginning})`;
}

/** Whether a label has every word of the query, in one of its languages or another: for short lists, without the index. */
export function matchesWords(query: string, label: { readonly [L in Language]?: string | undefined }): boolean {
  const wanted = wantedOf(query);
  const terms = new Set(Object.entries(label).flatMap(([language, text]) => [...termsOf(text ?? '', language as Language).keys()]));
  return wanted.length > 0 && wanted.every(({ terms: any, beginning }) => any.some((term) => terms.has(term))
    || (beginning !== undefined && [...terms].some((term) => term.startsWith(beginning))));
}
