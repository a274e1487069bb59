/** Decided acts of joint texts → rows (tables.ts). Bounded work per act: its own rows, its own parts. */
import { fromUtf8 } from '../../../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { PartRef, PlacedAct } from '../../../record/act.ts';
import { KEY, MANDATE, MANDATE_REVOKED, standing, type KeyData, type MandateData } from '../../../record/mandate-facts.ts';
import type { Fact } from '../../../record/rule.ts';
import type { Decided, Projection } from '../../../node/projection.ts';
import type { Tx } from '../../../node/ports.ts';
import type { z } from 'zod';
import {
  penAskV1, penGiveV1, textAnswerV1, textAttestV1, textConcordV1, textDraftV1, textProposeV1, textRefuseV1, textRegisterV1, textReviseV1,
  textSignV1, textSuggestV1,
} from '../acts.ts';
import { tables } from './tables.ts';

export const textsProjection: Projection = { name: 'texts', version: 1, mode: 'inline', tables, apply: project };

/** Where an act stands, as columns. */
interface Place {
  readonly party: string;
  readonly idx: number;
  readonly at: string;
  readonly scope: string;
}

interface Writing {
  readonly tx: Tx;
  readonly entry: Decided;
  readonly act: Hash;
  readonly place: Place;
  /** JSON of the ids of the offices that signed. */
  readonly offices: string;
}

type Writer = (writing: Writing, body: never) => Promise<void>;

const schemas: Readonly<Record<string, z.ZodType>> = {
  'text.draft': textDraftV1, 'text.revise': textReviseV1, 'pen.give': penGiveV1, 'pen.ask': penAskV1, 'text.suggest': textSuggestV1,
  'text.answer': textAnswerV1, 'text.concord': textConcordV1, 'text.propose': textProposeV1, 'text.sign': textSignV1, 'text.refuse': textRefuseV1,
  'text.attest': textAttestV1, 'text.register': textRegisterV1,
};

const writers: Readonly<Record<string, Writer>> = {
  'text.draft': draft, 'text.revise': revise, 'pen.give': give, 'pen.ask': ask, 'text.suggest': suggest, 'text.answer': answer,
  'text.concord': concord, 'text.propose': propose, 'text.sign': sign, 'text.refuse': refuseText, 'text.attest': attest, 'text.register': register,
};

async function project(tx: Tx, entry: Decided): Promise<void> {
  const { id: act, index, act: { type, party, at, scope, body } } = entry.placed;
  if (type === 'part.erased' && entry.verdict === 'valid') return erase(tx, body);
  const schema = schemas[type];
  // A body that its own definition refuses names nothing that a text could show; the record explorer has it.
  if (schema === undefined || !schema.safeParse(body).success) return;
  const writing: Writing = { tx, entry, act, place: { party, idx: index, at, scope }, offices: JSON.stringify(await officesOf(tx, entry.placed)) };
  await history(writing, type);
  if (entry.verdict === 'valid') await writers[type]?.(writing, body as never);
}

async function history({ tx, entry, act, place, offices }: Writing, type: string): Promise<void> {
  const named = entry.placed.act.body as { doc?: string; text?: string; suggestion?: string; lang?: string; to?: string };
  const { verdict } = entry;
  await tx.db.insertInto('texts_event').values({
    ...place, act, type, offices,
    doc: named.doc ?? null,
    // The id of a proposal is the id of its text.
    text: type === 'text.propose' ? act : named.text ?? null,
    suggestion: type === 'text.suggest' ? act : named.suggestion ?? null,
    without: verdict === 'valid' ? null : verdict.code,
    params: verdict === 'valid' || verdict.params === undefined ? null : JSON.stringify(verdict.params),
    lang: named.lang ?? null,
    to_party: named.to ?? null,
  }).execute();
}

async function draft({ tx, entry, act, place }: Writing, body: z.infer<typeof textDraftV1>): Promise<void> {
  await tx.db.insertInto('texts_doc').values({
    doc: body.doc, act, ...place, kind: body.kind, title: await words(entry, body.title), title_part: body.title.part,
    languages: JSON.stringify(body.languages), ...slotOf(body), based_on: body.basedOn ?? null,
  }).execute();
}

async function revise({ tx, entry, act, place }: Writing, body: z.infer<typeof textReviseV1>): Promise<void> {
  await tx.db.insertInto('texts_revision').values({
    act, doc: body.doc, lang: body.lang, ...place, epoch: body.epoch, previous: body.previous ?? null, part: body.content.part, ref: JSON.stringify(body.content),
    content: await words(entry, body.content), tags: JSON.stringify(Object.fromEntries(body.clauses.map(({ id, tag }) => [id, tag]))),
  }).execute();
}

async function give({ tx, act, place }: Writing, body: z.infer<typeof penGiveV1>): Promise<void> {
  await tx.db.insertInto('texts_pen').values({ act, doc: body.doc, lang: body.lang, epoch: body.epoch, ...place, to_party: body.to }).execute();
}

async function ask({ tx, act, place, offices }: Writing, body: z.infer<typeof penAskV1>): Promise<void> {
  await tx.db.insertInto('texts_ask').values({ act, doc: body.doc, lang: body.lang, ...place, offices }).execute();
}

async function suggest({ tx, entry, act, place, offices }: Writing, body: z.infer<typeof textSuggestV1>): Promise<void> {
  await tx.db.insertInto('texts_suggestion').values({
    act, doc: body.doc, lang: body.lang, clause: body.clause, revision: body.revision, ...place, offices,
    words: await words(entry, body.words), words_part: body.words.part, ...await reasonOf(entry, body.reason),
  }).execute();
}

async function answer({ tx, entry, act, place }: Writing, body: z.infer<typeof textAnswerV1>): Promise<void> {
  await tx.db.insertInto('texts_answer').values({
    act, suggestion: body.suggestion, outcome: body.outcome, ...place, ...await reasonOf(entry, body.reason),
  }).execute();
}

async function concord({ tx, act, place: { party, idx, scope } }: Writing, body: z.infer<typeof textConcordV1>): Promise<void> {
  await tx.db.insertInto('texts_concord').values({
    act, doc: body.doc, party, idx, scope, revisions: JSON.stringify(body.revisions), clauses: JSON.stringify(body.clauses),
  }).execute();
}

async function propose({ tx, entry, act, place }: Writing, body: z.infer<typeof textProposeV1>): Promise<void> {
  await tx.db.insertInto('texts_proposal').values({
    text: act, doc: body.doc, ...place, kind: body.kind, charter: body.charter, title: await words(entry, body.title), title_part: body.title.part,
    content: JSON.stringify(body.content), clauses: JSON.stringify(body.clauses), ...slotOf(body),
  }).execute();
}

async function sign(writing: Writing, body: z.infer<typeof textSignV1>): Promise<void> {
  await stance(writing, 'signed', body.text, body.reason);
}

async function refuseText(writing: Writing, body: z.infer<typeof textRefuseV1>): Promise<void> {
  await stance(writing, 'refused', body.text, body.reason);
}

/** The rules let one stance per party stand, so the key never meets a second one. */
async function stance({ tx, entry, act, place, offices }: Writing, kind: 'signed' | 'refused', text: Hash, reason: PartRef | undefined): Promise<void> {
  await tx.db.insertInto('texts_stance').values({
    text, stance: kind, act, ...place, offices, keys: JSON.stringify(await keyKindsOf(tx, entry.placed)), ...await reasonOf(entry, reason),
  }).execute();
}

async function attest({ tx, act, place }: Writing, body: z.infer<typeof textAttestV1>): Promise<void> {
  await tx.db.insertInto('texts_attest').values({ text: body.text, act, ...place, cut: JSON.stringify(body.cut) }).execute();
}

async function register({ tx, place: { party, idx, scope } }: Writing, body: z.infer<typeof textRegisterV1>): Promise<void> {
  await tx.db.insertInto('texts_register').values({ ...body, party, idx, scope }).execute();
}

/** What was erased is taken out of every column that holds words. */
async function erase(tx: Tx, body: Readonly<Record<string, unknown>>): Promise<void> {
  const erased = (Array.isArray(body.parts) ? body.parts : [body.part]).filter((part) => typeof part === 'string');
  if (erased.length === 0) return;
  await tx.db.updateTable('texts_doc').set({ title: null }).where('title_part', 'in', erased).execute();
  await tx.db.updateTable('texts_proposal').set({ title: null }).where('title_part', 'in', erased).execute();
  await tx.db.updateTable('texts_revision').set({ content: null }).where('part', 'in', erased).execute();
  await tx.db.updateTable('texts_suggestion').set({ words: null }).where('words_part', 'in', erased).execute();
  await tx.db.updateTable('texts_suggestion').set({ reason: null }).where('reason_part', 'in', erased).execute();
  await tx.db.updateTable('texts_answer').set({ reason: null }).where('reason_part', 'in', erased).execute();
  await tx.db.updateTable('texts_stance').set({ reason: null }).where('reason_part', 'in', erased).execute();
}

async function words(entry: Decided, ref: PartRef): Promise<string | null> {
  if (ref.class !== 'text') return null;
  const bytes = await entry.openText(ref);
  return bytes === undefined ? null : fromUtf8(bytes) ?? null;
}

async function reasonOf(entry: Decided, ref: PartRef | undefined): Promise<{ reason: string | null; reason_part: string | null }> {
  return ref === undefined ? { reason: null, reason_part: null } : { reason: await words(entry, ref), reason_part: ref.part };
}

function slotOf(body: Pick<z.infer<typeof textProposeV1>, 'slot' | 'relation'>): { slot_name: string | null; slot_base: string | null; relation: string | null; relation_text: string | null } {
  return {
    slot_name: body.slot?.name ?? null, slot_base: body.slot?.base ?? null,
    relation: body.relation?.relation ?? null, relation_text: body.relation?.text ?? null,
  };
}

/** Offices for which the officers acted: by the mandates that stood in their own log at this place. */
async function officesOf(tx: Tx, placed: PlacedAct): Promise<ObjectId[]> {
  const offices: ObjectId[] = [];
  for (const officer of placed.act.officers) {
    const grants = await below<MandateData>(tx, placed, MANDATE, officer);
    const held = standing(grants, await below(tx, placed, MANDATE_REVOKED, officer));
    const office = (held.at(-1) ?? grants.at(-1))?.data.office;
    if (office !== undefined && !offices.includes(office)) offices.push(office);
  }
  return offices;
}

async function keyKindsOf(tx: Tx, placed: PlacedAct): Promise<string[]> {
  if (placed.act.officers.length === 0) return ['root'];
  const kinds: string[] = [];
  for (const key of placed.keys) {
    const granted = (await below<KeyData>(tx, placed, KEY, key)).at(0);
    if (granted !== undefined) kinds.push(granted.data.kind);
  }
  return kinds;
}

async function below<D>(tx: Tx, { act: { party }, index }: PlacedAct, kind: string, key: string): Promise<readonly Fact<D>[]> {
  return ((await tx.facts(kind, key)) as readonly Fact<D>[]).filter((fact) => isOf(fact, party) && fact.index < index);
}

function isOf(fact: Fact, party: PartyId): boolean {
  return fact.party === party;
}
