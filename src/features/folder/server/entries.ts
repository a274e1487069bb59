/** Entries and absences as they are stored. Every change reads what it rests on in its own transaction. */
import { fromUtf8, utf8 } from '../../../kernel/bytes.ts';
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { PlainDate } from '../../../kernel/time.ts';
import { STANCE } from '../../../record/stances.ts';
import type { Node } from '../../../node/node.ts';
import type { Tx } from '../../../node/ports.ts';
import type { Tables } from '../../../node/tables.ts';
import { todayOf } from '../../officers/server/published.ts';
import { stateOf, stepFor, turnsOf, type Absence, type Mode } from '../clearance.ts';

export type EntryRow = Tables['folder_entry'];
export type StepRow = Tables['folder_step'];
export type AbsenceRow = Tables['folder_absence'];

export interface Opening {
  readonly text: Hash;
  readonly scope: string;
  readonly signer: ObjectId;
  readonly mode: Mode;
  readonly steps: readonly ObjectId[];
  readonly dueOn: PlainDate | undefined;
  readonly reason: string;
}

const REMIND_MS = 3_600_000;
const ENTRIES_MAX = 500;

export async function absences(node: Node): Promise<readonly (Absence & { readonly row: AbsenceRow })[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('folder_absence').selectAll().where('ended_at', 'is', null).orderBy('entered_at').orderBy('id').execute());
  return rows.map((row) => ({ officer: row.officer, substitute: row.substitute, from: row.from_on, to: row.to_on, row }));
}

export async function readEntry(node: Node, id: string): Promise<Stored | undefined> {
  return node.store.read(async (tx) => {
    const entry = await tx.db.selectFrom('folder_entry').selectAll().where('id', '=', id).executeTakeFirst();
    return entry === undefined ? undefined : { entry, steps: await stepsOf(tx, id) };
  });
}

export type Stored = { readonly entry: EntryRow; readonly steps: readonly StepRow[] };

/** The newest entries, of one text where it is named; who may see which is the caller's. */
export async function readEntries(node: Node, text?: Hash): Promise<readonly Stored[]> {
  return node.store.read(async (tx) => {
    let query = tx.db.selectFrom('folder_entry').selectAll();
    if (text !== undefined) query = query.where('text', '=', text);
    return withSteps(tx, await query.orderBy('opened_at', 'desc').orderBy('id').limit(ENTRIES_MAX).execute());
  });
}

/** Entries that still ask something of somebody: not withdrawn, and the party has not taken its stance. */
export async function readOpenEntries(node: Node): Promise<readonly Stored[]> {
  return node.store.read(async (tx) => withSteps(tx, await tx.db.selectFrom('folder_entry').selectAll().where('state', '!=', 'withdrawn')
    .where((where) => where.not(where.exists(
      where.selectFrom('fact').select('fact.act').where('fact.kind', '=', STANCE).whereRef('fact.key', '=', 'folder_entry.text').where('fact.party', '=', node.party),
    ))).orderBy('opened_at').orderBy('id').execute()));
}

async function withSteps(tx: Tx, entries: readonly EntryRow[]): Promise<readonly Stored[]> {
  const ids = entries.map((entry) => entry.id);
  const steps = ids.length === 0 ? [] : await tx.db.selectFrom('folder_step').selectAll().where('entry', 'in', ids).orderBy('round').orderBy('n').execute();
  return entries.map((entry) => ({ entry, steps: steps.filter((step) => step.entry === entry.id) }));
}

async function stepsOf(tx: Tx, entry: string): Promise<readonly StepRow[]> {
  return tx.db.selectFrom('folder_step').selectAll().where('entry', '=', entry).orderBy('round').orderBy('n').execute();
}

/** Opens an entry. Refuses `folder.open-already` while another of the same text is not withdrawn. */
export async function openEntry(node: Node, id: string, opening: Opening, by: ObjectId): Promise<Result<undefined>> {
  const seal = await node.local.key();
  const reason = await node.local.seal(seal, `folder/${id}/reason`, utf8(opening.reason));
  return node.store.write(async (tx) => {
    await tx.lockSpace();
    const open = await tx.db.selectFrom('folder_entry').select('id').where('text', '=', opening.text).where('state', '!=', 'withdrawn').executeTakeFirst();
    if (open !== undefined) return refuse('folder.open-already');
    await tx.db.insertInto('folder_entry').values({
      id, text: opening.text, scope: opening.scope, signer: opening.signer, mode: opening.mode, state: 'clearing', round: 1,
      opened_by: by, opened_at: node.mint.now(), due_on: opening.dueOn ?? null, seal, reason,
    }).execute();
    await insertRound(tx, id, 1, opening.steps);
    return ok(undefined);
  });
}

async function insertRound(tx: Tx, entry: string, round: number, officers: readonly ObjectId[]): Promise<void> {
  const rows = officers.map((officer, n) => ({ entry, round, n, officer, outcome: 'waiting' as const, by: null, note: null, at: null, reminders: 0, reminded_at: null }));
  await tx.db.insertInto('folder_step').values(rows).execute();
}

/** Answers the step whose turn it is for `who` (or whom they stand in for). Refuses `folder.not-your-turn`. */
export async function answerStep(node: Node, id: string, who: ObjectId, outcome: 'cleared' | 'returned', note: string | undefined): Promise<Result<undefined>> {
  const [today, away] = [await todayOf(node), await absences(node)];
  const read = await readEntry(node, id);
  if (read === undefined) return refuse('folder.unknown');
  const { entry } = read;
  const round = (steps: readonly StepRow[]): readonly StepRow[] => steps.filter((step) => step.round === entry.round);
  const mine = stepFor(round(read.steps), entry.mode, who, away, today);
  if (mine === undefined || entry.state !== 'clearing') return refuse('folder.not-your-turn');
  const sealed = note === undefined ? null : await node.local.seal(entry.seal, `folder/${id}/${entry.round}/${mine.n}`, utf8(note));
  return node.store.write(async (tx) => {
    await tx.lockSpace();
    // Somebody may have answered, withdrawn or resumed while the note was sealed.
    const steps = await stepsOf(tx, id);
    const current = await tx.db.selectFrom('folder_entry').select(['state', 'round']).where('id', '=', id).executeTakeFirst();
    const still = turnsOf(round(steps), entry.mode).some((step) => step.n === mine.n);
    if (!still || current?.state !== 'clearing' || current.round !== entry.round) return refuse('folder.not-your-turn');
    await tx.db.updateTable('folder_step').set({ outcome, by: who, note: sealed, at: node.mint.now() }).where('entry', '=', id).where('round', '=', entry.round).where('n', '=', mine.n).execute();
    const state = stateOf(round(await stepsOf(tx, id)));
    await tx.db.updateTable('folder_entry').set({ state }).where('id', '=', id).execute();
    return ok(undefined);
  });
}

/** A new round with the same officers. Refuses `folder.not-returned`. */
export async function resumeEntry(node: Node, entry: EntryRow, reason: string | undefined, dueOn: PlainDate | undefined): Promise<Result<undefined>> {
  const sealed = reason === undefined ? entry.reason : await node.local.seal(entry.seal, `folder/${entry.id}/reason`, utf8(reason));
  return node.store.write(async (tx) => {
    await tx.lockSpace();
    const changed = await tx.db.updateTable('folder_entry').set({ state: 'clearing', round: entry.round + 1, reason: sealed, due_on: dueOn ?? entry.due_on })
      .where('id', '=', entry.id).where('state', '=', 'returned').where('round', '=', entry.round).executeTakeFirst();
    if (Number(changed.numUpdatedRows) !== 1) return refuse('folder.not-returned');
    const officers = (await stepsOf(tx, entry.id)).filter((step) => step.round === entry.round).map((step) => step.officer);
    await insertRound(tx, entry.id, entry.round + 1, officers);
    return ok(undefined);
  });
}

export async function withdrawEntry(node: Node, id: string): Promise<Result<undefined>> {
  const changed = await node.store.write((tx) => tx.db.updateTable('folder_entry').set({ state: 'withdrawn' }).where('id', '=', id).where('state', '!=', 'withdrawn').executeTakeFirst());
  return Number(changed.numUpdatedRows) === 1 ? ok(undefined) : refuse('folder.over');
}

/** Notes a reminder for everybody whose turn it is. Refuses `folder.nobody-to-remind`, `folder.reminded-lately`. */
export async function remind(node: Node, id: string): Promise<Result<undefined>> {
  const now = node.mint.now();
  return node.store.write(async (tx) => {
    await tx.lockSpace();
    const entry = await tx.db.selectFrom('folder_entry').selectAll().where('id', '=', id).executeTakeFirst();
    const steps = entry === undefined ? [] : (await stepsOf(tx, id)).filter((step) => step.round === entry.round);
    const turns = entry?.state === 'clearing' ? turnsOf(steps, entry.mode) : [];
    if (turns.length === 0) return refuse('folder.nobody-to-remind');
    const due = turns.filter((turn) => {
      const last = steps.find((step) => step.n === turn.n)?.reminded_at;
      return last == null || Date.parse(now) - Date.parse(last) >= REMIND_MS;
    });
    if (due.length === 0) return refuse('folder.reminded-lately');
    await tx.db.updateTable('folder_step').set((set) => ({ reminders: set('reminders', '+', 1), reminded_at: now }))
      .where('entry', '=', id).where('round', '=', (entry as EntryRow).round).where('n', 'in', due.map((step) => step.n)).execute();
    return ok(undefined);
  });
}

/** The words of an entry; empty when their key was destroyed. */
export async function openWords(node: Node, entry: EntryRow, place: string, sealed: Uint8Array): Promise<string> {
  const opened = await node.local.open(entry.seal, `folder/${entry.id}/${place}`, new Uint8Array(sealed));
  return opened === undefined ? '' : (fromUtf8(opened) ?? '');
}

