/** Entries as their participants see them: words opened, turns, substitutes and what may be done now. */
import { labelIn, type Label } from '../../../kernel/language.ts';
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import { askAsync } from '../../../record/decide.ts';
import { decodeAct } from '../../../record/codec.ts';
import { parseEnvelope } from '../../../record/envelope.ts';
import type { PartRef } from '../../../record/act.ts';
import { facts } from '../../../record/rule.ts';
import { STANCE, stancesOf, textOf, type Stance, type StanceData } from '../../../record/stances.ts';
import type { Node } from '../../../node/node.ts';
import { readLabel } from '../../labels/published.ts';
import { holds, type Reader } from '../../officers/reading.ts';
import { loadReader, officeHeldBy, officeTitles } from '../../officers/server/published.ts';
import { stepFor, substituteOn, turnsOf, type Absence } from '../clearance.ts';
import type { FolderEntry } from '../contract.ts';
import { openWords, type EntryRow, type StepRow, type Stored } from './entries.ts';

export interface Viewing {
  readonly node: Node;
  readonly reader: Reader;
  readonly absences: readonly Absence[];
  readonly today: string;
}

/** Everybody with a part in it: who opened it, who answers, who signs, and who stands in for one of them today. */
export function takesPart({ reader, absences, today }: Viewing, { entry, steps }: Stored): boolean {
  const named = new Set([entry.opened_by, entry.signer, ...steps.map((step) => step.officer), ...steps.flatMap((step) => (step.by === null ? [] : [step.by]))]);
  return named.has(reader.officer) || [...named].some((officer) => substituteOn(absences, officer, today) === reader.officer);
}

export async function viewOf(viewing: Viewing, stored: Stored): Promise<FolderEntry> {
  const { node, absences, today } = viewing;
  const { entry, steps } = stored;
  const state = await effectiveState(node, entry);
  const current = steps.filter((step) => step.round === entry.round);
  const rounds = [...new Set(steps.map((step) => step.round))].filter((round) => round < entry.round).sort((a, b) => a - b);
  const standIn = substituteOn(absences, entry.signer, today);
  return {
    entry: entry.id, text: entry.text, title: await titleOfText(node, entry.text), state, mode: entry.mode,
    signer: await labelled(node, entry.signer),
    ...(standIn === undefined ? {} : { signerSubstitute: await labelled(node, standIn) }),
    openedBy: await labelled(node, entry.opened_by), openedAt: entry.opened_at,
    ...(entry.due_on === null ? {} : { dueOn: entry.due_on }),
    overdue: entry.due_on !== null && entry.due_on < today && !['signed', 'refused', 'withdrawn'].includes(state),
    reason: await openWords(node, entry, 'reason', entry.reason),
    round: entry.round,
    steps: await Promise.all(current.map((step) => stepView(viewing, entry, step, current, state === 'clearing'))),
    earlier: await Promise.all(rounds.map(async (round) => ({
      round, steps: await Promise.all(steps.filter((step) => step.round === round).map((step) => stepView(viewing, entry, step, [], false))),
    }))),
    may: await actionsOf(viewing, entry, current, state),
  };
}

async function stepView({ node, absences, today }: Viewing, entry: EntryRow, step: StepRow, round: readonly StepRow[], open: boolean): Promise<FolderEntry['steps'][number]> {
  const turn = open && turnsOf(round, entry.mode).some((one) => one.n === step.n);
  const standIn = turn ? substituteOn(absences, step.officer, today) : undefined;
  return {
    n: step.n, ...(await labelled(node, step.officer)), outcome: step.outcome,
    ...(step.by === null || step.by === step.officer ? {} : { by: await labelled(node, step.by) }),
    ...(step.note === null ? {} : { note: await openWords(node, entry, `${step.round}/${step.n}`, step.note) }),
    ...(step.at === null ? {} : { at: step.at }),
    turn,
    ...(standIn === undefined ? {} : { substitute: await labelled(node, standIn) }),
    reminders: step.reminders,
    ...(step.reminded_at === null ? {} : { remindedAt: step.reminded_at }),
  };
}

async function actionsOf({ reader, absences, today }: Viewing, entry: EntryRow, round: readonly StepRow[], state: FolderEntry['state']): Promise<FolderEntry['may']> {
  const may: FolderEntry['may'] = [];
  if (state === 'clearing' && stepFor(round, entry.mode, reader.officer, absences, today) !== undefined) may.push('clear', 'return');
  const opener = entry.opened_by === reader.officer;
  if (opener && state === 'returned') may.push('resume');
  if (opener && ['clearing', 'returned', 'cleared'].includes(state)) may.push('withdraw');
  if ((opener || entry.signer === reader.officer) && state === 'clearing') may.push('remind');
  const signs = entry.signer === reader.officer || substituteOn(absences, entry.signer, today) === reader.officer;
  if (signs && state === 'cleared' && holds(reader, 'sign', entry.scope)) may.push('sign');
  return may;
}

/** The stored state, unless the party has taken its stance: that is the record's to say. */
export async function effectiveState(node: Node, entry: Pick<EntryRow, 'text' | 'state'>): Promise<FolderEntry['state']> {
  const stance = await ownStance(node, entry.text);
  if (stance === undefined) return entry.state;
  return stance === 'sign' ? 'signed' : 'refused';
}

export async function ownStance(node: Node, text: Hash): Promise<Stance | undefined> {
  const found = await node.store.read((tx) => askAsync(facts<StanceData>(STANCE, text), tx));
  return stancesOf(found).get(node.party);
}

/** Scope of a text that can be signed; undefined when there is none. */
export async function scopeOfText(node: Node, text: Hash): Promise<string | undefined> {
  return (await node.store.read((tx) => askAsync(textOf(text), tx)))?.data.scope;
}

/** The title as proposed, or the space's name for a change of its charter. */
async function titleOfText(node: Node, text: Hash): Promise<Label> {
  const [leaf] = await node.store.read((tx) => tx.leafByAct(text));
  const envelope = leaf === undefined ? undefined : parseEnvelope(leaf.envelope);
  const act = envelope?.ok ? decodeAct(envelope.value.payload) : undefined;
  const title = act?.ok ? (act.value.body as { title?: PartRef }).title : undefined;
  const opened = title === undefined ? undefined : await node.openPart(title.part);
  const label = opened?.ok ? readLabel(opened.value.plaintext) : undefined;
  return label ?? ((await node.charter()).charter.name as Label);
}

export async function labelled(node: Node, officer: ObjectId): Promise<{ officer: ObjectId; office: Label }> {
  const office = await node.store.read((tx) => officeHeldBy(tx, officer));
  const title = office === undefined ? undefined : (await officeTitles(node, [office])).get(office)?.title;
  return { officer, office: title ?? { en: office ?? officer } };
}

/** Active officers of this party with what they may read, by office title. */
export async function officersHere(node: Node): Promise<readonly { officer: ObjectId; office: Label; reader: Reader }[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('officers_mandate').select('officer').distinct().where('party', '=', node.party).where('ended_by', 'is', null).execute());
  const found: { officer: ObjectId; office: Label; reader: Reader }[] = [];
  for (const { officer } of rows) {
    const reader = await loadReader(node, officer);
    // The node's own office is no person: nothing can be laid before it.
    if (reader !== undefined && !reader.powers.includes('service')) found.push({ ...(await labelled(node, officer)), reader });
  }
  return found.sort((a, b) => (labelIn(a.office, 'en').text < labelIn(b.office, 'en').text ? -1 : 1));
}
