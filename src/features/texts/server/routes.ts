/** Routes of joint texts: the form's input → the slice's command → the node. */
import { nodeEngine } from '../../../adapters/engine/node-engine.ts';
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import type { ActDraft, Node } from '../../../node/node.ts';
import type { PreparedAnswer, Receipt } from '../../../record/answers.ts';
import { holds } from '../../officers/reading.ts';
import { withKeyNames } from '../../officers/server/published.ts';
import { readable } from '../../officers/server/reading.ts';
import {
  answerSuggestion as answerCommand, askPen as askCommand, givePen as giveCommand, markConcordance as concordCommand, propose as proposeCommand,
  refuseText, shareDraft as shareCommand, signText, suggest as suggestCommand, type DocView, type Means,
} from '../commands.ts';
import {
  answerSuggestion, askPen, compareTexts, getText, givePen, listRevisions, listTexts, markConcordance, markRead, prepareStance, propose, shareDraft, suggest,
} from '../contract.ts';
import { revisionView, textDetailOf } from './detail.ts';
import { docViewOf, loadDoc, type LoadedDoc } from './document.ts';
import { draftRoutes } from './draft-routes.ts';
import { dropDrafts } from './drafts.ts';
import { compareRevisions, listTexts as list, putReadMark } from './queries.ts';

const engine = nodeEngine();

function means({ node }: Pick<HandlerContext, 'node'>): Means {
  return { party: node.party, mint: node.mint, sha256: (bytes) => engine.sha256(bytes) };
}

/** The document for a command, or why not: unknown, or the reader may not draft under its scope. */
async function forDrafting({ node, reader }: HandlerContext, id: string): Promise<Result<{ loaded: LoadedDoc; view: DocView }>> {
  const loaded = await loadDoc(node, reader, id);
  if (loaded === undefined) return refuse('text.unknown');
  const view = await docViewOf(node, loaded);
  return holds(reader, 'draft', view.scope) ? ok({ loaded, view }) : refuse('mandate.power-missing', { power: 'draft' });
}

async function record({ node, actor }: HandlerContext, drafts: Result<readonly ActDraft[]>): Promise<Result<Receipt>> {
  return drafts.ok ? node.submit(drafts.value, actor) : drafts;
}

/** A command on a shared document: one that never left the node is unknown to it. */
async function onShared(context: HandlerContext, doc: ObjectId, command: (view: DocView, loaded: LoadedDoc) => Result<readonly ActDraft[]> | Promise<Result<readonly ActDraft[]>>): Promise<Result<Receipt>> {
  const found = await forDrafting(context, doc);
  if (!found.ok) return found;
  if (!found.value.view.shared) return refuse('text.unknown');
  return record(context, await command(found.value.view, found.value.loaded));
}

async function share(context: HandlerContext, doc: ObjectId, languages: readonly string[]): Promise<Result<Receipt>> {
  const found = await forDrafting(context, doc);
  if (!found.ok) return found;
  const { loaded, view } = found.value;
  const written = loaded.drafts.filter((draft) => languages.includes(draft.lang));
  const recorded = await record(context, shareCommand(view, written, means(context)));
  if (!recorded.ok) return recorded;
  // Dying before this line leaves autosaves that equal what was shared; the next share finds nothing in them.
  await dropDrafts(context.node, doc, { shared: new Map(written.map((draft) => [draft.lang, draft.savedAt])), whole: true });
  context.announce('drafts');
  return recorded;
}

async function proposeDoc(context: HandlerContext, doc: ObjectId): Promise<Result<Receipt>> {
  const { node, reader } = context;
  const { charter, id } = await node.charter();
  return onShared(context, doc, async (view, loaded) => {
    const detail = await textDetailOf(node, reader, loaded);
    return proposeCommand(view, {
      charter: id, authentic: charter.authentic, parties: charter.parties.map((party) => party.id), concordance: detail.concordance,
      unshared: loaded.drafts.map((draft) => draft.lang),
    }, means(context));
  });
}

export interface TextMeans {
  /** Refuses while the office's own clearance of the text stands in the way (the signature folder's rule). */
  readonly requireCleared: (node: Node, text: Hash) => Promise<Result<undefined>>;
}

export function textRoutes({ requireCleared }: TextMeans): readonly Route[] {
  return [...documentRoutes, stanceRoute(requireCleared)];
}

const documentRoutes: readonly Route[] = [
  handle(listTexts, async ({ node, reader }, { query }) => ok({ rows: await list(node, reader, query) })),
  handle(getText, async ({ node, reader }, { params }) => {
    const loaded = await loadDoc(node, reader, params.id);
    if (loaded === undefined) return refuse('text.unknown');
    return ok(await textDetailOf(node, reader, loaded));
  }),
  handle(listRevisions, async ({ node, reader }, { params }) => {
    const loaded = await loadDoc(node, reader, params.id);
    if (loaded === undefined) return refuse('text.unknown');
    const seqs = new Map(loaded.shared?.events.map((event) => [event.act, event.seq]));
    const rows = (loaded.shared?.revisions ?? []).toSorted((a, b) => (seqs.get(a.act) ?? 0) - (seqs.get(b.act) ?? 0));
    return ok({ revisions: await Promise.all(rows.map((row) => revisionView(node, row))) });
  }),
  handle(compareTexts, ({ node, reader }, { params, query }) => compareRevisions(node, reader, params.id, { lang: params.lang, ...query })),
  handle(markRead, async ({ node, reader }, { params }) => {
    const loaded = await loadDoc(node, reader, params.id);
    if (loaded === undefined) return refuse('text.unknown');
    await putReadMark(node, reader.officer, loaded.doc);
    return ok({ read: true as const });
  }),
  ...draftRoutes,
  handle(shareDraft, (context, { params, body }) => share(context, params.doc, body.languages)),
  handle(givePen, (context, { params, body }) => onShared(context, params.doc, (view) => giveCommand(view, params.lang, body.to, means(context)))),
  handle(askPen, (context, { params }) => onShared(context, params.doc, (view) => askCommand(view, params.lang, means(context)))),
  handle(suggest, (context, { params, body }) => onShared(context, params.doc, (view) => suggestCommand(view, { lang: params.lang, ...body }, means(context)))),
  handle(answerSuggestion, async (context, { params, body }) => {
    const { node, reader } = context;
    const asked = await node.store.read((tx) => tx.db.selectFrom('texts_suggestion').select(['doc'])
      .where('act', '=', params.suggestion).where(readable(reader, { scope: 'texts_suggestion.scope' })).executeTakeFirst());
    if (asked === undefined) return refuse('text.suggestion-unknown');
    return onShared(context, asked.doc, async (view, loaded) => {
      const found = (await textDetailOf(node, reader, loaded)).suggestions.find((one) => one.act === params.suggestion);
      return found === undefined ? refuse('text.suggestion-unknown') : answerCommand(view, found, body, means(context));
    });
  }),
  handle(markConcordance, (context, { params, body }) => onShared(context, params.doc, (view) => concordCommand(view, body.clauses))),
  handle(propose, (context, { params }) => proposeDoc(context, params.doc)),
];

function stanceRoute(requireCleared: TextMeans['requireCleared']): Route {
  return handle(prepareStance, async (context, { params, body }) => {
    const { node, reader, actor } = context;
    const scope = await scopeOfText(context, params.text);
    if (scope === undefined) return refuse('text.unknown');
    if (!holds(reader, 'sign', scope)) return refuse('mandate.power-missing', { power: 'sign' });
    const view = { text: params.text, scope };
    const named = async (prepared: Result<PreparedAnswer>): Promise<Result<PreparedAnswer>> => (prepared.ok ? ok(await withKeyNames(node, actor.officer, prepared.value)) : prepared);
    if (body.stance === 'refuse') {
      if (body.reason === undefined) return refuse('text.reason-missing');
      return named(await node.prepare(refuseText(view, body.reason, node), actor));
    }
    // The page says which text it has shown in full: an officer signs what they read, or nothing.
    if (body.read !== params.text) return refuse('text.not-read');
    const cleared = await requireCleared(node, params.text);
    if (!cleared.ok) return cleared;
    return named(await node.prepare(signText(view, body.reason, node), actor));
  });
}

/** The scope of a text or of a charter change, if the reader may read it. */
async function scopeOfText({ node, reader }: HandlerContext, text: string): Promise<string | undefined> {
  return node.store.read(async (tx) => {
    const row = await tx.db.selectFrom('texts_proposal').select('scope').where('text', '=', text).where(readable(reader, { scope: 'texts_proposal.scope' })).executeTakeFirst();
    if (row !== undefined) return row.scope;
    const change = await tx.db.selectFrom('leaf').select('scope').where('act', '=', text).where('type', '=', 'charter.propose').where('verdict', '=', 'valid')
      .where(readable(reader, { scope: 'leaf.scope' })).executeTakeFirst();
    return change?.scope;
  });
}
