/**
 * Local drafts: what one party's officers write before they share it. Sealed at rest, never replicated;
 * a save is refused when a colleague saved in between, so that nothing is overwritten unseen.
 */
import { z } from 'zod';
import { fromUtf8, utf8, type Bytes } from '../../../kernel/bytes.ts';
import { languages, type Language } from '../../../kernel/language.ts';
import type { ObjectId } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { instantOf, millisOf, type Instant } from '../../../kernel/time.ts';
import type { Node } from '../../../node/node.ts';
import { label } from '../../../record/charter.ts';
import { relation, slot } from '../acts.ts';
import { clause } from '../content.ts';

declare module '../../../node/tables.ts' {
  interface Tables {
    draft_doc: { doc: string; scope: string; officer: string; begun_at: string; key: Bytes; sealed: Bytes };
    draft: { doc: string; lang: string; officer: string; saved_at: string; key: Bytes; sealed: Bytes };
    read_mark: { officer: string; object: string; seq: number; at: string };
  }
}

/** What a begun document is, until `text.draft` says it in the record. */
const begun = z.strictObject({
  kind: z.string(),
  title: label,
  languages: z.array(z.strictObject({ lang: z.enum(languages), authority: z.enum(['authentic', 'working']) })),
  slot: slot.optional(),
  relation: relation.optional(),
  basedOn: z.string().optional(),
});
export type Begun = z.infer<typeof begun>;

const saved = z.strictObject({ title: z.string(), clauses: z.array(clause) });
export type SavedContent = z.infer<typeof saved>;

export interface BegunDoc extends Begun {
  readonly doc: ObjectId;
  readonly scope: string;
  readonly officer: ObjectId;
  readonly begunAt: Instant;
}

export interface SavedDraft extends SavedContent {
  readonly doc: ObjectId;
  readonly lang: Language;
  readonly officer: ObjectId;
  readonly savedAt: Instant;
}

/** Keeps a new document; its id is the one that `text.draft` will state. */
export async function beginDoc(node: Node, doc: ObjectId, scope: string, officer: ObjectId, content: Begun): Promise<void> {
  const key = await node.local.key();
  const sealed = await node.local.seal(key, docRow(doc), utf8(JSON.stringify(content)));
  const values = { doc, scope, officer, begun_at: node.mint.now(), key, sealed };
  await node.store.write((tx) => tx.db.insertInto('draft_doc').values(values).execute());
}

/** Begun documents that were never shared; or the one named. */
export async function begunDocs(node: Node, doc?: ObjectId): Promise<BegunDoc[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('draft_doc').selectAll()
    .$if(doc !== undefined, (query) => query.where('doc', '=', doc as string)).orderBy('begun_at').orderBy('doc').execute());
  const docs: BegunDoc[] = [];
  for (const row of rows) {
    const bytes = await node.local.open(row.key, docRow(row.doc), row.sealed);
    // A key that is gone was destroyed on purpose; the row follows it (discard).
    if (bytes === undefined) continue;
    docs.push({ ...begun.parse(JSON.parse(fromUtf8(bytes) as string)), doc: row.doc, scope: row.scope, officer: row.officer, begunAt: row.begun_at });
  }
  return docs;
}

/** The unshared autosaves of a document, by language. */
export async function savedDrafts(node: Node, doc: ObjectId): Promise<SavedDraft[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('draft').selectAll().where('doc', '=', doc).orderBy('lang').execute());
  const drafts: SavedDraft[] = [];
  for (const row of rows) {
    const bytes = await node.local.open(row.key, draftRow(row.doc, row.lang), row.sealed);
    if (bytes === undefined) continue;
    drafts.push({ ...saved.parse(JSON.parse(fromUtf8(bytes) as string)), doc: row.doc, lang: row.lang as Language, officer: row.officer, savedAt: row.saved_at });
  }
  return drafts;
}

/** Documents with unshared words, for lists. */
export async function docsWithDrafts(node: Node): Promise<ReadonlyMap<ObjectId, Instant>> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('draft').select(['doc', (all) => all.fn.max('saved_at').as('at')]).groupBy('doc').execute());
  return new Map(rows.map((row) => [row.doc, row.at]));
}

/**
 * Keeps one language version. `basedOn`: when the writer's copy was saved; absent: there was none.
 * Refused `text.saved-by-other` when what is kept is not what the writer began from: one statement
 * compares and replaces, so of two savers exactly one goes through.
 */
export async function saveContent(node: Node, officer: ObjectId, doc: ObjectId, lang: Language, content: SavedContent, basedOn: Instant | undefined): Promise<Result<{ savedAt: Instant }>> {
  const known = await storedKey(node, doc, lang);
  const key = known ?? await node.local.key();
  const sealed = await node.local.seal(key, draftRow(doc, lang), utf8(JSON.stringify(content)));
  const savedAt = later(node.mint.now(), basedOn);
  const changed = await node.store.write(async (tx) => {
    if (basedOn === undefined) {
      const inserted = await tx.db.insertInto('draft').values({ doc, lang, officer, saved_at: savedAt, key, sealed })
        .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows ?? 0n;
    }
    const updated = await tx.db.updateTable('draft').set({ officer, saved_at: savedAt, key, sealed })
      .where('doc', '=', doc).where('lang', '=', lang).where('saved_at', '=', basedOn).executeTakeFirst();
    return updated.numUpdatedRows;
  });
  if (changed === 1n) return ok({ savedAt });
  if (known === undefined) await node.local.destroy(key);
  return refuse('text.saved-by-other');
}

/**
 * Throws away autosaves, of all languages or of those named with the time at which they were shared
 * (what was saved since then stays), and the begun document when `whole`.
 */
export async function dropDrafts(node: Node, doc: ObjectId, which: { readonly shared?: ReadonlyMap<Language, Instant>; readonly whole: boolean }): Promise<number> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('draft').select(['lang', 'saved_at', 'key']).where('doc', '=', doc).execute());
  const gone = rows.filter((row) => which.shared === undefined || which.shared.get(row.lang as Language) === row.saved_at);
  const begunRows = which.whole
    ? await node.store.read((tx) => tx.db.selectFrom('draft_doc').select('key').where('doc', '=', doc).execute())
    : [];
  await node.store.write(async (tx) => {
    for (const row of gone) await tx.db.deleteFrom('draft').where('doc', '=', doc).where('lang', '=', row.lang).where('saved_at', '=', row.saved_at).execute();
    if (which.whole) await tx.db.deleteFrom('draft_doc').where('doc', '=', doc).execute();
  });
  // After the rows: dying here leaves a key that opens nothing, never a row that cannot be opened.
  const kept = new Set((await node.store.read((tx) => tx.db.selectFrom('draft').select('key').where('doc', '=', doc).execute())).map((row) => row.key.toHex()));
  for (const { key } of [...gone, ...begunRows]) if (!kept.has(key.toHex())) await node.local.destroy(key);
  return gone.length + begunRows.length;
}

async function storedKey(node: Node, doc: ObjectId, lang: Language): Promise<Bytes | undefined> {
  const row = await node.store.read((tx) => tx.db.selectFrom('draft').select('key').where('doc', '=', doc).where('lang', '=', lang).executeTakeFirst());
  return row?.key;
}

/** Two saves of one millisecond must differ, or the second writer would not be noticed. */
function later(now: Instant, than: Instant | undefined): Instant {
  return than === undefined || now > than ? now : instantOf(millisOf(than) + 1);
}

function docRow(doc: ObjectId): string {
  return `draft_doc/${doc}`;
}

function draftRow(doc: ObjectId, lang: string): string {
  return `draft/${doc}/${lang}`;
}
