/**
 * The exercise of one party: its offices take up their posts, enter the mechanism, and draft, align,
 * propose and sign the Marrakech communiqué (Rabat signs, Madrid does not). Each step looks at the
 * record first, so that a second run, or one after a crash, adds nothing twice; steps that need the
 * other side wait until its acts have arrived.
 */
import type { z } from 'zod';
import { listCentres, registerCentreOperation } from '../features/centres/contract.ts';
import { createBodyOperation, listBodies } from '../features/committee/contract.ts';
import { listInstruments, registerInstrumentOperation } from '../features/agreements/contract.ts';
import { labelPart } from '../features/labels/published.ts';
import { getMechanism } from '../features/mechanism/contract.ts';
import { completeSigning, grantMandate, listOfficers } from '../features/officers/contract.ts';
import type { OfficerRow } from '../features/officers/views.ts';
import { createSeriesOperation, listSymposia, registerEditionOperation } from '../features/symposia/contract.ts';
import { beginText, getText, listTexts, markConcordance, prepareStance, propose, saveDraft, shareDraft } from '../features/texts/contract.ts';
import type { TextRow } from '../features/texts/views.ts';
import type { ObjectId } from '../kernel/ids.ts';
import type { Label, Language } from '../kernel/language.ts';
import { expectOk } from '../kernel/result.ts';
import type { Node } from '../node/node.ts';
import { announcement } from './communique.ts';
import { bodies, centres, editions, instruments, series } from './mechanism.ts';
import { OfficerClient } from './officer-client.ts';
import { parties, type DemoOffice, type DemoParty } from './parties.ts';

export interface ExerciseOptions {
  readonly node: Node;
  /** A link that signs this officer in. */
  readonly linkOf: (officer: ObjectId) => Promise<string>;
  readonly progress: (step: string, done: number, of: number) => void;
  readonly signal: AbortSignal;
}

export interface DemoOfficer {
  readonly role: DemoOffice['role'];
  readonly office: Label;
  readonly officer: ObjectId;
}

interface Cast {
  readonly party: DemoParty;
  readonly officers: readonly DemoOfficer[];
  /** The page of an office: signed in once. */
  as(role: DemoOffice['role']): Promise<OfficerClient>;
}

const SCOPES = ['space'] as const;

/** Runs every step of this party; resolves with its officers when all are done. */
export async function runExercise(options: ExerciseOptions): Promise<readonly DemoOfficer[]> {
  const party = parties.find((one) => one.id === options.node.party);
  if (party === undefined) throw new Error(`exercise: no script for ${options.node.party}`);
  await until(options, async () => options.node.state() === 'open' || undefined);
  const cast = await takePosts(options, party);
  const steps: [string, () => Promise<void>][] = [
    ['corps', () => declareCorps(options, cast)],
    ['instruments', () => enterInstruments(cast)],
    ['bodies', () => enterBodies(options, cast)],
    ['symposia', () => enterSymposia(options, cast)],
    ['centres', () => enterCentres(options, cast)],
    ['communique', () => (party.id === 'dgsn' ? announce(options, cast) : align(options, cast))],
  ];
  for (const [i, [name, step]] of steps.entries()) {
    options.progress(name, i, steps.length);
    await step();
  }
  options.progress('communique', steps.length, steps.length);
  return cast.officers;
}

/** Asks again, a few times a second, until there is an answer. */
async function until<T>({ signal }: Pick<ExerciseOptions, 'signal'>, ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const sameLabel = (a: Label, b: Label): boolean => a.en === b.en;

/** The administrator of the founding grants every other office its mandate. */
async function takePosts({ node, linkOf }: ExerciseOptions, party: DemoParty): Promise<Cast> {
  const first = await administratorOf(node);
  const administrator = await OfficerClient.signIn(await linkOf(first));
  const own = async (): Promise<OfficerRow[]> => (await administrator.call(listOfficers)).rows.filter((row) => row.party === party.id && row.state === 'active');
  let rows = await own();
  for (const office of party.offices) {
    if (office.role === 'administrator' || rows.some((row) => sameLabel(row.office, office.title))) continue;
    await administrator.call(grantMandate, { body: { office: office.title, powers: office.powers, scopes: SCOPES, clearance: 'AMBER' } });
  }
  rows = await own();
  const officers = party.offices.map((office): DemoOfficer => {
    const row = office.role === 'administrator' ? rows.find((one) => one.officer === first) : rows.find((one) => sameLabel(one.office, office.title));
    if (row === undefined) throw new Error(`exercise: no officer holds ${office.role}`);
    return { role: office.role, office: row.office, officer: row.officer };
  });
  const pages = new Map<string, OfficerClient>([['administrator', administrator]]);
  return {
    party, officers,
    async as(role) {
      const open = pages.get(role);
      if (open !== undefined) return open;
      const officer = officers.find((one) => one.role === role) as DemoOfficer;
      const page = await OfficerClient.signIn(await linkOf(officer.officer));
      pages.set(role, page);
      return page;
    },
  };
}

/** The first administrator: named in leaf 1 of the own log. */
async function administratorOf(node: Node): Promise<ObjectId> {
  const facts = await node.store.read((tx) => tx.leaf(node.party, 1));
  const envelope = JSON.parse(new TextDecoder().decode(facts?.envelope)) as { payload: string };
  const act = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as { body: { officer: ObjectId } };
  return act.body.officer;
}

async function declareCorps({ node }: ExerciseOptions, cast: Cast): Promise<void> {
  const view = await (await cast.as('administrator')).call(getMechanism);
  const known = view.parties.find((one) => one.id === cast.party.id)?.corps ?? [];
  const fresh = cast.party.corps.filter((corps) => !known.some((one) => sameLabel(one.name, corps.label)));
  if (fresh.length === 0) return;
  const drafts = fresh.map((corps) => {
    const name = labelPart(node.mint, corps.label);
    return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: node.mint.id(), name: name.ref }, parts: [name] };
  });
  const administrator = cast.officers.find((one) => one.role === 'administrator') as DemoOfficer;
  expectOk(await node.submit(drafts, { officer: administrator.officer }));
}

async function enterInstruments(cast: Cast): Promise<void> {
  const page = await cast.as('secretary');
  const { rows } = await page.call(listInstruments);
  for (const { by, input } of Object.values(instruments)) {
    if (by !== cast.party.id || rows.some((row) => sameLabel(row.title, input.title))) continue;
    await page.call(registerInstrumentOperation, { body: input });
  }
}

/** The instrument as this node knows it; waits until it has arrived. */
async function citation(options: ExerciseOptions, page: OfficerClient, key: keyof typeof instruments): Promise<{ id: ObjectId; revision: string }> {
  return until(options, async () => {
    const row = (await page.call(listInstruments)).rows.find((one) => sameLabel(one.title, instruments[key].input.title));
    return row === undefined ? undefined : { id: row.instrument, revision: row.revision };
  });
}

async function enterBodies(options: ExerciseOptions, cast: Cast): Promise<void> {
  const page = await cast.as('secretary');
  for (const { by, under, cites, input } of bodies) {
    if (by !== cast.party.id || (await page.call(listBodies)).rows.some((row) => sameLabel(row.name, input.name))) continue;
    const parent = under ? await until(options, async () => (await page.call(listBodies)).rows.find((row) => row.kind === 'committee')?.body) : undefined;
    const instrument = cites ? await citation(options, page, 'declaration') : undefined;
    await page.call(createBodyOperation, { body: { ...input, ...(parent === undefined ? {} : { parent }), ...(instrument === undefined ? {} : { instrument }) } });
  }
}

async function enterSymposia(options: ExerciseOptions, cast: Cast): Promise<void> {
  const page = await cast.as('secretary');
  const known = async () => (await page.call(listSymposia)).series.find((row) => sameLabel(row.title, series.title))?.series;
  if (series.by === cast.party.id && (await known()) === undefined) {
    await page.call(createSeriesOperation, { body: { title: series.title, recordedAfterwards: true } });
  }
  const id = await until(options, known);
  for (const { by, input } of editions) {
    if (by !== cast.party.id || (await page.call(listSymposia)).editions.some((row) => row.number === input.number)) continue;
    await page.call(registerEditionOperation, { body: { ...input, series: id } });
  }
}

async function enterCentres(options: ExerciseOptions, cast: Cast): Promise<void> {
  const page = await cast.as('secretary');
  for (const { by, input } of centres) {
    if (by !== cast.party.id || (await page.call(listCentres)).rows.some((row) => row.locode === input.locode)) continue;
    await page.call(registerCentreOperation, { body: { ...input, instrument: await citation(options, page, 'crossBorder') } });
  }
}

const LANGUAGES: z.infer<NonNullable<typeof beginText.body>>['languages'] = [
  { lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }, { lang: 'fr', authority: 'working' }, { lang: 'en', authority: 'working' },
];
const titleOf = (lang: Language): string => announcement[lang].title;
const TITLE: Label = { ar: titleOf('ar'), es: titleOf('es'), fr: titleOf('fr'), en: titleOf('en') };

async function communique(page: OfficerClient): Promise<TextRow | undefined> {
  return (await page.call(listTexts, { query: { kind: 'communique' } })).rows.find((row) => sameLabel(row.title, TITLE));
}

/** Rabat: drafts, shares, marks, proposes, and its co-chair signs with the key that the node keeps. */
async function announce(options: ExerciseOptions, cast: Cast): Promise<void> {
  const secretary = await cast.as('secretary');
  const doc = (await communique(secretary))?.doc ?? (await secretary.call(beginText, { body: { kind: 'communique', title: TITLE, languages: LANGUAGES } })).doc;
  const state = async () => (await secretary.call(getText, { params: { id: doc } })).state;
  if ((await state()) === 'local') {
    for (const { lang } of LANGUAGES) {
      await secretary.call(saveDraft, { params: { doc, lang }, body: { title: announcement[lang].title, clauses: announcement[lang].clauses } });
    }
    await secretary.call(shareDraft, { params: { doc }, body: { languages: LANGUAGES.map(({ lang }) => lang) } });
  }
  if ((await state()) === 'drafting') {
    await mark(options, cast, doc);
    const all = cast.party.id === 'dgsn' ? parties.map((party) => party.id) : [];
    await until(options, async () => {
      const { concordance } = await secretary.call(getText, { params: { id: doc } });
      return concordance.length > 0 && concordance.every((row) => all.every((party) => row.parties.includes(party))) ? true : undefined;
    });
    await secretary.call(propose, { params: { doc } });
  }
  if ((await state()) === 'proposed') await sign(await cast.as('co-chair'), doc);
}

/** Madrid: its language service marks the concordance once the draft has arrived. It does not sign. */
async function align(options: ExerciseOptions, cast: Cast): Promise<void> {
  const linguist = await cast.as('linguist');
  const doc = await until(options, async () => (await communique(linguist))?.doc);
  await until(options, async () => {
    const detail = await linguist.call(getText, { params: { id: doc } });
    return detail.languages.every((one) => one.revision !== undefined) ? true : undefined;
  });
  await mark(options, cast, doc);
  await until(options, async () => ((await communique(linguist))?.state === 'partly-signed' || (await communique(linguist))?.state === 'concluded' ? true : undefined));
}

async function mark(_options: ExerciseOptions, cast: Cast, doc: ObjectId): Promise<void> {
  const linguist = await cast.as('linguist');
  const { concordance, state } = await linguist.call(getText, { params: { id: doc } });
  const clauses = announcement.ar.clauses.map((clause) => clause.id).filter((id) => concordance.find((row) => row.clause === id)?.parties.includes(cast.party.id) !== true);
  if (state === 'drafting' && clauses.length > 0) await linguist.call(markConcordance, { params: { doc }, body: { clauses } });
}

async function sign(coChair: OfficerClient, doc: ObjectId): Promise<void> {
  const detail = await coChair.call(getText, { params: { id: doc } });
  const text = detail.text as string;
  const prepared = await coChair.call(prepareStance, { params: { text }, body: { stance: 'sign', read: text } });
  const key = prepared.keys.find((one) => one.kind === 'node');
  if (key === undefined) throw new Error('exercise: the co-chair has no key of the node');
  await coChair.call(completeSigning, { params: { prepared: prepared.prepared }, body: { kind: 'node', key: key.key } });
}
