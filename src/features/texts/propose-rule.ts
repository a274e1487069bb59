/**
 * The rule of proposing: what becomes signable. docs/spec/texts.md. Proposing freezes revisions that
 * are in the cut, in every authentic language of the charter, aligned clause by clause and marked as
 * concordant by every party. It binds nobody: that is what stances do (stance-rules.ts).
 */
import type { z } from 'zod';
import type { Language } from '../../kernel/language.ts';
import { sameCanonical } from '../../record/json.ts';
import { defineAct } from '../../record/registry.ts';
import { facts, valid, without, type Asking, type Fact, type RuleContext, type Verdict } from '../../record/rule.ts';
import { charterChain, CHARTER_SLOT, conclusionOf, heldBy, partyIds, textFact, textOf, type Slot } from '../../record/stances.ts';
import type { PlacedAct } from '../../record/act.ts';
import type { Charter } from '../../record/charter.ts';
import { textProposeV1 } from './acts.ts';
import { checkSlot, docFor, isVerdict, kept, markOf, SUCCESSION_SLOT } from './draft-rules.ts';
import { CONCORD, revisionOf, type ConcordData, type DocData, type RevisionData } from './facts.ts';

type Propose = z.infer<typeof textProposeV1>;
type Version = Propose['content'][number] & { readonly clauses: RevisionData['clauses'] };

export const textPropose = defineAct<Propose>({
  type: 'text.propose', v: 1, body: textProposeV1, signers: { power: 'draft' }, since: 1,
  *rule(placed, context) {
    const { body, scope } = placed.act;
    const doc = yield* docFor(placed);
    if (isVerdict(doc)) return doc;
    const charter = yield* openCharter(placed, context);
    if (isVerdict(charter)) return charter;
    const asDrafted = checkAgainstDraft(body, doc.data);
    if (!asDrafted.ok) return asDrafted;
    const place = yield* checkPlace(body, context);
    if (!place.ok) return place;
    const versions = yield* versionsOf(body, doc);
    if (isVerdict(versions)) return versions;
    const aligned = checkAlignment(body.clauses, versions, charter.authentic);
    if (!aligned.ok) return aligned;
    const concordant = yield* checkConcordance(body, versions, charter, context);
    if (!concordant.ok) return concordant;
    const text = textFact(placed.id, { charter: body.charter, kind: body.kind, scope, doc: body.doc, ...(body.slot === undefined ? {} : { slot: body.slot }) });
    return valid(text, ...kept(body.title));
  },
});

/** The charter that the text names: concluded in the cut, with the party in it, and not closed by its own signature. */
function* openCharter(placed: PlacedAct<Propose>, context: RuleContext): Asking<Charter | Verdict> {
  const { charter: id } = placed.act.body;
  const named = (yield* charterChain(context.genesis)).find((link) => link.id === id);
  if (named === undefined) return without('text.charter-not-concluded');
  if (!partyIds(named.charter).includes(placed.act.party)) return without('act.party-not-in-charter');
  const closing = yield* heldBy(placed.act.party, { name: CHARTER_SLOT, base: id }, placed.id, context.genesis);
  return closing === undefined ? named.charter : without('text.charter-closed', { by: closing });
}

function checkAgainstDraft(body: Propose, doc: DocData): Verdict {
  if (body.kind !== doc.kind) return without('text.kind-differs', { kind: doc.kind });
  if (!sameCanonical(shapeOf(body), shapeOf(doc))) return without('text.slot-differs');
  const slotted = checkSlot(body.slot, body.relation);
  if (!slotted.ok) return slotted;
  if (new Set(body.content.map(({ lang }) => lang)).size !== body.content.length) return without('text.language-twice');
  if (new Set(body.clauses).size !== body.clauses.length) return without('text.clause-twice');
  for (const { lang, authority } of body.content) {
    if (!doc.languages.some((version) => version.lang === lang && version.authority === authority)) return without('text.language-unknown', { lang });
  }
  return valid();
}

/** Slot and relation, with what is absent left out. */
function shapeOf({ slot, relation }: { readonly slot?: Slot | undefined; readonly relation?: object | undefined }): object {
  return { ...(slot === undefined ? {} : { slot }), ...(relation === undefined ? {} : { relation }) };
}

/** What the text succeeds, amends or corrects is concluded in the cut; a next version follows one of the same slot. */
function* checkPlace({ slot, relation }: Propose, context: RuleContext): Asking<Verdict> {
  const bases = [...(slot === undefined || slot.base === 'none' ? [] : [slot.base]), ...(relation === undefined ? [] : [relation.text])];
  for (const base of new Set(bases)) if ((yield* conclusionOf(base, context.genesis)) !== 'concluded') return without('text.base-not-concluded', { base });
  if (slot === undefined || slot.base === 'none' || slot.name === SUCCESSION_SLOT) return valid();
  const base: Fact<{ readonly slot?: Slot }> | undefined = yield* textOf(slot.base);
  return base?.data.slot?.name === slot.name ? valid() : without('text.slot-differs');
}

/** The revisions that are frozen, each with the content that it shared. */
function* versionsOf(body: Propose, doc: Fact<DocData>): Asking<readonly Version[] | Verdict> {
  const versions: Version[] = [];
  for (const one of body.content) {
    const revision = yield* revisionOf(one.revision);
    if (revision === undefined || revision.data.doc !== doc.key || revision.data.lang !== one.lang) return without('text.revision-unknown', { lang: one.lang });
    if (revision.data.content !== one.content.part || one.content.class !== 'text') return without('text.content-differs', { lang: one.lang });
    versions.push({ ...one, clauses: revision.data.clauses });
  }
  return versions;
}

/** Every authentic language of the charter, no other one as authentic; the same clauses in the same order in all of them. */
function checkAlignment(clauses: readonly string[], versions: readonly Version[], authentic: readonly Language[]): Verdict {
  for (const lang of authentic) if (!versions.some((version) => version.lang === lang && version.authority === 'authentic')) return without('text.authentic-language-missing', { lang });
  for (const version of versions) {
    if (version.authority === 'authentic' && !authentic.includes(version.lang)) return without('text.language-not-authentic', { lang: version.lang });
    const ids = version.clauses.map(({ id }) => id);
    const extra = ids.find((id) => !clauses.includes(id));
    if (extra !== undefined) return without('text.clause-without-sibling', { clause: extra });
    // A working translation may be unfinished; an authentic version may not.
    if (version.authority === 'working') continue;
    const missing = clauses.find((id) => !ids.includes(id));
    if (missing !== undefined) return without('text.clause-without-sibling', { clause: missing });
    if (ids.join() !== clauses.join()) return without('text.clauses-in-other-order', { lang: version.lang });
  }
  return valid();
}

/** Every party of the charter marked every clause in these very words. With one authentic language there is nothing to compare. */
function* checkConcordance(body: Propose, versions: readonly Version[], charter: Charter, context: RuleContext): Asking<Verdict> {
  const authentic = versions.filter((version) => version.authority === 'authentic');
  if (authentic.length < 2) return valid();
  const needed = body.clauses.map((clause) => ({ clause, mark: markOf(context, clause, authentic) }));
  const marked = yield* facts<ConcordData>(CONCORD, body.doc);
  for (const party of partyIds(charter)) {
    const marks = new Set(marked.filter((fact) => fact.party === party).flatMap((fact) => fact.data.marks));
    const missing = needed.find(({ mark }) => mark === undefined || !marks.has(mark));
    if (missing !== undefined) return without('text.concordance-missing', { party, clause: missing.clause });
  }
  return valid();
}

