/**
 * Rules of drafting: opening a shared draft, revisions under the pen, suggestions, concordance.
 * docs/spec/texts.md. Nothing here binds anybody; what it guarantees is that both sides see one draft.
 */
import type { z } from 'zod';
import type { PartyId } from '../../kernel/ids.ts';
import type { Language } from '../../kernel/language.ts';
import type { PartRef, PlacedAct } from '../../record/act.ts';
import { defineAct } from '../../record/registry.ts';
import { facts, factsOf, valid, without, type Asking, type Fact, type NewFact, type RuleContext, type Verdict } from '../../record/rule.ts';
import { CHARTER_SLOT, charterChain, partyIn, textOf } from '../../record/stances.ts';
import { PART_KEPT } from '../../record/system-acts.ts';
import { penAskV1, penGiveV1, textAnswerV1, textConcordV1, textDraftV1, textReviseV1, textSuggestV1 } from './acts.ts';
import { CONTENT_MEDIA, concordMark } from './content.ts';
import {
  ANSWER, CONCORD, DOC, DOC_REVISION, docOf, holdsPen, holdsPenNow, lastOwnRevision, PEN_GIVEN, penKey, REVISION, revisionOf, SUGGESTION,
  type DocData, type PenGivenData, type RevisionData, type SuggestionData,
} from './facts.ts';

/** Slot of whatever supersedes or amends a text; its base is that text. */
export const SUCCESSION_SLOT = 'succession';

/** Words of a joint text are kept: whoever erased them could take back what others rest on. */
export function kept(...parts: readonly PartRef[]): NewFact[] {
  return parts.map((part) => ({ kind: PART_KEPT, key: part.part, data: {} }));
}

/** The document, seen in the cut and under the act's own scope. */
export function* docFor(placed: PlacedAct<{ readonly doc: string }>): Asking<Fact<DocData> | Verdict> {
  const doc = yield* docOf(placed.act.body.doc);
  if (doc === undefined) return without('text.doc-unknown');
  if (doc.data.scope !== placed.act.scope) return without('act.scope-differs', { scope: doc.data.scope });
  return doc;
}

export function isVerdict(value: object): value is Verdict {
  return 'ok' in value;
}

/** What is exclusive about a text must agree with what it does to another one. */
export function checkSlot(slot: { readonly name: string; readonly base: string } | undefined, relation: { readonly relation: string; readonly text: string } | undefined): Verdict {
  if (slot?.name === CHARTER_SLOT) return without('text.slot-reserved');
  const succeeds = relation !== undefined && relation.relation !== 'corrects';
  if (succeeds !== (slot?.name === SUCCESSION_SLOT)) return without('text.slot-differs');
  if (succeeds && slot?.base !== relation.text) return without('text.slot-differs');
  return valid();
}

export const textDraft = defineAct<z.infer<typeof textDraftV1>>({
  type: 'text.draft', v: 1, body: textDraftV1, signers: { power: 'draft' }, since: 1,
  creates: (body) => [body.doc],
  *rule(placed) {
    const { doc, kind, languages, slot, relation, basedOn, title } = placed.act.body;
    if ((yield* factsOf<DocData>(placed.act.party, DOC, doc)).length > 0) return without('text.doc-exists');
    if (kind === CHARTER_SLOT) return without('text.kind-reserved');
    if (new Set(languages.map(({ lang }) => lang)).size !== languages.length) return without('text.language-twice');
    if (!languages.some(({ authority }) => authority === 'authentic')) return without('text.no-authentic-language');
    const slotted = checkSlot(slot, relation);
    if (!slotted.ok) return slotted;
    if (basedOn !== undefined && (yield* textOf(basedOn)) === undefined && (yield* revisionOf(basedOn)) === undefined) return without('text.base-unknown');
    const data: DocData = {
      kind, scope: placed.act.scope, languages,
      ...(slot === undefined ? {} : { slot }),
      ...(relation === undefined ? {} : { relation }),
    };
    return valid({ kind: DOC, key: doc, data }, ...kept(title));
  },
});

/** The pen of a language version that the document has. */
function* penFor(placed: PlacedAct<{ readonly doc: string; readonly lang: Language; readonly epoch: number }>): Asking<Fact<DocData> | Verdict> {
  const { lang, epoch } = placed.act.body;
  const doc = yield* docFor(placed);
  if (isVerdict(doc)) return doc;
  if (!doc.data.languages.some((version) => version.lang === lang)) return without('text.language-unknown', { lang });
  return (yield* holdsPen(placed.act.party, doc, lang, epoch)) ? doc : without('text.pen-not-held', { lang, epoch });
}

/**
 * The revision before this one: the holder's own last one of the epoch; else the last of whoever gave
 * the pen, which lies before the giving and so inside the cut; else any earlier one.
 */
function* followsOn(placed: PlacedAct<z.infer<typeof textReviseV1>>): Asking<Verdict> {
  const { doc, lang, epoch, previous } = placed.act.body;
  const key = penKey(doc, lang);
  const own = yield* lastOwnRevision(placed.act.party, doc, lang, epoch);
  if (own !== undefined) return previous === own ? valid() : without('text.previous-differs');
  const giver = (yield* facts<PenGivenData>(PEN_GIVEN, key)).find((fact) => fact.data.epoch === epoch - 1);
  const theirs = giver === undefined ? undefined : yield* lastOwnRevision(giver.party, doc, lang, epoch - 1);
  if (theirs !== undefined) return previous === theirs ? valid() : without('text.previous-differs');
  if (previous === undefined) return valid();
  const earlier = yield* revisionOf(previous);
  const fits = earlier !== undefined && earlier.data.doc === doc && earlier.data.lang === lang && earlier.data.epoch < epoch;
  return fits ? valid() : without('text.previous-differs');
}

export const textRevise = defineAct<z.infer<typeof textReviseV1>>({
  type: 'text.revise', v: 1, body: textReviseV1, signers: { power: 'draft' }, since: 1,
  *rule(placed) {
    const { doc, lang, epoch, content, clauses } = placed.act.body;
    const pen = yield* penFor(placed);
    if (isVerdict(pen)) return pen;
    if (content.class !== 'text' || content.media !== CONTENT_MEDIA) return without('text.content-not-text');
    if (new Set(clauses.map(({ id }) => id)).size !== clauses.length) return without('text.clause-twice');
    const follows = yield* followsOn(placed);
    if (!follows.ok) return follows;
    const data: RevisionData = { doc, lang, epoch, content: content.part, clauses };
    return valid({ kind: REVISION, key: placed.id, data }, { kind: DOC_REVISION, key: penKey(doc, lang), data: { epoch } }, ...kept(content));
  },
});

export const penGive = defineAct<z.infer<typeof penGiveV1>>({
  type: 'pen.give', v: 1, body: penGiveV1, signers: { power: 'draft' }, since: 1,
  *rule(placed, context) {
    const { doc, lang, epoch, to } = placed.act.body;
    const pen = yield* penFor(placed);
    if (isVerdict(pen)) return pen;
    if (to === placed.act.party) return without('text.pen-held-already');
    if (!(yield* isParty(to, context))) return without('text.party-unknown', { party: to });
    const data: PenGivenData = { epoch, to };
    return valid({ kind: PEN_GIVEN, key: penKey(doc, lang), data });
  },
});

function* isParty(party: PartyId, context: RuleContext): Asking<boolean> {
  return partyIn(yield* charterChain(context.genesis), party) !== undefined;
}

export const penAsk = defineAct<z.infer<typeof penAskV1>>({
  type: 'pen.ask', v: 1, body: penAskV1, signers: { power: 'draft' }, since: 1,
  *rule(placed) {
    const doc = yield* docFor(placed);
    if (isVerdict(doc)) return doc;
    const { lang } = placed.act.body;
    return doc.data.languages.some((version) => version.lang === lang) ? valid() : without('text.language-unknown', { lang });
  },
});

export const textSuggest = defineAct<z.infer<typeof textSuggestV1>>({
  type: 'text.suggest', v: 1, body: textSuggestV1, signers: { power: 'draft' }, since: 1,
  *rule(placed) {
    const { doc: id, lang, clause, revision } = placed.act.body;
    const doc = yield* docFor(placed);
    if (isVerdict(doc)) return doc;
    const against = yield* revisionOf(revision);
    if (against === undefined || against.data.doc !== id || against.data.lang !== lang) return without('text.revision-unknown');
    if (!against.data.clauses.some((one) => one.id === clause)) return without('text.clause-unknown', { clause });
    const data: SuggestionData = { doc: id, lang, clause };
    return valid({ kind: SUGGESTION, key: placed.id, data });
  },
});

export const textAnswer = defineAct<z.infer<typeof textAnswerV1>>({
  type: 'text.answer', v: 1, body: textAnswerV1, signers: { power: 'draft' }, since: 1,
  *rule(placed) {
    const { suggestion, outcome } = placed.act.body;
    const asked = (yield* facts<SuggestionData>(SUGGESTION, suggestion))[0];
    const doc = asked === undefined ? undefined : yield* docOf(asked.data.doc);
    if (asked === undefined || doc === undefined) return without('text.suggestion-unknown');
    if (doc.data.scope !== placed.act.scope) return without('act.scope-differs', { scope: doc.data.scope });
    if (!(yield* holdsPenNow(placed.act.party, doc, asked.data.lang))) return without('text.pen-not-held', { lang: asked.data.lang });
    if ((yield* factsOf(placed.act.party, ANSWER, suggestion)).length > 0) return without('text.suggestion-answered');
    return valid({ kind: ANSWER, key: suggestion, data: { outcome } });
  },
});

export const textConcord = defineAct<z.infer<typeof textConcordV1>>({
  type: 'text.concord', v: 1, body: textConcordV1, signers: { power: 'draft' }, since: 1,
  *rule(placed, context) {
    const { doc: id, revisions, clauses } = placed.act.body;
    const doc = yield* docFor(placed);
    if (isVerdict(doc)) return doc;
    const authentic = doc.data.languages.filter(({ authority }) => authority === 'authentic').map(({ lang }) => lang);
    if (revisions.map(({ lang }) => lang).sort().join() !== [...authentic].sort().join()) return without('text.authentic-language-missing', { lang: authentic.find((lang) => !revisions.some((one) => one.lang === lang)) ?? '' });
    const versions: RevisionData[] = [];
    for (const { lang, revision } of revisions) {
      const found = yield* revisionOf(revision);
      if (found === undefined || found.data.doc !== id || found.data.lang !== lang) return without('text.revision-unknown');
      versions.push(found.data);
    }
    const marks: string[] = [];
    for (const clause of clauses) {
      const mark = markOf(context, clause, versions);
      if (mark === undefined) return without('text.clause-without-sibling', { clause });
      marks.push(mark);
    }
    return valid({ kind: CONCORD, key: id, data: { marks } });
  },
});

/** The mark of a clause over these versions, or undefined when one of them lacks it. */
export function markOf(context: Pick<RuleContext, 'sha256'>, clause: string, versions: readonly Pick<RevisionData, 'lang' | 'clauses'>[]): string | undefined {
  const tags: [Language, string][] = [];
  for (const { lang, clauses } of versions) {
    const found = clauses.find((one) => one.id === clause);
    if (found === undefined) return undefined;
    tags.push([lang, found.tag]);
  }
  return concordMark(context.sha256, clause, tags);
}

export const draftDefinitions = [textDraft, textRevise, penGive, penAsk, textSuggest, textAnswer, textConcord] as const;
