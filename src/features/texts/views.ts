/** Answers of the texts queries. The same Zod schema binds the server and the browser. */
import { z } from 'zod';
import { languages } from '../../kernel/language.ts';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { clause } from './content.ts';

const language = z.enum(languages);

/** The state shown by the star. Derived from stances; never stored as a status that one side can set. */
export const textState = z.enum(['local', 'drafting', 'proposed', 'partly-signed', 'concluded', 'dead']);
export type TextState = z.infer<typeof textState>;

/** One square of the star. */
export const stance = z.strictObject({
  party: partyId,
  stance: z.enum(['none', 'signed', 'refused']),
  /** Act of the stance. */
  act: hash.optional(),
  at: instant.optional(),
  /** Offices that signed, as labels; no personal names. */
  offices: z.array(label),
  /** `passkey` or `node`: which key signed; shown on the screen. */
  keys: z.array(z.enum(['passkey', 'node', 'root'])),
  /** Every other party's node has stored it (cosigned). */
  delivered: z.boolean(),
  reason: z.string().optional(),
});
export type Stance = z.infer<typeof stance>;

export const textRow = z.strictObject({
  /** Text id (act) once proposed. */
  text: hash.optional(),
  doc: objectId,
  kind: z.string(),
  title: label,
  state: textState,
  parties: z.array(stance),
  jointReference: z.string().optional(),
  registers: z.array(z.strictObject({ party: partyId, direction: z.enum(['incoming', 'outgoing']), written: z.string() })),
  scope: z.string(),
  changedAt: instant,
});
export type TextRow = z.infer<typeof textRow>;

export const revision = z.strictObject({
  act: hash, lang: language, party: partyId, epoch: z.int(), at: instant, clauses: z.array(clause), title: z.string(),
});

export const suggestion = z.strictObject({
  act: hash, lang: language, clause: z.string(), revision: hash, party: partyId, office: label, at: instant,
  words: z.string(), reason: z.string().optional(),
  outcome: z.enum(['open', 'taken', 'declined']), answerReason: z.string().optional(),
});

/**
 * Every action of a joint text's page. `may` holds one entry per action (per language where it names
 * one: edit, give-pen, ask-pen, suggest, answer-suggestion); what is missing from `may` is not shown.
 */
export const textActions = [
  'edit', 'share', 'discard', 'give-pen', 'ask-pen', 'suggest', 'answer-suggestion', 'concord', 'propose',
  'sign', 'refuse', 'withdraw', 'supersede', 'amend', 'correct', 'begin-again', 'export',
] as const;
export type TextAction = (typeof textActions)[number];

/** What happened, for the history thread: `what` is an act type, `without` its refusal code when it has no effect. */
export const historyItem = z.strictObject({
  act: hash, party: partyId, index: z.int(), type: z.string(), at: instant, office: label.optional(),
  without: z.string().optional(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  lang: language.optional(), to: partyId.optional(),
});

export const textDetail = textRow.extend({
  languages: z.array(z.strictObject({
    lang: language,
    authority: z.enum(['authentic', 'working']),
    /** Who holds the pen now, and the epoch to act under. */
    pen: z.strictObject({ party: partyId, epoch: z.int(), askedBy: z.array(partyId) }),
    /** The shared revision that is shown (latest, or the proposed one). */
    revision: revision.optional(),
    /** This party's own unshared autosave, when there is one. */
    local: z.strictObject({ title: z.string(), clauses: z.array(clause), savedAt: instant, by: label }).optional(),
  })),
  /** Per clause, which parties' concordance mark still holds for the revisions shown. */
  concordance: z.array(z.strictObject({ clause: z.string(), parties: z.array(partyId) })),
  /** Clauses that lack a sibling in some authentic language. */
  holes: z.array(z.strictObject({ clause: z.string(), lang: language })),
  suggestions: z.array(suggestion),
  history: z.array(historyItem),
  slot: z.strictObject({ name: z.string(), base: z.string() }).optional(),
  relation: z.strictObject({ relation: z.enum(['supersedes', 'amends', 'corrects']), text: hash }).optional(),
  /** Proposals made from this draft, oldest first. */
  proposals: z.array(z.strictObject({ text: hash, state: textState, at: instant, party: partyId })),
  /** What the reader may do now; a refusal code beside what is shown disabled and why. */
  may: z.array(z.strictObject({
    action: z.string(), lang: language.optional(), refusal: z.string().optional(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })),
});
export type TextDetail = z.infer<typeof textDetail>;

const piece = z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });

/** What changed between two revisions of one language version: compare.ts. */
export const comparison = z.strictObject({
  lang: language,
  /** Absent: there is nothing earlier to compare with. */
  from: hash.optional(),
  to: hash,
  title: z.array(piece),
  changes: z.array(z.strictObject({
    clause: z.string(), kind: z.enum(['same', 'changed', 'added', 'removed', 'moved']), number: z.string().optional(), heading: z.array(piece), text: z.array(piece),
  })),
});
