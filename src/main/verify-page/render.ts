/** The report as a page: what a lawyer asks first comes first, the cryptographic detail one step below. */
import { directionOf, type Language } from '../../kernel/language.ts';
import { languageNames } from '../../web/i18n/locale.ts';
import { el } from './dom.ts';
import { starOf } from './star.ts';
import type { ShownStance, ShownText, ShownVersion, View } from './view.ts';
import { attestations, grouped, placeOf, type Words } from './words.ts';

/** Faults listed one by one; of more only the number is said. */
const FAULTS_SHOWN = 20;

export function renderReport(view: View, words: Words, chosen: string | undefined, choose: (text: string) => void): HTMLElement {
  const { report } = view;
  return el('article', { class: 'report' },
    el('section', { class: `verdict verdict-${report.verdict}`, role: 'status' },
      el('h2', {}, words.say(`verify.verdict.${report.verdict}`)),
      words.about() === undefined ? undefined : el('p', {}, words.about())),
    faultsOf(view, words),
    report.manifest === undefined ? undefined : textsOf(view, words, chosen, choose),
    findings(words.say('verify.checked'), report.checked.map(words.checked)),
    findings(words.say('verify.unchecked'), report.unchecked.map(words.unchecked)),
    report.manifest === undefined ? undefined : details(view, words));
}

export function exerciseBanner(view: View | undefined): HTMLElement | undefined {
  if (view === undefined || view.exercise.length === 0) return undefined;
  const languages: readonly Language[] = ['ar', 'es', 'fr', 'en'];
  return el('p', { class: 'exercise' }, view.exercise.map((line, i) => said(languages[i] as Language, line)));
}

/** A run in its own language and direction. */
function said(lang: Language, text: string): HTMLElement {
  return el('span', { lang, dir: directionOf(lang) }, text);
}

function faultsOf({ report }: View, words: Words): HTMLElement | undefined {
  if (report.faults.length === 0) return undefined;
  const shown = report.faults.slice(0, FAULTS_SHOWN);
  const more = report.faults.length - shown.length;
  return el('section', { class: 'faults' },
    el('h3', {}, words.say('verify.faults')),
    el('ol', {}, shown.map((fault) => el('li', {}, el('p', {}, words.fault(fault)), el('p', { class: 'place' }, el('bdi', {}, placeOf(words, fault)))))),
    more > 0 ? el('p', {}, words.say('verify.fault.more', { count: more })) : undefined,
    report.verdict === 'not-verified' ? el('p', {}, words.say('verify.content-still-shown')) : undefined);
}

function textsOf(view: View, words: Words, chosen: string | undefined, choose: (text: string) => void): HTMLElement {
  if (view.texts.length === 0) return el('section', {}, el('p', {}, words.say('verify.no-texts')));
  const shown = view.texts.find(({ text }) => text === chosen) ?? (view.texts[0] as ShownText);
  return el('section', { class: 'texts' }, view.texts.length > 1 ? textChoice(view, words, shown, choose) : undefined, textOf(shown, view, words));
}

function textChoice(view: View, words: Words, shown: ShownText, choose: (text: string) => void): HTMLElement {
  const select = el('select', {}, view.texts.map((text) => el('option', { value: text.text, selected: text === shown }, `${words.title(text).text} — ${words.say(`verify.state.${text.state}`)}`))) as HTMLSelectElement;
  select.addEventListener('change', () => choose(select.value));
  return el('label', { class: 'choice' }, el('span', {}, words.say('verify.page.choose-text')), select);
}

function textOf(text: ShownText, view: View, words: Words): HTMLElement {
  const title = words.title(text);
  const authentic = text.versions.filter(({ authority }) => authority === 'authentic');
  const working = text.versions.filter(({ authority }) => authority === 'working');
  return el('div', { class: 'text' },
    el('header', { class: 'text-head' }, starOf(text, view, words),
      el('div', {}, el('h3', { lang: title.lang, dir: directionOf(title.lang) }, title.text), el('p', { class: 'state' }, words.say(`verify.state.${text.state}`)), references(text, words))),
    authentic.length === 0 ? undefined : columns(authentic, words),
    el('h4', {}, words.say('verify.page.signatures')),
    el('ul', { class: 'stances' }, text.stances.map((stance) => el('li', {}, stanceOf(stance, words)))),
    attestations(words, text).map((sentence) => el('p', { class: 'attested' }, sentence)),
    working.map((version) => el('details', {}, el('summary', {}, words.say('verify.working'), ' · ', said(version.lang, version.title ?? version.lang)), columns([version], words))));
}

function references(text: ShownText, words: Words): HTMLElement {
  const pairs: [string, string][] = text.reference === undefined ? [] : [[words.say('verify.reference'), text.reference]];
  for (const { party, direction, written } of text.registers) pairs.push([words.say(`verify.register.${direction}`, { party: words.party(party) }), written]);
  return el('dl', { class: 'references' }, pairs.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, el('bdi', {}, value))]));
}

function stanceOf(stance: ShownStance, words: Words): (HTMLElement | string)[] {
  const offices = stance.offices.flatMap((office) => {
    const label = words.label(office);
    return label === undefined ? [] : [said(label.lang, label.text)];
  });
  const how = [...new Set(stance.keys)].map((key) => words.say(`verify.key.${key}`));
  const rest = [...how, ...(stance.at === undefined ? [] : [words.say('verify.stance.at', { at: words.when(stance.at) })])];
  return [el('strong', {}, words.party(stance.party)), el('p', {}, words.say(`verify.stance.${stance.stance}`), offices.flatMap((office) => [' · ', office])), el('p', { class: 'quiet' }, rest.join(' · '))];
}

/** Clause beside clause. The table runs in the direction of its first language, whatever the page speaks. */
function columns(versions: readonly ShownVersion[], words: Words): HTMLElement {
  const [first] = versions as [ShownVersion, ...ShownVersion[]];
  const ids = [...new Set(versions.flatMap(({ clauses }) => clauses.map(({ id }) => id)))];
  return el('table', { class: 'columns', dir: directionOf(first.lang) },
    el('thead', {}, el('tr', {}, versions.map((version) => el('th', { scope: 'col' },
      el('div', { class: 'version-title', lang: version.lang, dir: directionOf(version.lang) }, version.title ?? languageNames[version.lang]),
      el('div', { class: 'quiet', lang: words.language, dir: directionOf(version.lang) }, el('bdi', {}, `${words.say(`verify.${version.authority}`)}. ${words.say(`verify.part.${version.verdict}`)}.`)))))),
    el('tbody', {}, ids.map((id) => el('tr', {}, versions.map((version) => clauseCell(version, id))))));
}

function clauseCell({ lang, clauses }: ShownVersion, id: string): HTMLElement {
  const clause = clauses.find((one) => one.id === id);
  const heading = [clause?.number, clause?.heading].filter((part) => part !== undefined).join('. ');
  const paragraphs = (clause?.text ?? '').split('\n').filter((line) => line !== '').map((line) => el('p', {}, line));
  // The cell keeps the direction of the table, so that the rule between columns stands between them.
  return el('td', {}, el('div', { lang, dir: directionOf(lang) }, heading === '' ? undefined : el('p', { class: 'clause-head' }, heading), paragraphs));
}

function findings(title: string, sentences: readonly string[]): HTMLElement | undefined {
  return sentences.length === 0 ? undefined : el('section', {}, el('h3', {}, title), el('ul', {}, sentences.map((sentence) => el('li', {}, sentence))));
}

function details({ report, texts }: View, words: Words): HTMLElement {
  const column = (name: string): HTMLElement => el('th', { scope: 'col' }, words.say(`verify.log.column.${name}`));
  const rows = report.logs.map((log) => el('tr', {},
    el('th', { scope: 'row' }, words.party(log.party)), el('td', {}, String(log.size)), el('td', {}, String(log.entries)), el('td', {}, String(log.withoutEffect)),
    el('td', {}, log.cosigned.length === 0 ? words.say('verify.log.nobody') : log.cosigned.map(({ party }) => words.party(party)).join(', ')),
    el('td', {}, digest(log.root))));
  const digests: [string, string | undefined][] = [[words.say('verify.space'), report.manifest?.space], [words.say('verify.digest'), report.digest], ...texts.slice(0, 1).map(({ text }): [string, string] => [words.say('verify.text-id'), text])];
  return el('details', { class: 'detail', open: report.verdict !== 'verified' }, el('summary', {}, words.say('verify.page.details')),
    el('dl', {}, digests.flatMap(([name, value]) => (value === undefined ? [] : [el('dt', {}, name), el('dd', {}, digest(value))]))),
    el('h4', {}, words.say('verify.logs')),
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words.say('verify.logs') },
      el('table', { class: 'logs' }, el('thead', {}, el('tr', {}, ['party', 'size', 'here', 'without', 'cosigned', 'root'].map(column))), el('tbody', {}, rows))));
}

function digest(hex: string): HTMLElement {
  return el('code', { dir: 'ltr' }, grouped(hex));
}
