/** Lists, revisions and comparisons of joint texts. */
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { z } from 'zod';
import type { Node } from '../../../node/node.ts';
import { holds, type Reader } from '../../officers/reading.ts';
import { matchesWords, searchObjects } from '../../search/server/published.ts';
import { compareClauses, compareWords } from '../compare.ts';
import { readReference } from '../reference.ts';
import { kindOfTexts } from '../search-texts.ts';
import type { comparison, TextRow, TextState } from '../views.ts';
import { begunDocs, docsWithDrafts } from './drafts.ts';
import { contentOf, loadDoc, type LoadedDoc } from './document.ts';
import { surroundings } from './detail.ts';
import { noStances, textRowsOf, type Surroundings } from './rows.ts';
import { storedTexts } from './stored.ts';
import type { RevisionTable } from './tables.ts';

export interface TextFilters {
  readonly state?: TextState | undefined;
  readonly kind?: string | undefined;
  /** A joint reference, a register number, the beginning of an id, or words. */
  readonly q?: string | undefined;
}

/** Every text that the reader may read, the last changed first; the number of queries does not depend on how many. */
export async function listTexts(node: Node, reader: Reader, filters: TextFilters): Promise<TextRow[]> {
  const around = await surroundings(node);
  const stored = await node.store.read((tx) => storedTexts(tx, reader));
  const rows = [...await begunRows(node, reader, new Set(stored.docs.map((doc) => doc.doc)), around), ...textRowsOf(stored, around)];
  const found = filters.q === undefined || filters.q.trim() === '' ? undefined : await matching(node, reader, rows, filters.q);
  return rows.filter((row) => (filters.state === undefined || row.state === filters.state)
    && (filters.kind === undefined || row.kind === filters.kind)
    && (found === undefined || found.has(row.doc)));
}

async function begunRows(node: Node, reader: Reader, shared: ReadonlySet<ObjectId>, around: Surroundings): Promise<TextRow[]> {
  const saved = await docsWithDrafts(node);
  const begun = (await begunDocs(node)).filter((doc) => !shared.has(doc.doc) && holds(reader, 'draft', doc.scope));
  return begun.map((doc): TextRow => ({
    doc: doc.doc, kind: doc.kind, title: doc.title, state: 'local', parties: noStances(around.charter), registers: [], scope: doc.scope,
    changedAt: saved.get(doc.doc) ?? doc.begunAt,
  })).sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
}

async function matching(node: Node, reader: Reader, rows: readonly TextRow[], query: string): Promise<ReadonlySet<ObjectId>> {
  const reference = readReference(query);
  const typed = query.trim().toLowerCase();
  const named = rows.filter((row) => (reference !== undefined && row.text?.startsWith(reference.prefix) && row.jointReference?.slice(4, 8) === String(reference.year))
    || row.registers.some((register) => register.written.toLowerCase().includes(typed))
    || (typed.length >= 8 && (row.text?.startsWith(typed) || row.doc === typed))
    || matchesWords(query, row.title));
  const hits = await searchObjects(node, reader, query, { kinds: [kindOfTexts] });
  return new Set([...named.map((row) => row.doc), ...hits.map((hit) => hit.id)]);
}

export interface CompareInput {
  readonly lang: Language;
  readonly from?: Hash | undefined;
  readonly to?: Hash | undefined;
  readonly since?: 'previous' | 'read' | undefined;
}

/** The words that changed; refused when a revision that was named is not one of the document's language version. */
export async function compareRevisions(node: Node, reader: Reader, id: string, input: CompareInput): Promise<Result<z.infer<typeof comparison>>> {
  const loaded = await loadDoc(node, reader, id);
  if (loaded === undefined) return refuse('text.unknown');
  const revisions = loaded.shared?.revisions.filter((revision) => revision.lang === input.lang) ?? [];
  const to = input.to === undefined ? revisions.at(-1) : revisions.find((revision) => revision.act === input.to);
  if (to === undefined) return refuse('text.revision-unknown', { lang: input.lang });
  const from = await earlier(node, reader, loaded, revisions, to, input);
  if (from === undefined && input.from !== undefined) return refuse('text.revision-unknown', { lang: input.lang });
  const after = await contentOf(node, to);
  const before = from === undefined ? undefined : await contentOf(node, from);
  return ok({
    lang: input.lang, to: to.act,
    ...(from === undefined ? {} : { from: from.act }),
    title: compareWords(before?.title ?? '', after?.title ?? ''),
    changes: compareClauses(before?.clauses ?? [], after?.clauses ?? []).map((change) => ({ ...change, heading: [...change.heading], text: [...change.text] })),
  });
}

async function earlier(node: Node, reader: Reader, loaded: LoadedDoc, revisions: readonly RevisionTable[], to: RevisionTable, input: CompareInput): Promise<RevisionTable | undefined> {
  if (input.from !== undefined) return revisions.find((revision) => revision.act === input.from);
  const before = revisions.slice(0, revisions.indexOf(to));
  if (input.since !== 'read') return before.at(-1);
  // What was read may be the shown revision itself: then nothing has changed since.
  const mark = await readMark(node, reader.officer, loaded.doc);
  const seqs = new Map(loaded.shared?.events.map((event) => [event.act, event.seq]));
  return [...before, to].filter((revision) => (seqs.get(revision.act) ?? Infinity) <= mark).at(-1);
}

/** Up to which decided act the officer has read the object; 0: nothing yet. */
export async function readMark(node: Node, officer: ObjectId, object: string): Promise<number> {
  const row = await node.store.read((tx) => tx.db.selectFrom('read_mark').select('seq').where('officer', '=', officer).where('object', '=', object).executeTakeFirst());
  return row?.seq ?? 0;
}

/** Marks the document as read up to everything that is decided now. */
export async function putReadMark(node: Node, officer: ObjectId, object: string): Promise<void> {
  const at = node.mint.now();
  await node.store.write(async (tx) => {
    const last = await tx.db.selectFrom('leaf').select((all) => all.fn.max('seq').as('seq')).executeTakeFirst();
    const seq = Number(last?.seq ?? 0);
    await tx.db.insertInto('read_mark').values({ officer, object, seq, at })
      .onConflict((conflict) => conflict.columns(['officer', 'object']).doUpdateSet({ seq, at })).execute();
  });
}
