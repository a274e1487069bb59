/** The people's API of joint texts. Bodies are what a form sends; ids, salts and acts are made by the node. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { languages } from '../../kernel/language.ts';
import { hash, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { clause } from './content.ts';
import { clauseId, slot } from './acts.ts';
import { comparison, revision, textDetail, textRow, textState } from './views.ts';
import { prepared, receipt } from '../../record/answers.ts';

const language = z.enum(languages);
const doc = z.object({ doc: objectId });
const text = z.object({ text: hash });

export const listTexts = operation({
  id: 'texts.list', method: 'GET', path: '/api/texts',
  query: z.object({ state: textState.optional(), kind: z.string().max(40).optional(), q: z.string().max(200).optional() }),
  answer: z.strictObject({ rows: z.array(textRow) }), refusals: [],
});

/** `doc` may be an object id or a text id (deep links of both kinds work). */
export const getText = operation({
  id: 'texts.get', method: 'GET', path: '/api/texts/:id',
  params: z.object({ id: z.string().max(120) }),
  answer: textDetail, refusals: ['text.unknown'],
});

/** Every shared revision of the document, oldest first: what drafts are compared with, and what a reader saw last. */
export const listRevisions = operation({
  id: 'texts.revisions', method: 'GET', path: '/api/texts/:id/revisions',
  params: z.object({ id: z.string().max(120) }),
  answer: z.strictObject({ revisions: z.array(revision) }), refusals: ['text.unknown'],
});

/**
 * Words that changed between two revisions of one language version: the two named; or the shown one and
 * the one before it; or, with `since: read`, the one that this officer had read (texts.mark-read).
 */
export const compareTexts = operation({
  id: 'texts.compare', method: 'GET', path: '/api/texts/:id/compare/:lang',
  params: z.object({ id: z.string().max(120), lang: language }),
  query: z.object({ from: hash.optional(), to: hash.optional(), since: z.enum(['previous', 'read']).optional() }),
  answer: comparison, refusals: ['text.unknown', 'text.revision-unknown'],
});

/** This officer has read everything about the document that the node holds now. Local: nobody else sees it. */
export const markRead = operation({
  id: 'texts.mark-read', method: 'POST', path: '/api/texts/:id/read', params: z.object({ id: z.string().max(120) }),
  answer: z.strictObject({ read: z.literal(true) }), refusals: ['text.unknown'],
});

/** Begins a local draft: nothing leaves the node until it is shared. */
export const beginText = operation({
  id: 'texts.begin', method: 'POST', path: '/api/texts',
  body: z.strictObject({
    kind: z.string().max(40), title: label,
    languages: z.array(z.strictObject({ lang: language, authority: z.enum(['authentic', 'working']) })).min(1).max(4),
    scope: z.string().optional(), slot: slot.optional(),
    relation: z.strictObject({ relation: z.enum(['supersedes', 'amends', 'corrects']), text: hash }).optional(),
    basedOn: hash.optional(),
  }),
  answer: z.strictObject({ doc: objectId }), refusals: ['text.unknown', 'text.base-unknown', 'mandate.power-missing'],
});

/** Autosave of one language version: local, overwritten only by its own `savedAt` (else `text.saved-by-other`). */
export const saveDraft = operation({
  id: 'texts.save', method: 'PUT', path: '/api/drafts/:doc/:lang', params: z.object({ doc: objectId, lang: language }),
  body: z.strictObject({ title: z.string().min(1).max(500), clauses: z.array(clause).min(1).max(500), basedOnSave: z.string().optional() }),
  answer: z.strictObject({ savedAt: z.string() }), refusals: ['text.unknown', 'text.language-unknown', 'text.saved-by-other', 'text.pen-not-held', 'mandate.power-missing'],
});

/**
 * Throws away this party's unshared autosaves of the document (all languages). A draft that was never
 * shared is gone afterwards; one that was shared shows its last shared revisions again.
 */
export const discardDraft = operation({
  id: 'texts.discard', method: 'DELETE', path: '/api/drafts/:doc', params: doc,
  answer: z.strictObject({ kept: z.boolean() }), refusals: ['text.unknown', 'mandate.power-missing'],
});

/** Shares the draft (`text.draft` once, then `text.revise` per changed language). */
export const shareDraft = operation({
  id: 'texts.share', method: 'POST', path: '/api/drafts/:doc/share', params: doc, body: z.strictObject({ languages: z.array(language).min(1) }),
  answer: receipt,
  refusals: ['text.unknown', 'text.pen-not-held', 'text.nothing-to-share', 'text.characters-hidden', 'text.language-unknown', 'mandate.power-missing'],
});

export const givePen = operation({
  id: 'texts.give-pen', method: 'POST', path: '/api/drafts/:doc/:lang/pen', params: z.object({ doc: objectId, lang: language }),
  body: z.strictObject({ to: partyId }), answer: receipt, refusals: ['text.pen-not-held', 'text.pen-held-already', 'text.party-unknown', 'text.language-unknown', 'text.unknown', 'mandate.power-missing'],
});
export const askPen = operation({
  id: 'texts.ask-pen', method: 'POST', path: '/api/drafts/:doc/:lang/pen/ask', params: z.object({ doc: objectId, lang: language }),
  answer: receipt, refusals: ['text.unknown', 'text.language-unknown', 'text.pen-held-already', 'mandate.power-missing'],
});

export const suggest = operation({
  id: 'texts.suggest', method: 'POST', path: '/api/drafts/:doc/:lang/suggestions', params: z.object({ doc: objectId, lang: language }),
  body: z.strictObject({ clause: clauseId, words: z.string().min(1).max(20_000), reason: z.string().max(2_000).optional() }),
  answer: receipt, refusals: ['text.unknown', 'text.clause-unknown', 'text.language-unknown', 'text.characters-hidden', 'mandate.power-missing'],
});
export const answerSuggestion = operation({
  id: 'texts.answer-suggestion', method: 'POST', path: '/api/suggestions/:suggestion', params: z.object({ suggestion: hash }),
  body: z.strictObject({ outcome: z.enum(['taken', 'declined']), reason: z.string().max(2_000).optional() }),
  answer: receipt, refusals: ['text.unknown', 'text.suggestion-unknown', 'text.suggestion-answered', 'text.pen-not-held', 'mandate.power-missing'],
});

export const markConcordance = operation({
  id: 'texts.concord', method: 'POST', path: '/api/drafts/:doc/concordance', params: doc,
  body: z.strictObject({ clauses: z.array(clauseId).min(1).max(500) }),
  answer: receipt, refusals: ['text.unknown', 'text.clause-without-sibling', 'mandate.power-missing'],
});

export const propose = operation({
  id: 'texts.propose', method: 'POST', path: '/api/drafts/:doc/propose', params: doc,
  answer: receipt,
  refusals: [
    'text.unknown', 'text.clause-without-sibling', 'text.clauses-in-other-order', 'text.concordance-missing', 'text.authentic-language-missing',
    'text.language-not-authentic', 'text.unshared-changes', 'text.base-not-concluded', 'text.slot-differs', 'text.charter-closed', 'mandate.power-missing',
  ],
});

/**
 * Prepares a signature: the exact act, its digest in readable groups and what the browser must do.
 * The officer has seen the text in full; `read` is the id of the text that the page showed, needed to sign.
 */
export const prepareStance = operation({
  id: 'texts.prepare-stance', method: 'POST', path: '/api/texts/:text/stance', params: text,
  body: z.strictObject({ stance: z.enum(['sign', 'refuse']), reason: z.string().max(2_000).optional(), read: hash.optional() }),
  answer: prepared,
  refusals: [
    'text.unknown', 'text.stance-taken', 'text.slot-taken', 'text.charter-closed', 'text.charter-not-in-force',
    'text.not-read', 'text.reason-missing', 'folder.not-cleared', 'mandate.power-missing', 'mandate.no-key', 'mandate.quorum-unreachable',
  ],
});

export const textOperations = [
  listTexts, getText, listRevisions, compareTexts, markRead, beginText, saveDraft, discardDraft, shareDraft, givePen, askPen, suggest, answerSuggestion, markConcordance, propose, prepareStance,
] as const;
