/**
 * The offline verification page: one file, no network (its policy forbids any), the same verification as
 * the command line. It keeps nothing: closing it forgets the bundle.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { config } from 'zod';
import { directionOf, languages, type Language } from '../../kernel/language.ts';
import { nobleEngine } from '../../adapters/engine/noble-engine.ts';
import { domainRegistry } from '../../features/domain-slices.ts';
import { HASH } from '../../kernel/ids.ts';
import { verifyBundleLater } from '../../record/bundle-verify-later.ts';
import { chooseLanguage, languageNames, localeTags } from '../../web/i18n/locale.ts';
import { el } from './dom.ts';
import { catalogues } from './catalogues.ts';
import { addTextForms } from './polyfill.ts';
import { exerciseBanner, renderReport } from './render.ts';
import { checkInSlices } from './slices.ts';
import { viewOf, type View } from './view.ts';
import { wordsFor, type Say } from './words.ts';

interface State {
  language: Language;
  view: View | undefined;
  file: { name: string; bytes: Uint8Array<ArrayBuffer> } | undefined;
  expected: string;
  chosen: string | undefined;
  status: string;
}

const engine = nobleEngine();
const state: State = { language: firstLanguage(), view: undefined, file: undefined, expected: '', chosen: undefined, status: '' };

// The page's policy forbids eval; without this, zod would try it once.
config({ jitless: true });
addTextForms();
draw();
addEventListener('hashchange', () => speak(firstLanguage()));
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  void take(event.dataTransfer?.files[0]);
});

/** `verify.html#es` opens in Spanish; else the browser's own preference. */
function firstLanguage(): Language {
  return chooseLanguage(location.hash.slice(1), navigator.languages) ?? 'en';
}

function speak(language: Language): void {
  state.language = language;
  draw();
}

function sayIn(language: Language): Say {
  return (key, params) => {
    const text = catalogues[language][key];
    return text === undefined ? undefined : String(new IntlMessageFormat(text, localeTags[language]).format(params));
  };
}

async function take(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  state.status = say('verify.page.reading');
  draw();
  state.file = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  await verify();
}

async function verify(): Promise<void> {
  if (state.file === undefined) return;
  const { bytes } = state.file;
  const space = HASH.test(state.expected) ? { space: state.expected } : {};
  try {
    const verified = await verifyBundleLater(bytes, { engine, registry: domainRegistry, ...space }, checkInSlices(engine, (done, of) => {
      state.status = say('verify.page.working', { done, of });
      statusLine().textContent = state.status;
    }));
    state.view = viewOf(engine, verified);
    state.status = '';
  } catch {
    state.view = undefined;
    state.status = say('verify.page.failed');
  }
  draw();
}

function say(key: string, params?: Readonly<Record<string, string | number>>): string {
  return sayIn(state.language)(key, params) ?? key;
}

function statusLine(): HTMLElement {
  return document.getElementById('status') as HTMLElement;
}

/** Draws the whole page again; what had the focus has it afterwards. */
function draw(): void {
  const focused = document.activeElement?.id ?? '';
  const { language, view } = state;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  document.title = `${say('verify.page.title')} · Alternat`;
  const report = view === undefined ? undefined : renderReport(view, wordsFor(language, sayIn(language), view), state.chosen, (text) => {
    state.chosen = text;
    draw();
  });
  document.getElementById('page')?.replaceChildren(
    el('header', {}, exerciseBanner(view), masthead()), el('main', {}, intake(), report), el('footer', {}, exerciseBanner(view)));
  if (focused !== '') document.getElementById(focused)?.focus();
}

function masthead(): HTMLElement {
  const choices = languages.map((language) => {
    const button = el('button', { type: 'button', id: `language-${language}`, lang: language, 'aria-pressed': String(language === state.language) }, languageNames[language]);
    button.addEventListener('click', () => speak(language));
    return button;
  });
  return el('div', { class: 'masthead' }, el('h1', {}, say('verify.page.title')), el('div', { class: 'languages', role: 'group', 'aria-label': say('verify.page.language') }, choices));
}

function intake(): HTMLElement {
  const input = el('input', { type: 'file', id: 'file', accept: '.zip,application/zip', 'aria-describedby': 'drop' }) as HTMLInputElement;
  input.addEventListener('change', () => void take(input.files?.[0]));
  const expected = el('input', { id: 'expected', dir: 'ltr', autocomplete: 'off', spellcheck: 'false', value: state.expected, 'aria-describedby': 'expected-hint' }) as HTMLInputElement;
  expected.addEventListener('change', () => {
    state.expected = expected.value.replaceAll(/\s/g, '').toLowerCase();
    void verify();
  });
  return el('section', { class: 'intake' },
    el('p', {}, say('verify.page.lead')),
    el('div', { class: 'file' }, input, el('label', { for: 'file' }, say('verify.page.choose')), el('span', { id: 'drop', class: 'quiet' }, say('verify.page.drop'))),
    state.file === undefined ? undefined : el('p', { class: 'quiet' }, el('bdi', {}, state.file.name)),
    el('div', { class: 'expected' }, el('label', { for: 'expected' }, say('verify.page.expected')), expected, el('span', { id: 'expected-hint', class: 'quiet' }, say('verify.page.expected-hint'))),
    el('p', { id: 'status', role: 'status' }, state.status));
}
