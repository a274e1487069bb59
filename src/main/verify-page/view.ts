/** What the verifier shows, in the CLI and on the offline page: the report with names and words resolved. Pure. */
import { exerciseWords } from '../../kernel/exercise.ts';
import type { Hash, ObjectId, PartyId } from '../../kernel/ids.ts';
import type { Label, Language } from '../../kernel/language.ts';
import type { Instant } from '../../kernel/time.ts';
import { content, type Clause } from '../../features/texts/content.ts';
import { ATTESTED, REGISTERED, type RegisteredData } from '../../features/texts/facts.ts';
import { jointReference } from '../../features/texts/reference.ts';
import { readLabel } from '../../features/labels/published.ts';
import { textProposeV1 } from '../../features/texts/acts.ts';
import type { PartVerdict } from '../../record/bundle-parts.ts';
import type { StanceReport, TextReport } from '../../record/bundle-texts.ts';
import { placedAt } from '../../record/bundle-texts.ts';
import type { Verified } from '../../record/bundle-verify.ts';
import { parseCanonical } from '../../record/json.ts';
import type { Engine } from '../../record/engine.ts';
import type { Fact } from '../../record/rule.ts';

/** By office: its titles (slice officers). */
const OFFICE = 'office';

export interface ShownStance extends Omit<StanceReport, 'offices'> {
  readonly name: Label;
  readonly offices: readonly Label[];
}

export interface ShownVersion {
  readonly lang: Language;
  readonly authority: 'authentic' | 'working';
  /** Whether the words are those that were signed. */
  readonly verdict: PartVerdict;
  readonly title?: string;
  readonly clauses: readonly Clause[];
}

export interface ShownText {
  readonly text: Hash;
  readonly kind: string;
  readonly state: TextReport['state'];
  readonly title: Label;
  readonly at?: Instant;
  readonly reference?: string;
  readonly registers: readonly { readonly party: PartyId; readonly direction: 'incoming' | 'outgoing'; readonly written: string }[];
  /** Parties whose node stated that it had seen the text concluded. */
  readonly attested: readonly PartyId[];
  readonly stances: readonly ShownStance[];
  /** Authentic versions first, the exporter's language before the others; then working translations. */
  readonly versions: readonly ShownVersion[];
}

export interface ShownParty {
  readonly id: PartyId;
  readonly name: Label;
  readonly short: Label;
  readonly country: string;
  readonly language: Language;
  readonly zone: string;
}

export interface View {
  readonly report: Verified['report'];
  /** The exercise in four languages; empty when the space is none. */
  readonly exercise: readonly string[];
  readonly parties: readonly ShownParty[];
  /** The text of a TEXT bundle first; of a SPACE bundle all, the newest proposal first. */
  readonly texts: readonly ShownText[];
}

export function viewOf(engine: Engine, verified: Verified): View {
  const { report } = verified;
  const subject = report.manifest?.text;
  const texts = report.texts.filter(({ text }) => subject === undefined || text === subject).map((text) => showText(engine, verified, text));
  return {
    report,
    exercise: report.exercise === true ? exerciseLines() : [],
    parties: report.charter?.parties.map(({ id, name, short, country, language, zone }) => ({ id, name: name as Label, short: short as Label, country, language, zone })) ?? [],
    texts: texts.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1)),
  };
}

/** In the order in which every surface says it. */
export function exerciseLines(): readonly string[] {
  return (['ar', 'es', 'fr', 'en'] as const).map((language) => exerciseWords[language]);
}

function showText(engine: Engine, verified: Verified, report: TextReport): ShownText {
  const placed = verified.logs === undefined ? undefined : placedAt(engine, verified.logs, report.party, report.index);
  const body = placed === undefined ? undefined : textProposeV1.safeParse(placed.act.body);
  const factsOf = (kind: string): readonly Fact[] => verified.ledger?.facts(kind, report.text) ?? [];
  const first = verified.report.charter?.parties.find(({ id }) => id === verified.report.manifest?.exporter)?.language;
  return {
    text: report.text,
    kind: report.kind,
    state: report.state,
    title: body?.success === true ? labelOf(verified, body.data.title.part) : {},
    ...(placed === undefined ? {} : { at: placed.act.at, reference: jointReference(report.text, placed.act.at) }),
    registers: (factsOf(REGISTERED) as readonly Fact<RegisteredData>[]).map(({ party, data }) => ({ party, direction: data.direction, written: data.written })),
    attested: [...new Set(factsOf(ATTESTED).map(({ party }) => party))],
    stances: report.stances.map((stance) => showStance(verified, stance)),
    versions: body?.success === true ? inOrder(body.data.content.map((one) => showVersion(verified, one.lang, one.authority, one.content.part)), first) : [],
  };
}

function inOrder(versions: readonly ShownVersion[], first: Language | undefined): readonly ShownVersion[] {
  const rank = (version: ShownVersion): number => (version.authority === 'authentic' ? 0 : 2) + (version.lang === first ? 0 : 1);
  return [...versions].sort((a, b) => rank(a) - rank(b));
}

function showVersion(verified: Verified, lang: Language, authority: 'authentic' | 'working', part: Hash): ShownVersion {
  const verdict = verified.parts?.verdict(part) ?? 'WITHHELD';
  const opened = verified.parts?.open(part);
  const value = opened === undefined ? undefined : parseCanonical(opened.plaintext);
  const parsed = value?.ok === true ? content.safeParse(value.value) : undefined;
  return parsed?.success === true ? { lang, authority, verdict, title: parsed.data.title, clauses: parsed.data.clauses } : { lang, authority, verdict, clauses: [] };
}

function showStance(verified: Verified, stance: StanceReport): ShownStance {
  const party = verified.report.charter?.parties.find(({ id }) => id === stance.party);
  return { ...stance, name: (party?.short ?? {}) as Label, offices: stance.offices.map((office) => officeOf(verified, office)) };
}

function officeOf(verified: Verified, office: ObjectId): Label {
  const title = (verified.ledger?.facts(OFFICE, office) as readonly Fact<{ title: Hash }>[] | undefined)?.at(-1)?.data.title;
  return title === undefined ? {} : labelOf(verified, title);
}

function labelOf(verified: Verified, part: Hash): Label {
  const opened = verified.parts?.open(part);
  return opened === undefined ? {} : (readLabel(opened.plaintext) ?? {});
}
