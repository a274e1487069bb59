/**
 * `alternat verify FILE`: the same verification as the offline page, in a terminal. No network, no
 * database, no data directory. Exit status: 0 verified, 1 not verified, 2 unreadable.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import type { Language } from '../kernel/language.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { loadCatalogue } from '../http/catalogue.ts';
import { verifyBundle, type Verified } from '../record/bundle-verify.ts';
import { verifyBundleLater } from '../record/bundle-verify-later.ts';
import { checkInWorkers } from './verify-workers.ts';
import { viewOf, type ShownText, type View } from './verify-page/view.ts';
import { attestations, grouped, placeOf, wordsFor, type Words } from './verify-page/words.ts';

export interface VerifyFileOptions {
  readonly json?: boolean;
  readonly language?: Language;
  /** Id of the space that the verifier holds; another one is a fault. */
  readonly space?: Hash;
  readonly write: (text: string) => void;
}

export type VerifyStatus = 0 | 1 | 2;

/** From this size on, checking signatures in worker threads costs less than it gains. */
const WORKERS_FROM = 4_000_000;

export async function verifyFile(file: string, options: VerifyFileOptions): Promise<VerifyStatus> {
  const language = options.language ?? 'en';
  const catalogue = loadCatalogue();
  const bytes = readWhole(file);
  if (bytes === undefined) {
    const problem = catalogue.message(language, 'verify.file-not-found', { file }) ?? file;
    options.write(options.json === true ? `${JSON.stringify({ verdict: 'unreadable', problem })}\n` : `${problem}\n`);
    return 2;
  }
  const view = viewOf(nodeEngine(), await verifyBytes(bytes, options.space));
  const say = (key: string, params?: Readonly<Record<string, string | number>>): string | undefined => catalogue.message(language, key, params);
  options.write(options.json === true ? `${JSON.stringify(jsonOf(view))}\n` : textOf(view, wordsFor(language, say, view)));
  return statusOf(view);
}

async function verifyBytes(bytes: Bytes, space: Hash | undefined): Promise<Verified> {
  const options = { engine: nodeEngine(), registry: domainRegistry, ...(space === undefined ? {} : { space }) };
  if (bytes.length < WORKERS_FROM || availableParallelism() < 2) return verifyBundle(bytes, options);
  return verifyBundleLater(bytes, options, checkInWorkers);
}

function readWhole(file: string): Bytes | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    return undefined;
  }
}

function statusOf(view: View): VerifyStatus {
  return view.report.verdict === 'verified' ? 0 : view.report.verdict === 'not-verified' ? 1 : 2;
}

/** The report as it stands, with the exercise first and the texts as they read. */
function jsonOf(view: View): object {
  return { ...(view.exercise.length === 0 ? {} : { notice: view.exercise }), ...view.report, texts: view.texts };
}

function textOf(view: View, words: Words): string {
  const { report } = view;
  const lines = view.exercise.length === 0 ? [] : [view.exercise.join(' · '), ''];
  lines.push(words.say(`verify.verdict.${report.verdict}`));
  lines.push(...faultLines(view, words));
  const about = words.about();
  if (about !== undefined) lines.push('', about);
  if (report.manifest !== undefined) lines.push(`${words.say('verify.space')}: ${grouped(report.manifest.space)}`);
  if (report.digest !== undefined) lines.push(`${words.say('verify.digest')}: ${grouped(report.digest)}`);
  if (report.manifest !== undefined) lines.push('', `${words.say('verify.texts')}:`, ...textLines(view, words));
  if (report.checked.length > 0) lines.push('', `${words.say('verify.checked')}:`, ...report.checked.map((finding) => `  - ${words.checked(finding)}`));
  if (report.unchecked.length > 0) lines.push('', `${words.say('verify.unchecked')}:`, ...report.unchecked.map((finding) => `  - ${words.unchecked(finding)}`));
  return `${lines.map(printable).join('\n')}\n`;
}

function faultLines({ report }: View, words: Words): string[] {
  const [first, ...more] = report.faults;
  if (first === undefined) return [];
  const place = placeOf(words, first);
  const lines = [`${words.say('verify.fault.first')}: ${place === '' ? '' : `${place}: `}${words.fault(first)}`];
  if (more.length > 0) lines.push(words.say('verify.fault.more', { count: more.length }));
  if (report.verdict === 'not-verified') lines.push(words.say('verify.content-still-shown'));
  return lines;
}

function textLines(view: View, words: Words): string[] {
  if (view.texts.length === 0) return [`  ${words.say('verify.no-texts')}`];
  const whole = view.report.manifest?.bundle === 'text';
  return view.texts.flatMap((text) => [...headLines(text, words), ...(whole ? wordLines(text, words) : [])]);
}

function headLines(text: ShownText, words: Words): string[] {
  const lines = [`  ${words.title(text).text} — ${words.say(`verify.state.${text.state}`)}`];
  if (text.reference !== undefined) lines.push(`    ${words.say('verify.reference')}: ${text.reference}`);
  lines.push(`    ${words.say('verify.text-id')}: ${grouped(text.text)}`);
  for (const { party, direction, written } of text.registers) lines.push(`    ${words.say(`verify.register.${direction}`, { party: words.party(party) })}: ${written}`);
  for (const stance of text.stances) {
    const offices = stance.offices.map((office) => words.label(office)?.text).filter((office) => office !== undefined);
    const how = [...new Set(stance.keys)].map((key) => words.say(`verify.key.${key}`));
    const when = stance.at === undefined ? [] : [words.say('verify.stance.at', { at: words.when(stance.at) })];
    lines.push(`    ${words.party(stance.party)}: ${[words.say(`verify.stance.${stance.stance}`), ...offices, ...how, ...when].join(', ')}`);
  }
  lines.push(...attestations(words, text).map((sentence) => `    ${sentence}`));
  return lines;
}

function wordLines(text: ShownText, words: Words): string[] {
  return text.versions.flatMap((version) => [
    '', `  [${version.lang}] ${version.title ?? ''} — ${words.say(`verify.${version.authority}`)}. ${words.say(`verify.part.${version.verdict}`)}`,
    ...version.clauses.flatMap((clause) => [
      `  ${[clause.number, clause.heading].filter((part) => part !== undefined).join('. ')}`.trimEnd(),
      ...clause.text.split('\n').map((paragraph) => `    ${paragraph}`),
    ]),
  ]);
}

/** Content comes from a file that anybody may have made: nothing in it may steer the terminal. */
function printable(line: string): string {
  return line.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
