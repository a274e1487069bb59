/** Routes of local drafts: begin, autosave, discard. They write local tables only; nothing leaves the node. */
import { HASH, type Hash, type ObjectId } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import { scope as scopeShape } from '../../../record/act.ts';
import { holds } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import { placeAfter } from '../commands.ts';
import { beginText, discardDraft, saveDraft } from '../contract.ts';
import { contentOf, docViewOf, loadDoc } from './document.ts';
import { beginDoc, dropDrafts, saveContent, type Begun, type SavedContent } from './drafts.ts';

type BeginBody = NonNullable<typeof beginText.body>['_output'];

async function begin(context: HandlerContext, body: BeginBody): Promise<Result<{ doc: ObjectId }>> {
  const { node, reader, actor } = context;
  const scope = body.scope ?? 'space';
  if (!scopeShape.safeParse(scope).success || !holds(reader, 'draft', scope)) return refuse('mandate.power-missing', { power: 'draft' });
  const base = body.basedOn === undefined ? undefined : await wordsOf(context, body.basedOn);
  if (body.basedOn !== undefined && base === undefined) return refuse('text.base-unknown');
  if (body.relation !== undefined && !(await isReadable(context, body.relation.text))) return refuse('text.unknown');
  const doc = node.mint.id();
  const slot = body.slot === undefined ? {} : { slot: body.slot };
  const place = body.relation === undefined ? slot : placeAfter(body.relation.text, body.relation.relation);
  const begun: Begun = {
    kind: body.kind, title: body.title, languages: body.languages, ...place, ...(body.basedOn === undefined ? {} : { basedOn: body.basedOn }),
  };
  await beginDoc(node, doc, scope, actor.officer, begun);
  for (const { lang } of body.languages) {
    const words = base?.get(lang);
    if (words !== undefined) await saveContent(node, actor.officer, doc, lang, words, undefined);
  }
  context.announce('drafts');
  return ok({ doc });
}

async function isReadable({ node, reader }: HandlerContext, text: Hash): Promise<boolean> {
  const row = await node.store.read((tx) => tx.db.selectFrom('texts_proposal').select('text').where('text', '=', text)
    .where(readable(reader, { scope: 'texts_proposal.scope' })).executeTakeFirst());
  return row !== undefined;
}

/** The words to begin from: those of a proposed text, or of one shared revision. Clause ids are kept, so that what changed can be shown. */
async function wordsOf({ node, reader }: HandlerContext, base: Hash): Promise<ReadonlyMap<Language, SavedContent> | undefined> {
  if (!HASH.test(base)) return undefined;
  const acts = await node.store.read(async (tx) => {
    const text = await tx.db.selectFrom('texts_proposal').select('content').where('text', '=', base).where(readable(reader, { scope: 'texts_proposal.scope' })).executeTakeFirst();
    return text === undefined ? [base] : (JSON.parse(text.content) as { revision: Hash }[]).map(({ revision }) => revision);
  });
  const rows = await node.store.read((tx) => tx.db.selectFrom('texts_revision').selectAll().where('act', 'in', acts)
    .where(readable(reader, { scope: 'texts_revision.scope' })).execute());
  if (rows.length === 0) return undefined;
  const words = new Map<Language, SavedContent>();
  for (const row of rows) {
    const content = await contentOf(node, row);
    if (content !== undefined) words.set(content.lang, { title: content.title, clauses: content.clauses });
  }
  return words;
}

async function save(context: HandlerContext, doc: ObjectId, lang: Language, words: SavedContent, basedOn: string | undefined): Promise<Result<{ savedAt: string }>> {
  const { node, reader, actor } = context;
  const loaded = await loadDoc(node, reader, doc);
  if (loaded === undefined) return refuse('text.unknown');
  const view = await docViewOf(node, loaded);
  if (!holds(reader, 'draft', view.scope)) return refuse('mandate.power-missing', { power: 'draft' });
  const version = view.versions.find((one) => one.lang === lang);
  if (version === undefined) return refuse('text.language-unknown', { lang });
  if (version.pen.party !== node.party) return refuse('text.pen-not-held', { lang, epoch: version.pen.epoch });
  const saved = await saveContent(node, actor.officer, doc, lang, words, basedOn);
  if (saved.ok) context.announce('drafts');
  return saved;
}

async function discard(context: HandlerContext, doc: ObjectId): Promise<Result<{ kept: boolean }>> {
  const { node, reader } = context;
  const loaded = await loadDoc(node, reader, doc);
  if (loaded === undefined) return refuse('text.unknown');
  const scope = loaded.shared?.doc.scope ?? loaded.begun?.scope;
  if (scope === undefined || !holds(reader, 'draft', scope)) return refuse('mandate.power-missing', { power: 'draft' });
  await dropDrafts(node, doc, { whole: true });
  context.announce('drafts');
  return ok({ kept: loaded.shared !== undefined });
}

export const draftRoutes: readonly Route[] = [
  handle(beginText, (context, { body }) => begin(context, body)),
  handle(saveDraft, (context, { params, body }) => save(context, params.doc, params.lang, { title: body.title, clauses: body.clauses }, body.basedOnSave)),
  handle(discardDraft, (context, { params }) => discard(context, params.doc)),
];
