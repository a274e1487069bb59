/**
 * One document with everything that was said about it, as this node holds it: read once, then both the
 * page (detail.ts) and the commands (`docViewOf`) are made of it.
 */
import { sql } from 'kysely';
import { fromUtf8 } from '../../../kernel/bytes.ts';
import { HASH, OBJECT_ID, type Hash, type ObjectId } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import type { PartRef } from '../../../record/act.ts';
import type { Node } from '../../../node/node.ts';
import type { Tx } from '../../../node/ports.ts';
import { holds, type Reader } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import type { DocView } from '../commands.ts';
import { content, type Content } from '../content.ts';
import { penOf, type Tags } from '../state.ts';
import type { Authority } from '../facts.ts';
import { begunDocs, savedDrafts, type BegunDoc, type SavedDraft } from './drafts.ts';
import { storedLabel, storedTexts, type StoredTexts } from './stored.ts';
import type { AnswerTable, AskTable, ConcordTable, DocTable, EventTable, PenTable, RevisionTable, SuggestionTable } from './tables.ts';

export interface SharedDoc {
  readonly doc: DocTable;
  readonly stored: StoredTexts;
  /** By language, then epoch and place in the holder's log: the order in which they follow each other. */
  readonly revisions: readonly RevisionTable[];
  readonly gives: readonly PenTable[];
  readonly asks: readonly AskTable[];
  readonly suggestions: readonly SuggestionTable[];
  readonly answers: readonly AnswerTable[];
  readonly concords: readonly ConcordTable[];
  /** With the order in which this node decided them. */
  readonly events: readonly (EventTable & { readonly seq: number })[];
}

export interface LoadedDoc {
  readonly doc: ObjectId;
  readonly shared?: SharedDoc;
  readonly begun?: BegunDoc;
  readonly drafts: readonly SavedDraft[];
  /** The text that was asked for, when the id was that of a text. */
  readonly asked?: Hash;
}

/**
 * The document of an id (its own or that of a text proposed from it), or undefined when there is none
 * that the reader may read. Unshared words are loaded for officers who may draft under its scope.
 */
export async function loadDoc(node: Node, reader: Reader, id: string): Promise<LoadedDoc | undefined> {
  const found = await node.store.read(async (tx) => {
    const doc = OBJECT_ID.test(id) ? id : HASH.test(id) ? await docOfText(tx, reader, id) : undefined;
    return doc === undefined ? undefined : { doc, shared: await sharedDoc(tx, reader, doc) };
  });
  if (found === undefined) return undefined;
  const { doc, shared } = found;
  const [begun] = shared === undefined ? await begunDocs(node, doc) : [];
  const scope = shared?.doc.scope ?? begun?.scope;
  if (scope === undefined || (shared === undefined && !holds(reader, 'draft', scope))) return undefined;
  const drafts = holds(reader, 'draft', scope) ? await savedDrafts(node, doc) : [];
  return { doc, drafts, ...(shared === undefined ? {} : { shared }), ...(begun === undefined ? {} : { begun }), ...(HASH.test(id) ? { asked: id } : {}) };
}

async function docOfText(tx: Tx, reader: Reader, text: Hash): Promise<ObjectId | undefined> {
  const row = await tx.db.selectFrom('texts_proposal').select('doc').where('text', '=', text).where(readable(reader, { scope: 'texts_proposal.scope' })).executeTakeFirst();
  return row?.doc;
}

async function sharedDoc(tx: Tx, reader: Reader, doc: ObjectId): Promise<SharedDoc | undefined> {
  const stored = await storedTexts(tx, reader, doc);
  const [row] = stored.docs;
  if (row === undefined) return undefined;
  const mine = (table: string): ReturnType<typeof readable> => readable(reader, { scope: `${table}.scope` });
  const asked = sql<boolean>`texts_answer.suggestion in (select act from texts_suggestion where doc = ${doc})`;
  const about = sql<boolean>`(texts_event.doc = ${doc} or texts_event.text in (select text from texts_proposal where doc = ${doc})
    or texts_event.suggestion in (select act from texts_suggestion where doc = ${doc}))`;
  return {
    doc: row,
    stored,
    revisions: await tx.db.selectFrom('texts_revision').selectAll().where('doc', '=', doc).where(mine('texts_revision')).orderBy('lang').orderBy('epoch').orderBy('idx').execute(),
    gives: await tx.db.selectFrom('texts_pen').selectAll().where('doc', '=', doc).where(mine('texts_pen')).execute(),
    asks: await tx.db.selectFrom('texts_ask').selectAll().where('doc', '=', doc).where(mine('texts_ask')).execute(),
    suggestions: await tx.db.selectFrom('texts_suggestion').selectAll().where('doc', '=', doc).where(mine('texts_suggestion')).orderBy('at').orderBy('party').orderBy('idx').execute(),
    answers: await tx.db.selectFrom('texts_answer').selectAll().where(asked).where(mine('texts_answer')).orderBy('party').orderBy('idx').execute(),
    concords: await tx.db.selectFrom('texts_concord').selectAll().where('doc', '=', doc).where(mine('texts_concord')).execute(),
    events: (await tx.db.selectFrom('texts_event')
      .innerJoin('leaf', (join) => join.onRef('leaf.party', '=', 'texts_event.party').onRef('leaf.idx', '=', 'texts_event.idx'))
      .selectAll('texts_event').select('leaf.seq as seq').where(about).where(mine('texts_event')).orderBy('leaf.seq').execute())
      .map((event) => ({ ...event, seq: event.seq ?? 0 })),
  };
}

export interface LanguageVersion {
  readonly lang: Language;
  readonly authority: Authority;
  readonly pen: { readonly party: string; readonly epoch: number };
  readonly revisions: readonly RevisionTable[];
}

/** The language versions in their order, each with its pen and its revisions, the last one latest. */
export function versionsOf({ doc, gives, revisions }: SharedDoc): LanguageVersion[] {
  const languages = JSON.parse(doc.languages) as { lang: Language; authority: Authority }[];
  return languages.map(({ lang, authority }) => ({
    lang, authority,
    pen: penOf(doc.party, gives.filter((give) => give.lang === lang).map(({ epoch, party, idx, to_party: to }) => ({ epoch, party, index: idx, to }))),
    revisions: revisions.filter((revision) => revision.lang === lang),
  }));
}

export function tagsOf(revision: RevisionTable): Tags {
  return JSON.parse(revision.tags) as Tags;
}

/** The content of a revision: from the read table, or opened now when its part came later; undefined when erased or withheld. */
export async function contentOf(node: Node, revision: RevisionTable): Promise<Content | undefined> {
  const text = revision.content ?? await openedText(node, revision.part);
  const parsed = text === undefined ? undefined : content.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : undefined;
}

async function openedText(node: Node, part: Hash): Promise<string | undefined> {
  const opened = await node.openPart(part);
  return opened.ok ? fromUtf8(opened.value.plaintext) : undefined;
}

/** What the commands work on. */
export async function docViewOf(node: Node, loaded: LoadedDoc): Promise<DocView> {
  const { doc, shared, begun } = loaded;
  if (shared === undefined) return begunView(node, doc, begun as BegunDoc);
  const { doc: row } = shared;
  const versions: DocView['versions'][number][] = [];
  for (const { lang, authority, pen, revisions } of versionsOf(shared)) {
    const last = revisions.at(-1);
    const words = last === undefined ? undefined : await contentOf(node, last);
    versions.push({
      lang, authority, pen,
      ...(last === undefined || words === undefined ? {} : { latest: { act: last.act, ref: JSON.parse(last.ref) as PartRef, content: words } }),
    });
  }
  return {
    doc, kind: row.kind, scope: row.scope, title: storedLabel(row.title), versions, shared: true,
    ...placeOf(row),
    ...(row.based_on === null ? {} : { basedOn: row.based_on }),
  };
}

/** Slot and relation as columns → as values, absent when absent. */
export function placeOf(row: Pick<DocTable, 'slot_name' | 'slot_base' | 'relation' | 'relation_text'>): Pick<DocView, 'slot' | 'relation'> {
  return {
    ...(row.slot_name === null || row.slot_base === null ? {} : { slot: { name: row.slot_name, base: row.slot_base } }),
    ...(row.relation === null || row.relation_text === null ? {} : { relation: { relation: row.relation as 'supersedes' | 'amends' | 'corrects', text: row.relation_text } }),
  };
}

function begunView(node: Node, doc: ObjectId, begun: BegunDoc): DocView {
  const { kind, scope, title, languages, slot, relation, basedOn } = begun;
  return {
    doc, kind, scope, title: title as DocView['title'], shared: false,
    versions: languages.map(({ lang, authority }) => ({ lang, authority, pen: { party: node.party, epoch: 0 } })),
    ...(slot === undefined ? {} : { slot }),
    ...(relation === undefined ? {} : { relation }),
    ...(basedOn === undefined ? {} : { basedOn }),
  };
}
