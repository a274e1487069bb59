/** Joint texts in tests: drafts, revisions, marks and proposals as the acts of test parties. */
import type { Bytes } from '../../kernel/bytes.ts';
import type { Hash, ObjectId } from '../../kernel/ids.ts';
import type { Language } from '../../kernel/language.ts';
import type { PartRef } from '../../record/act.ts';
import { canonicalBytes } from '../../record/json.ts';
import type { CharterId } from '../../record/rule.ts';
import { engine, exchange, freshId, partOf, type ActOptions, type Done, type TestParty } from '../../record/space.testkit.ts';
import { conclusionOf, type Slot } from '../../record/stances.ts';
import { askSync } from '../../record/decide.ts';
import { CONTENT_MEDIA, clauseTags, LABEL_MEDIA, type Content } from './content.ts';

export const SALT = '00112233445566778899aabbccddeeff';
const sha256 = (bytes: Uint8Array): Bytes => engine.sha256(bytes);

export function contentOf(lang: Language, words: Readonly<Record<string, string>>): Content {
  return { v: 1, lang, title: `Title ${lang}`, salt: SALT, clauses: Object.entries(words).map(([id, text]) => ({ id, text })) };
}

export function titleRef(text = 'Title'): PartRef {
  return partOf(text, 'text', LABEL_MEDIA);
}

export interface DraftInput {
  readonly doc?: ObjectId;
  readonly kind?: string;
  readonly slot?: Slot;
  readonly relation?: { readonly relation: string; readonly text: Hash };
  readonly languages?: readonly { readonly lang: Language; readonly authority: 'authentic' | 'working' }[];
  readonly basedOn?: Hash;
}

export interface Draft extends Required<Pick<DraftInput, 'doc' | 'kind'>> {
  readonly slot?: Slot;
  readonly relation?: DraftInput['relation'];
  readonly opened: Done;
}

export function authenticOf(party: TestParty): readonly Language[] {
  return party.space.genesis.authentic;
}

export function openDraft(party: TestParty, input: DraftInput = {}, options: ActOptions = {}): Draft {
  const doc = input.doc ?? freshId(party.id);
  const kind = input.kind ?? 'declaration';
  const languages = input.languages ?? authenticOf(party).map((lang) => ({ lang, authority: 'authentic' as const }));
  const { slot, relation, basedOn } = input;
  const body = {
    doc, kind, title: titleRef(), languages,
    ...(slot === undefined ? {} : { slot }), ...(relation === undefined ? {} : { relation }), ...(basedOn === undefined ? {} : { basedOn }),
  };
  return { doc, kind, ...(slot === undefined ? {} : { slot }), ...(relation === undefined ? {} : { relation }), opened: party.act('text.draft', body, options) };
}

export interface Revised extends Done {
  readonly lang: Language;
  readonly ref: PartRef;
  readonly content: Content;
}

export function revise(party: TestParty, draft: { readonly doc: ObjectId }, lang: Language, words: Readonly<Record<string, string>>, more: { readonly epoch?: number; readonly previous?: Hash } = {}, options: ActOptions = {}): Revised {
  const content = contentOf(lang, words);
  const bytes = canonicalBytes(content);
  const ref: PartRef = { ...partOf(new TextDecoder().decode(bytes)), media: CONTENT_MEDIA, size: bytes.length };
  const body = { doc: draft.doc, lang, epoch: more.epoch ?? 0, content: ref, clauses: clauseTags(sha256, content), ...(more.previous === undefined ? {} : { previous: more.previous }) };
  return { ...party.act('text.revise', body, options), lang, ref, content };
}

export function concord(party: TestParty, draft: { readonly doc: ObjectId }, revisions: readonly Revised[], clauses?: readonly string[], options: ActOptions = {}): Done {
  const ids = clauses ?? (revisions[0]?.content.clauses ?? []).map((clause) => clause.id);
  return party.act('text.concord', { doc: draft.doc, revisions: revisions.map(({ lang, id }) => ({ lang, revision: id })), clauses: ids }, options);
}

export interface ProposeInput {
  readonly charter?: CharterId;
  readonly clauses?: readonly string[];
  readonly slot?: Slot;
  readonly working?: readonly Language[];
  readonly kind?: string;
}

export function proposeBody(draft: Draft, revisions: readonly Revised[], input: ProposeInput = {}): object {
  const slot = input.slot ?? draft.slot;
  return {
    doc: draft.doc, kind: input.kind ?? draft.kind, title: titleRef(), charter: input.charter ?? 'genesis',
    content: revisions.map(({ lang, id, ref }) => ({ lang, authority: input.working?.includes(lang) === true ? 'working' : 'authentic', revision: id, content: ref })),
    clauses: input.clauses ?? (revisions[0]?.content.clauses ?? []).map((clause) => clause.id),
    ...(slot === undefined ? {} : { slot }), ...(draft.relation === undefined ? {} : { relation: draft.relation }),
  };
}

export function propose(party: TestParty, draft: Draft, revisions: readonly Revised[], input: ProposeInput = {}, options: ActOptions = {}): Done {
  return party.act('text.propose', proposeBody(draft, revisions, input), options);
}

/** A draft of `by` in every authentic language, marked by every party; everybody has everything. */
export function readyDraft(parties: readonly TestParty[], by: TestParty, input: DraftInput = {}, words: Readonly<Record<string, string>> = { one1: 'first', two2: 'second' }): { draft: Draft; revisions: Revised[] } {
  const draft = openDraft(by, input);
  const revisions = authenticOf(by).map((lang) => revise(by, draft, lang, words));
  exchange(parties);
  for (const party of parties) concord(party, draft, revisions);
  exchange(parties);
  return { draft, revisions };
}

/** A proposed text that every party has. */
export function proposedText(parties: readonly TestParty[], by: TestParty, input: DraftInput & Pick<ProposeInput, 'charter'> = {}): Done {
  const { draft, revisions } = readyDraft(parties, by, input);
  const done = propose(by, draft, revisions, input.charter === undefined ? {} : { charter: input.charter });
  exchange(parties);
  return done;
}

export function sign(party: TestParty, text: Hash, options: ActOptions = {}): Done {
  return party.act('text.sign', { text }, { by: [party.signer], ...options });
}

export function refuse(party: TestParty, text: Hash, options: ActOptions = {}): Done {
  return party.act('text.refuse', { text, reason: partOf('No agreement on the second clause.') }, { by: [party.signer], ...options });
}

export function conclusion(party: TestParty, text: Hash): 'concluded' | 'dead' | 'open' {
  return askSync(conclusionOf(text, party.space.genesis), party.fold);
}

/** The conclusion as every party sees it; they must agree for it to be one word. */
export function conclusionEverywhere(parties: readonly TestParty[], text: Hash): string {
  return [...new Set(parties.map((party) => conclusion(party, text)))].join(' or ');
}

/** Proposes a whole charter; the change is a text that every party may sign. */
export function proposeCharter(party: TestParty, charter: object, base: CharterId = 'genesis', options: ActOptions = {}): Done {
  return party.act('charter.propose', { base, charter }, { by: [party.admin], ...options });
}
