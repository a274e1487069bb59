/**
 * What officers do with joint texts, as pure functions: what the node shows of the text, the form's
 * input and the mint go in; acts to be recorded, or the reason why not, come out. Expected refusals are
 * given here in the words of the form; the rules judge every act again when it is appended.
 */
import type { z } from 'zod';
import { toHex, utf8, type Bytes } from '../../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../../kernel/ids.ts';
import type { Label, Language } from '../../kernel/language.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ActDraft, Mint, MintedPart } from '../../node/node.ts';
import type { PartRef, Scope } from '../../record/act.ts';
import { canonicalBytes } from '../../record/json.ts';
import type { CharterId } from '../../record/rule.ts';
import type { Slot } from '../../record/stances.ts';
import { labelPart } from '../labels/published.ts';
import { CONTENT_MEDIA, clauseTags, PLAIN_MEDIA, type Clause, type Content } from './content.ts';
import type { textAttestV1 } from './acts.ts';
import { SUCCESSION_SLOT } from './draft-rules.ts';
import type { Authority, Relation } from './facts.ts';

/** One language version of a document as this node shows it. */
export interface VersionView {
  readonly lang: Language;
  readonly authority: Authority;
  readonly pen: { readonly party: PartyId; readonly epoch: number };
  /** The last shared revision. */
  readonly latest?: { readonly act: Hash; readonly ref: PartRef; readonly content: Content };
}

/** A document as this node shows it; `shared` is false while it has never left the node. */
export interface DocView {
  readonly doc: ObjectId;
  readonly kind: string;
  readonly scope: Scope;
  readonly title: Label;
  readonly versions: readonly VersionView[];
  readonly slot?: Slot;
  readonly relation?: Relation;
  readonly basedOn?: Hash;
  readonly shared: boolean;
}

/** Words of one language version that are to be shared. */
export interface Written {
  readonly lang: Language;
  readonly title: string;
  readonly clauses: readonly Clause[];
}

type Sha256 = (bytes: Uint8Array) => Bytes;

/** Who acts, and with what. */
export interface Means {
  readonly party: PartyId;
  readonly mint: Mint;
  readonly sha256: Sha256;
}

function draftOf(view: { readonly scope: Scope }, type: string, body: object, parts: readonly MintedPart[] = []): ActDraft {
  return { type, v: 1, scope: view.scope, body: body as ActDraft['body'], parts };
}

/** C0 and C1 controls but LF, bidi controls, and characters that show nothing. */
const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

/** What the eye does not see must not be signed: NFC, no controls, no bidi controls. Asked here and never by a rule. */
function isPlain(text: string): boolean {
  return text.isWellFormed() && !HIDDEN.test(text) && text.normalize('NFC') === text;
}

/** The place of the first words that are not plain: a clause id, or `title`. */
function hiddenIn(written: Written): string | undefined {
  if (!isPlain(written.title)) return 'title';
  return written.clauses.find((clause) => ![clause.text, clause.heading ?? '', clause.number ?? ''].every(isPlain))?.id;
}

function versionOf(view: DocView, lang: Language): Result<VersionView> {
  const version = view.versions.find((one) => one.lang === lang);
  return version === undefined ? refuse('text.language-unknown', { lang }) : ok(version);
}

function withPen(view: DocView, lang: Language, party: PartyId): Result<VersionView> {
  const version = versionOf(view, lang);
  if (!version.ok || version.value.pen.party === party) return version;
  return refuse('text.pen-not-held', { lang, epoch: version.value.pen.epoch });
}

/** `text.draft`, once, then `text.revise` for each language whose words changed. */
export function shareDraft(view: DocView, written: readonly Written[], means: Means): Result<readonly ActDraft[]> {
  const acts: ActDraft[] = view.shared ? [] : [openDraft(view, means.mint)];
  const salt = view.versions.find((version) => version.latest !== undefined)?.latest?.content.salt ?? toHex(means.mint.random(16));
  for (const words of written) {
    const version = withPen(view, words.lang, means.party);
    if (!version.ok) return version;
    const hidden = hiddenIn(words);
    if (hidden !== undefined) return refuse('text.characters-hidden', { lang: words.lang, clause: hidden });
    const revised = reviseDraft(view, version.value, words, salt, means);
    if (revised !== undefined) acts.push(revised);
  }
  return acts.length === (view.shared ? 0 : 1) ? refuse('text.nothing-to-share') : ok(acts);
}

function openDraft(view: DocView, mint: Mint): ActDraft {
  const title = labelPart(mint, view.title);
  const body = {
    doc: view.doc, kind: view.kind, title: title.ref,
    languages: view.versions.map(({ lang, authority }) => ({ lang, authority })),
    ...(view.slot === undefined ? {} : { slot: view.slot }),
    ...(view.relation === undefined ? {} : { relation: view.relation }),
    ...(view.basedOn === undefined ? {} : { basedOn: view.basedOn }),
  };
  return draftOf(view, 'text.draft', body, [title]);
}

/** Undefined when the words are those of the last shared revision. */
function reviseDraft(view: DocView, version: VersionView, words: Written, salt: string, { mint, sha256 }: Means): ActDraft | undefined {
  const content: Content = { v: 1, lang: words.lang, title: words.title, salt, clauses: words.clauses.map(withoutAbsent) };
  const bytes = canonicalBytes(content);
  const { latest, pen } = version;
  if (latest !== undefined && toHex(sha256(canonicalBytes(latest.content))) === toHex(sha256(bytes))) return undefined;
  const part = mint.part('text', CONTENT_MEDIA, bytes);
  const body = {
    doc: view.doc, lang: words.lang, epoch: pen.epoch, content: part.ref, clauses: clauseTags(sha256, content),
    ...(latest === undefined ? {} : { previous: latest.act }),
  };
  return draftOf(view, 'text.revise', body, [part]);
}

/** Canonical JSON knows no undefined: what a form left out is left out. */
function withoutAbsent(clause: Clause): Clause {
  const { id, number, heading, text } = clause;
  return { id, text, ...(number === undefined ? {} : { number }), ...(heading === undefined ? {} : { heading }) };
}

export function givePen(view: DocView, lang: Language, to: PartyId, { party }: Pick<Means, 'party'>): Result<readonly ActDraft[]> {
  const version = withPen(view, lang, party);
  if (!version.ok) return version;
  if (to === party) return refuse('text.pen-held-already');
  return ok([draftOf(view, 'pen.give', { doc: view.doc, lang, epoch: version.value.pen.epoch, to })]);
}

export function askPen(view: DocView, lang: Language, { party }: Pick<Means, 'party'>): Result<readonly ActDraft[]> {
  const version = versionOf(view, lang);
  if (!version.ok) return version;
  if (version.value.pen.party === party) return refuse('text.pen-held-already');
  return ok([draftOf(view, 'pen.ask', { doc: view.doc, lang })]);
}

/** Words that others read: a part, so that they can be erased. */
function wordsPart(mint: Mint, words: string): MintedPart {
  return mint.part('text', PLAIN_MEDIA, utf8(words));
}

export interface SuggestInput {
  readonly lang: Language;
  readonly clause: string;
  readonly words: string;
  readonly reason?: string | undefined;
}

/** Suggests other words for a clause of the last shared revision. */
export function suggest(view: DocView, input: SuggestInput, { mint }: Pick<Means, 'mint'>): Result<readonly ActDraft[]> {
  const version = versionOf(view, input.lang);
  if (!version.ok) return version;
  const { latest } = version.value;
  if (latest === undefined || !latest.content.clauses.some((clause) => clause.id === input.clause)) return refuse('text.clause-unknown', { clause: input.clause });
  if (!isPlain(input.words)) return refuse('text.characters-hidden', { lang: input.lang, clause: input.clause });
  const words = wordsPart(mint, input.words);
  const reason = input.reason === undefined ? undefined : wordsPart(mint, input.reason);
  const body = { doc: view.doc, lang: input.lang, clause: input.clause, revision: latest.act, words: words.ref, ...(reason === undefined ? {} : { reason: reason.ref }) };
  return ok([draftOf(view, 'text.suggest', body, reason === undefined ? [words] : [words, reason])]);
}

export interface SuggestionView {
  readonly act: Hash;
  readonly lang: Language;
  readonly outcome: 'open' | 'taken' | 'declined';
}

export function answerSuggestion(view: DocView, suggestion: SuggestionView, answer: { readonly outcome: 'taken' | 'declined'; readonly reason?: string | undefined }, means: Pick<Means, 'party' | 'mint'>): Result<readonly ActDraft[]> {
  if (suggestion.outcome !== 'open') return refuse('text.suggestion-answered');
  const version = withPen(view, suggestion.lang, means.party);
  if (!version.ok) return version;
  const reason = answer.reason === undefined ? undefined : wordsPart(means.mint, answer.reason);
  const body = { suggestion: suggestion.act, outcome: answer.outcome, ...(reason === undefined ? {} : { reason: reason.ref }) };
  return ok([draftOf(view, 'text.answer', body, reason === undefined ? [] : [reason])]);
}

function authenticOf(view: DocView): readonly VersionView[] {
  return view.versions.filter((version) => version.authority === 'authentic');
}

/** Marks clauses as saying the same in the shared revisions of every authentic version. */
export function markConcordance(view: DocView, clauses: readonly string[]): Result<readonly ActDraft[]> {
  const revisions: { lang: Language; revision: Hash }[] = [];
  for (const { lang, latest } of authenticOf(view)) {
    const missing = clauses.find((id) => latest?.content.clauses.some((clause) => clause.id === id) !== true);
    if (latest === undefined || missing !== undefined) return refuse('text.clause-without-sibling', { clause: missing ?? '', lang });
    revisions.push({ lang, revision: latest.act });
  }
  return ok([draftOf(view, 'text.concord', { doc: view.doc, revisions, clauses: [...clauses] })]);
}

export interface ProposeInput {
  readonly charter: CharterId;
  readonly authentic: readonly Language[];
  readonly parties: readonly PartyId[];
  /** Per clause the parties whose mark still holds. */
  readonly concordance: readonly { readonly clause: string; readonly parties: readonly PartyId[] }[];
  /** Languages in which this party has words that are saved but not shared. */
  readonly unshared: readonly Language[];
}

/** Freezes the shared revisions. Binds nobody yet. */
export function propose(view: DocView, input: ProposeInput, { mint }: Pick<Means, 'mint'>): Result<readonly ActDraft[]> {
  const [unshared] = input.unshared;
  if (unshared !== undefined) return refuse('text.unshared-changes', { lang: unshared });
  for (const lang of input.authentic) {
    if (authenticOf(view).find((version) => version.lang === lang)?.latest === undefined) return refuse('text.authentic-language-missing', { lang });
  }
  const shown = view.versions.filter((version): version is VersionView & Required<Pick<VersionView, 'latest'>> => version.latest !== undefined);
  const clauses = (shown.find((version) => version.authority === 'authentic')?.latest.content.clauses ?? []).map((clause) => clause.id);
  const hole = holeIn(shown, clauses);
  if (hole !== undefined) return refuse('text.clause-without-sibling', hole);
  if (input.authentic.length > 1) {
    for (const party of input.parties) {
      const missing = clauses.find((id) => !input.concordance.some((row) => row.clause === id && row.parties.includes(party)));
      if (missing !== undefined) return refuse('text.concordance-missing', { party, clause: missing });
    }
  }
  const title = labelPart(mint, Object.fromEntries(shown.map(({ lang, latest }) => [lang, latest.content.title])));
  const body = {
    doc: view.doc, kind: view.kind, title: title.ref, charter: input.charter, clauses,
    content: shown.map(({ lang, authority, latest }) => ({ lang, authority, revision: latest.act, content: latest.ref })),
    ...(view.slot === undefined ? {} : { slot: view.slot }),
    ...(view.relation === undefined ? {} : { relation: view.relation }),
  };
  return ok([draftOf(view, 'text.propose', body, [title])]);
}

/** The first clause that some version has and another authentic one lacks, with the language that lacks it. */
function holeIn(shown: readonly (VersionView & { readonly latest: { readonly content: Content } })[], clauses: readonly string[]): { clause: string; lang: Language } | undefined {
  for (const { lang, authority, latest } of shown) {
    const ids = latest.content.clauses.map((clause) => clause.id);
    const extra = ids.find((id) => !clauses.includes(id));
    if (extra !== undefined) return { clause: extra, lang: shown[0]?.lang ?? lang };
    const missing = authority === 'authentic' ? clauses.find((id) => !ids.includes(id)) : undefined;
    if (missing !== undefined) return { clause: missing, lang };
  }
  return undefined;
}

export interface TextView {
  readonly text: Hash;
  readonly scope: Scope;
}

/** The act by which the party signs; a reason may be given (reason of signing). */
export function signText(view: TextView, reason: string | undefined, { mint }: Pick<Means, 'mint'>): ActDraft {
  const words = reason === undefined ? undefined : wordsPart(mint, reason);
  return draftOf(view, 'text.sign', { text: view.text, ...(words === undefined ? {} : { reason: words.ref }) }, words === undefined ? [] : [words]);
}

/** A refusal is final and gives its reason. The proposer's own refusal is how a text is withdrawn. */
export function refuseText(view: TextView, reason: string, { mint }: Pick<Means, 'mint'>): ActDraft {
  const words = wordsPart(mint, reason);
  return draftOf(view, 'text.refuse', { text: view.text, reason: words.ref }, [words]);
}

/** What the node records once it sees the text concluded: a TEXT bundle rests on it. */
export function attestText(view: TextView, cut: z.infer<typeof textAttestV1>['cut']): ActDraft {
  return draftOf(view, 'text.attest', { text: view.text, cut });
}

export function registerText(view: TextView, entry: { readonly direction: 'incoming' | 'outgoing'; readonly year: number; readonly number: number; readonly written: string }): ActDraft {
  return draftOf(view, 'text.register', { text: view.text, ...entry });
}

/** Where a draft that supersedes, amends or corrects a concluded text stands. */
export function placeAfter(text: Hash, relation: Relation['relation']): Pick<DocView, 'slot' | 'relation'> {
  const slot: Slot = { name: SUCCESSION_SLOT, base: text };
  return relation === 'corrects' ? { relation: { relation, text } } : { slot, relation: { relation, text } };
}
