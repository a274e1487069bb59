/** What acts of joint texts established, as rules ask for it. Stances, slots and charters: record/stances.ts. */
import type { Hash, ObjectId, PartyId } from '../../kernel/ids.ts';
import type { Language } from '../../kernel/language.ts';
import type { Scope } from '../../record/act.ts';
import { facts, factsOf, type Asking, type Fact } from '../../record/rule.ts';
import type { Slot } from '../../record/stances.ts';

/** By document. */
export const DOC = 'doc';
/** By `penKey`. */
export const PEN_GIVEN = 'doc.pen-given';
/** By `penKey`: every revision of one language version. */
export const DOC_REVISION = 'doc.revision';
/** By act. */
export const REVISION = 'text.revision';
/** By document. */
export const CONCORD = 'doc.concord';
/** By act. */
export const SUGGESTION = 'text.suggestion';
/** By suggestion. */
export const ANSWER = 'text.answer';
/** By direction, year and number. */
export const REGISTER_NUMBER = 'text.register-number';
/** By text. */
export const REGISTERED = 'text.registered';
/** By text. */
export const ATTESTED = 'text.attested';

export type Authority = 'authentic' | 'working';

export interface Relation {
  readonly relation: 'supersedes' | 'amends' | 'corrects';
  readonly text: Hash;
}

export interface DocData {
  readonly kind: string;
  readonly scope: Scope;
  readonly languages: readonly { readonly lang: Language; readonly authority: Authority }[];
  readonly slot?: Slot;
  readonly relation?: Relation;
}

export interface PenGivenData {
  readonly epoch: number;
  readonly to: PartyId;
}

export interface DocRevisionData {
  readonly epoch: number;
}

export interface RevisionData {
  readonly doc: ObjectId;
  readonly lang: Language;
  readonly epoch: number;
  /** Commitment of the content. */
  readonly content: Hash;
  readonly clauses: readonly { readonly id: string; readonly tag: string }[];
}

/** Marks (content.ts `concordMark`) that a party's linguist set. */
export interface ConcordData {
  readonly marks: readonly string[];
}

export interface SuggestionData {
  readonly doc: ObjectId;
  readonly lang: Language;
  readonly clause: string;
}

export interface AnswerData {
  readonly outcome: 'taken' | 'declined';
}

export interface RegisteredData {
  readonly direction: 'incoming' | 'outgoing';
  readonly year: number;
  readonly number: number;
  readonly written: string;
}

export function penKey(doc: ObjectId, lang: Language): string {
  return `${doc} ${lang}`;
}

export function* docOf(doc: ObjectId): Asking<Fact<DocData> | undefined> {
  return (yield* facts<DocData>(DOC, doc))[0];
}

export function* revisionOf(revision: Hash): Asking<Fact<RevisionData> | undefined> {
  return (yield* facts<RevisionData>(REVISION, revision))[0];
}

/**
 * Whether the party holds the pen of (document, language) at the epoch: it came by it (opened the draft,
 * or was given it at the end of the epoch before) and has not given it away. Nobody takes it by force,
 * so there is at most one holder per epoch, whatever arrives late.
 */
export function* holdsPen(party: PartyId, doc: Fact<DocData>, lang: Language, epoch: number): Asking<boolean> {
  const given = yield* facts<PenGivenData>(PEN_GIVEN, penKey(doc.key, lang));
  if (given.some((fact) => fact.party === party && fact.data.epoch === epoch)) return false;
  if (epoch === 0) return doc.party === party;
  return given.some((fact) => fact.data.epoch === epoch - 1 && fact.data.to === party);
}

/** Whether the party holds the pen at any epoch: for answers to suggestions, which name none. */
export function* holdsPenNow(party: PartyId, doc: Fact<DocData>, lang: Language): Asking<boolean> {
  const given = yield* facts<PenGivenData>(PEN_GIVEN, penKey(doc.key, lang));
  const epochs = [0, ...given.filter((fact) => fact.data.to === party).map((fact) => fact.data.epoch + 1)];
  for (const epoch of epochs) if (yield* holdsPen(party, doc, lang, epoch)) return true;
  return false;
}

/** The party's own last revision of one language version at an epoch, if it shared one. */
export function* lastOwnRevision(party: PartyId, doc: ObjectId, lang: Language, epoch: number): Asking<Hash | undefined> {
  const own = yield* factsOf<DocRevisionData>(party, DOC_REVISION, penKey(doc, lang));
  return own.filter((fact) => fact.data.epoch === epoch).at(-1)?.act;
}
