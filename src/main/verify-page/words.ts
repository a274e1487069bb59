/** Sentences of the verifier, the same in the terminal and on the page. Pure; the catalogue is handed in. */
import { labelIn, languages, type Label, type Language } from '../../kernel/language.ts';
import type { PartyId } from '../../kernel/ids.ts';
import { instantOf, type Instant } from '../../kernel/time.ts';
import { localeTags } from '../../web/i18n/locale.ts';
import { countryName, wallTimes } from '../../web/kit/zones.ts';
import type { BundleFault } from '../../record/bundle.ts';
import type { Finding } from '../../record/bundle-report.ts';
import type { ShownText, View } from './view.ts';

export type Params = Readonly<Record<string, string | number>>;
/** The message of a key, or undefined when the catalogue has none. */
export type Say = (key: string, params?: Params) => string | undefined;

export interface Words {
  readonly language: Language;
  say(key: string, params?: Params): string;
  party(id: PartyId): string;
  label(label: Label): { readonly lang: Language; readonly text: string } | undefined;
  /** In the zone of every party, one after the other. */
  when(at: Instant): string;
  fault(fault: BundleFault): string;
  checked(finding: Finding): string;
  unchecked(finding: Finding): string;
  title(text: ShownText): { readonly lang: Language; readonly text: string };
  /** What the bundle is: whole record or one text, by whom, when. */
  about(): string | undefined;
}

export function wordsFor(language: Language, catalogue: Say, view: View): Words {
  const order = [language, ...languages];
  const words: Words = {
    language,
    say: (key, params) => catalogue(key, params) ?? key,
    party(id) {
      const short = view.parties.find((party) => party.id === id)?.short;
      return short === undefined ? id : labelIn(short, language, order).text || id;
    },
    label(label) {
      const found = labelIn(label, language, order);
      return found.text === '' ? undefined : found;
    },
    when(at) {
      const locale = localeTags[language];
      const zones = view.parties.length === 0 ? [{ zone: 'UTC', country: '' }] : view.parties;
      return wallTimes(at, zones, locale).map(({ date, time, country, zone }) => `${date} ${time} (${country === '' ? zone : countryName(country, locale)})`).join(' · ');
    },
    fault(fault) {
      const params: Record<string, string | number> = { ...fault.params };
      if (typeof params.by === 'string') params.by = words.party(params.by);
      return words.say(`refusal.${fault.code}`, params);
    },
    checked: (finding) => words.say(`verify.checked.${finding.code}`, shown(words, finding.params)),
    unchecked: (finding) => words.say(`verify.unchecked.${finding.code}`, shown(words, finding.params)),
    title: (text) => words.label(text.title) ?? { lang: language, text: words.say('verify.untitled') },
    about() {
      const { manifest } = view.report;
      return manifest === undefined ? undefined : words.say(`verify.kind.${manifest.bundle}`, { exporter: words.party(manifest.exporter), at: words.when(manifest.at) });
    },
  };
  return words;
}

/** Parties by their short names, POSIX seconds as times. */
function shown(words: Words, params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (name === 'time') return [name, words.when(instantOf(Number(value) * 1000))];
    return [name, typeof value === 'string' && ['party', 'by', 'on', 'exporter'].includes(name) ? words.party(value) : value];
  }));
}

/** Which parties' nodes stated that they had seen a concluded text concluded, and which did not. */
export function attestations(words: Words, text: ShownText): string[] {
  if (text.state !== 'concluded') return [];
  const name = (parties: readonly PartyId[]): string => parties.map(words.party).join(', ');
  const missing = text.stances.map(({ party }) => party).filter((party) => !text.attested.includes(party));
  return [
    ...(text.attested.length > 0 ? [words.say('verify.attested', { parties: name(text.attested) })] : []),
    ...(missing.length > 0 ? [words.say('verify.not-attested', { parties: name(missing) })] : []),
  ];
}

/** Where a fault is, from the file down to the entry. */
export function placeOf(words: Words, fault: BundleFault): string {
  const parts = fault.file === '' ? [] : [words.say('verify.fault.file', { file: fault.file })];
  if (fault.log !== undefined) parts.push(words.say('verify.fault.log', { log: words.party(fault.log) }));
  if (fault.index !== undefined) parts.push(words.say('verify.fault.index', { index: fault.index }));
  return parts.join(', ');
}

/** A digest in groups of four, which a person can compare. */
export function grouped(hex: string): string {
  return hex.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
