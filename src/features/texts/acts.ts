/**
 * Acts of joint texts. docs/spec/texts.md. Frozen once published: a change is a new version.
 *
 * A *text being drafted* is an object (`doc`); a *text* that can be signed is the act `text.propose`
 * (its id is the text's id). Proposing is not signing.
 */
import { z } from 'zod';
import { hash, objectId, partRef, partyId } from '../../record/act.ts';
import { languages } from '../../kernel/language.ts';

const language = z.enum(languages);
const authority = z.enum(['authentic', 'working']);
/** Kind of a joint text: `communique`, `declaration`, `agreement`, `minutes`, … */
const kind = z.string().regex(/^[a-z]+(?:-[a-z]+)*$/).max(40);
/** Clause id: stable across drafts and languages. */
export const clauseId = z.string().regex(/^[0-9a-z]{4,12}$/);
/** What changes when the words of the clause change: see clauseTag in content.ts. */
const clauseTag = z.strictObject({ id: clauseId, tag: z.string().regex(/^[0-9a-f]{32}$/) });

/** The exclusive place a text takes: at most one text is concluded per (slot, base). */
export const slot = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9:.-]{0,79}$/),
  /** Text that is succeeded in this slot, or `none` for the first. */
  base: z.union([hash, z.literal('none')]),
});

/** What a text does to another one. supersede and amend take the slot `succession` of their base. */
export const relation = z.strictObject({ relation: z.enum(['supersedes', 'amends', 'corrects']), text: hash });

/** Opens a shared draft. The opening party holds every pen at epoch 0. */
export const textDraftV1 = z.strictObject({
  doc: objectId,
  kind,
  title: partRef,
  languages: z.array(z.strictObject({ lang: language, authority })).min(1).max(4),
  slot: slot.optional(),
  relation: relation.optional(),
  /** A new draft made from a refused text or from a silent holder's draft. */
  basedOn: hash.optional(),
});

/** Shares a revision of one language version. Only the pen holder of (doc, lang) at `epoch`. */
export const textReviseV1 = z.strictObject({
  doc: objectId,
  lang: language,
  epoch: z.int().min(0),
  previous: hash.optional(),
  content: partRef,
  clauses: z.array(clauseTag).min(1).max(500),
});

export const penGiveV1 = z.strictObject({ doc: objectId, lang: language, epoch: z.int().min(0), to: partyId });
/** Asks for the pen; has no effect but to be seen. */
export const penAskV1 = z.strictObject({ doc: objectId, lang: language });

/** A suggestion against one clause of a revision (the suggested words are the part). */
export const textSuggestV1 = z.strictObject({
  doc: objectId, lang: language, clause: clauseId, revision: hash, words: partRef, reason: partRef.optional(),
});
export const textAnswerV1 = z.strictObject({
  suggestion: hash, outcome: z.enum(['taken', 'declined']), reason: partRef.optional(),
});

/** A linguist of one party marks clauses as saying the same in these revisions of the authentic versions. */
export const textConcordV1 = z.strictObject({
  doc: objectId,
  revisions: z.array(z.strictObject({ lang: language, revision: hash })).min(1).max(4),
  clauses: z.array(clauseId).min(1).max(500),
});

/** Freezes the content of one revision per language. The id of this act is the id of the text. */
export const textProposeV1 = z.strictObject({
  doc: objectId,
  kind,
  title: partRef,
  /** Act id of the charter proposal in force, or `genesis`. */
  charter: z.union([hash, z.literal('genesis')]),
  content: z.array(z.strictObject({ lang: language, authority, revision: hash, content: partRef })).min(1).max(4),
  clauses: z.array(clauseId).min(1).max(500),
  slot: slot.optional(),
  relation: relation.optional(),
});

/** A party's write-once stance. `text` may also be a `charter.propose`. */
export const textSignV1 = z.strictObject({ text: hash, reason: partRef.optional() });
export const textRefuseV1 = z.strictObject({ text: hash, reason: partRef });

/** A node states that it saw the text concluded at this cut: what a TEXT bundle rests absence on. */
export const textAttestV1 = z.strictObject({
  text: hash,
  cut: z.array(z.strictObject({ party: partyId, size: z.int().min(0), root: hash })).min(1).max(16),
});

/** A party's own register number for a text (incoming or outgoing), unique in that party's log. */
export const textRegisterV1 = z.strictObject({
  text: hash,
  direction: z.enum(['incoming', 'outgoing']),
  year: z.int().min(1900).max(2999),
  number: z.int().min(1).max(999_999),
  /** The number as written, by the party's own pattern. */
  written: z.string().regex(/^[A-Za-z0-9./-]{1,40}$/),
});
