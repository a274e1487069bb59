/**
 * A joint text as it is printed: every word resolved in the authentic languages, in the order of the
 * copy under the alternat. Times are shown in each party's zone, from the system's zone tables.
 */
import { exerciseWords } from '../../../kernel/exercise.ts';
import { labelIn, languages, type Label, type Language } from '../../../kernel/language.ts';
import { drawStar, pathOf, type StarSquare } from '../../../kernel/star.ts';
import type { PartyId } from '../../../kernel/ids.ts';
import type { Charter, CharterParty } from '../../../record/charter.ts';
import type { PrintedClause, PrintedSignature, PrintedText, Said } from '../printed.ts';
import type { Stance, TextDetail } from '../views.ts';

/** A message in a language, with its values. */
export type Words = (language: Language, key: string, params?: Readonly<Record<string, string | number>>) => string;

const ACCENTS = ['#1d5b45', '#1f4f86', '#6b3f7a', '#7a5a1f'] as const;
const INK = '#1c1a17';
const PAPER = '#ffffff';

/** Party and language order of the copy that `copy` keeps. */
export function copyOrder(charter: Charter, copy: PartyId): { readonly parties: readonly CharterParty[]; readonly languages: readonly Language[] } {
  const parties = charter.parties.toSorted((a, b) => Number(b.id === copy) - Number(a.id === copy));
  const spoken = [...new Set(parties.map((party) => party.language))].filter((lang) => charter.authentic.includes(lang));
  return { parties, languages: [...spoken, ...charter.authentic.filter((lang) => !spoken.includes(lang))] };
}

/** The star of these stances as SVG, in the charter's order of parties. */
export function starSvg(charter: Charter, stances: readonly Stance[]): string {
  const squares = charter.parties.map((party): StarSquare => {
    const found = stances.find((one) => one.party === party.id);
    return { stance: found?.stance ?? 'none', delivered: found?.stance === 'none' || (found?.delivered ?? true) };
  });
  const shapes = drawStar(squares).map((shape) => {
    const fill = shape.role === 'fill' ? (ACCENTS[(shape.party ?? 0) % 4] as string) : shape.role === 'whole' ? INK : 'none';
    const stroke = shape.role === 'fill' || shape.role === 'whole' ? 'none' : shape.role === 'halo' || shape.role === 'inlay' ? PAPER : INK;
    const dash = shape.dotted ? ' stroke-dasharray="1.5 2"' : '';
    return `<path d="${pathOf(shape.points, shape.closed, 21, 24)}" fill="${fill}" stroke="${stroke}" stroke-width="${shape.role === 'halo' ? 3.4 : 1.4}"${dash}/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">${shapes.join('')}</svg>`;
}

/** `2026-11-23 10:42 (UTC+1 Africa/Casablanca)`: Western digits, unambiguous in every language. */
export function zonedTime(instant: string, zone: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const hours = at.offsetNanoseconds / 3_600_000_000_000;
  return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })} (UTC${hours < 0 ? '' : '+'}${hours} ${zone})`;
}

export interface PrintInput {
  readonly detail: TextDetail;
  readonly charter: Charter;
  /** Whose original it is. */
  readonly copy: PartyId;
  readonly mark: string;
  readonly words: Words;
}

/** Undefined when some authentic language has nothing to print. */
export function printedText({ detail, charter, copy, mark, words }: PrintInput): PrintedText | undefined {
  const order = copyOrder(charter, copy);
  const shown = (lang: Language) => detail.languages.find((one) => one.lang === lang)?.revision;
  const first = order.languages[0];
  if (first === undefined || order.languages.some((lang) => shown(lang) === undefined)) return undefined;
  const said = (key: string, params?: (lang: Language) => Readonly<Record<string, string | number>>): Said[] =>
    order.languages.map((lang) => ({ lang, text: words(lang, key, params?.(lang)) }));
  const own = charter.parties.find((party) => party.id === copy) as CharterParty;
  const signed = detail.parties.filter((one) => one.stance === 'signed').length;
  const columns = order.languages.map((lang) => ({ lang, title: shown(lang)?.title ?? '', clauses: clausesOf(shown, lang, first) }));
  return {
    exercise: charter.exercise ? exerciseOrder(order.languages).map((lang) => ({ lang, text: exerciseWords[lang] })) : [],
    language: first, mark,
    copy: said('print.original', (lang) => ({ party: nameIn(own.name, lang) })),
    star: { svg: starSvg(charter, detail.parties), words: said(`print.state.${detail.state}`, () => ({ signed, parties: charter.parties.length })) },
    columns,
    working: detail.languages.filter((one) => one.authority === 'working' && one.revision !== undefined).map(({ lang }) => ({
      lang, notice: words(lang, 'print.working'), title: shown(lang)?.title ?? '', clauses: clausesOf(shown, lang, lang),
    })),
    references: [
      ...(detail.jointReference === undefined ? [] : [{ label: said('print.joint-reference'), value: detail.jointReference }]),
      ...detail.registers.map((one) => ({ label: said(`print.register.${one.direction}`, (lang) => ({ party: nameOf(charter, one.party, lang) })), value: one.written })),
    ],
    signatures: order.parties.map((party) => signatureOf(detail, order, party, words)),
    digest: { label: said('print.digest'), groups: (detail.text ?? '').match(/.{4}/g)?.join(' ') ?? '' },
    verify: said('print.verify'),
    metadata: { title: columns[0]?.title ?? '', at: detail.proposals.find((one) => one.text === detail.text)?.at ?? detail.changedAt },
  };
}

function exerciseOrder(authentic: readonly Language[]): readonly Language[] {
  return [...authentic, ...languages.filter((lang) => !authentic.includes(lang))];
}

/** Clauses of a version in the order of the first; a number that this version lacks is the first's. */
function clausesOf(shown: (lang: Language) => TextDetail['languages'][number]['revision'], lang: Language, first: Language): PrintedClause[] {
  const own = shown(lang)?.clauses ?? [];
  return (shown(first)?.clauses ?? []).map((sibling) => {
    const clause = own.find((one) => one.id === sibling.id);
    return { number: clause?.number ?? sibling.number ?? '', text: clause?.text ?? '', ...(clause?.heading === undefined ? {} : { heading: clause.heading }) };
  });
}

function nameIn(label: Label, lang: Language): string {
  return labelIn(label, lang).text;
}

function nameOf(charter: Charter, party: PartyId, lang: Language): string {
  const found = charter.parties.find((one) => one.id === party);
  return found === undefined ? party : nameIn(found.name, lang);
}

function signatureOf(detail: TextDetail, order: ReturnType<typeof copyOrder>, party: CharterParty, words: Words): PrintedSignature {
  const stance = detail.parties.find((one) => one.party === party.id);
  const at = stance?.at;
  return {
    columns: order.languages.map((lang) => ({
      lang, party: nameIn(party.name, lang),
      state: words(lang, `print.stance.${stance?.stance ?? 'none'}`),
      offices: (stance?.offices ?? []).map((office) => nameIn(office, lang)),
      lines: at === undefined ? [] : [...order.parties.map((one) => zonedTime(at, one.zone)), ...(stance?.keys ?? []).map((key) => words(lang, `print.key.${key}`))],
    })),
  };
}
