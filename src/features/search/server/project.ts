/**
 * The search index: which terms stand in which object, by act. A following table: it lags a moment
 * behind the record and is rebuilt at will. Holds terms of `text` parts only, never of personal ones.
 */
import { fromUtf8 } from '../../../kernel/bytes.ts';
import { languages, type Language } from '../../../kernel/language.ts';
import type { Decided, Projection } from '../../../node/projection.ts';
import type { Tx } from '../../../node/ports.ts';
import { readLabel } from '../../labels/published.ts';
import { content, CONTENT_MEDIA, LABEL_MEDIA } from '../../texts/content.ts';
import { termsOf } from '../analysis.ts';
import type { Extractor, Searchable } from '../published.ts';

declare module '../../../node/tables.ts' {
  interface Tables {
    /** One row per part of an act: where its terms are found. `entry`: `<act> <n>`. */
    search_entry: { entry: string; act: string; kind: string; id: string; scope: string; part: string; at: string };
    search_term: { term: string; entry: string; times: number };
  }
}

/** A part whose terms fill more rows than this is cut: a list of numbers, not language. */
const TERMS_MAX = 20_000;

export function searchProjection(extractors: readonly Extractor[]): Projection {
  return {
    name: 'search',
    version: 1,
    mode: 'following',
    tables: [
      {
        name: 'search_entry',
        sql: [
          `CREATE TABLE search_entry (entry TEXT NOT NULL PRIMARY KEY, act TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
            scope TEXT NOT NULL, part TEXT NOT NULL, at TEXT NOT NULL)`,
          'CREATE INDEX search_entry_act ON search_entry (act)',
          'CREATE INDEX search_entry_part ON search_entry (part)',
        ],
      },
      {
        name: 'search_term',
        sql: [
          'CREATE TABLE search_term (term TEXT NOT NULL, entry TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (term, entry))',
          'CREATE INDEX search_term_entry ON search_term (entry)',
        ],
      },
    ],
    apply: (tx, entry) => index(extractors, tx, entry),
  };
}

async function index(extractors: readonly Extractor[], tx: Tx, entry: Decided): Promise<void> {
  if (entry.verdict !== 'valid') return;
  const { type, body } = entry.placed.act;
  if (type === 'part.erased') await forget(tx, 'part', (body.parts as unknown[]).filter((part) => typeof part === 'string'));
  let n = 0;
  for (const found of extractors.flatMap((extract) => extract(entry.placed))) {
    if (found.replaces !== undefined) await forget(tx, 'act', [found.replaces]);
    for (const part of found.parts) await enter(tx, entry, found, part, n++);
  }
}

async function enter(tx: Tx, decided: Decided, found: Searchable, part: Searchable['parts'][number], n: number): Promise<void> {
  if (part.ref.class !== 'text') return;
  const bytes = await decided.openText(part.ref);
  if (bytes === undefined) return;
  const { id: act, act: { scope, at } } = decided.placed;
  const entry = `${act} ${n}`;
  const counts = new Map<string, number>();
  for (const [language, text] of textsIn(bytes, part)) {
    for (const [term, times] of termsOf(text, language)) counts.set(term, (counts.get(term) ?? 0) + times);
  }
  await tx.db.insertInto('search_entry').values({ entry, act, kind: found.kind, id: found.id, scope, part: part.ref.part, at }).execute();
  const rows = [...counts].slice(0, TERMS_MAX).map(([term, times]) => ({ term, entry, times }));
  for (let from = 0; from < rows.length; from += 300) await tx.db.insertInto('search_term').values(rows.slice(from, from + 300)).execute();
}

/** The words of a part by language: a label, the content of a text, or plain text of a known language. */
function textsIn(bytes: Uint8Array, part: Searchable['parts'][number]): readonly (readonly [Language, string])[] {
  if (part.ref.media === LABEL_MEDIA) {
    const label = readLabel(bytes);
    return languages.flatMap((language) => (label?.[language] === undefined ? [] : [[language, label[language]] as const]));
  }
  const text = fromUtf8(bytes) ?? '';
  if (part.ref.media === CONTENT_MEDIA) {
    const parsed = content.safeParse(JSON.parse(text));
    if (!parsed.success) return [];
    const { lang, title, clauses } = parsed.data;
    return [[lang, [title, ...clauses.flatMap((clause) => [clause.heading ?? '', clause.text])].join('\n')]];
  }
  return part.lang === undefined ? [] : [[part.lang, text]];
}

async function forget(tx: Tx, column: 'act' | 'part', values: readonly string[]): Promise<void> {
  if (values.length === 0) return;
  const entries = tx.db.selectFrom('search_entry').select('entry').where(column, 'in', values);
  await tx.db.deleteFrom('search_term').where('entry', 'in', entries).execute();
  await tx.db.deleteFrom('search_entry').where(column, 'in', values).execute();
}
