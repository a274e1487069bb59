/** Routes of the signature folder. Whoever has no part in an entry learns nothing of it, not even that it is there. */
import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import type { ObjectId } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { holds, mayRead } from '../../officers/reading.ts';
import { todayOf } from '../../officers/server/published.ts';
import {
  clearStep, getFolderEntry, listFolder, listFolderOfficers, openFolderEntry, remindFolderEntry, resumeFolderEntry, returnStep, withdrawFolderEntry,
  type FolderEntry,
} from '../contract.ts';
import { substituteOn } from '../clearance.ts';
import { absenceRoutes } from './absence-routes.ts';
import { absences, answerStep, openEntry, readEntries, readEntry, remind, resumeEntry, withdrawEntry, type EntryRow, type Stored } from './entries.ts';
import { officersHere, ownStance, scopeOfText, takesPart, viewOf, type Viewing } from './view.ts';

export const folderRoutes: readonly Route[] = [
  handle(listFolder, async (context, { query }) => {
    const viewing = await viewingOf(context);
    const entries = (await readEntries(context.node, query.text)).filter((stored) => takesPart(viewing, stored));
    const views = await Promise.all(entries.map((stored) => viewOf(viewing, stored)));
    const waits = (view: FolderEntry): boolean => view.may.includes('clear') || view.may.includes('sign') || view.may.includes('resume');
    return ok({ waiting: views.filter(waits), others: views.filter((view) => !waits(view)) });
  }),
  handle(listFolderOfficers, async (context, { query }) => {
    const scope = await readableScope(context, query.text);
    if (scope === undefined) return refuse('folder.text-unknown');
    const [today, away] = [await todayOf(context.node), await absences(context.node)];
    const rows = (await officersHere(context.node)).filter(({ reader }) => mayRead(reader, scope, 'CLEAR')).map(({ officer, office, reader }) => {
      const until = substituteOn(away, officer, today) === undefined ? undefined : away.findLast((absence) => absence.officer === officer && absence.from <= today && today <= absence.to)?.to;
      return { officer, office, signs: holds(reader, 'sign', scope), ...(until === undefined ? {} : { absentUntil: until }) };
    });
    return ok({ rows });
  }),
  handle(getFolderEntry, async (context, { params }) => show(context, params.entry)),
  handle(openFolderEntry, async (context, { body }) => {
    const scope = await readableScope(context, body.text);
    if (scope === undefined) return refuse('folder.text-unknown');
    const suitable = await check(context, scope, body);
    if (!suitable.ok) return suitable;
    const id = context.node.mint.random(10).toHex();
    const opened = await openEntry(context.node, id, { ...body, scope, dueOn: body.dueOn }, context.actor.officer);
    return opened.ok ? changed(context, id) : opened;
  }),
  handle(clearStep, async (context, { params, body }) => answer(context, params.entry, 'cleared', body.note)),
  handle(returnStep, async (context, { params, body }) => answer(context, params.entry, 'returned', body.note)),
  handle(resumeFolderEntry, async (context, { params, body }) => byOpener(context, params.entry, (entry) => resumeEntry(context.node, entry, body.reason, body.dueOn))),
  handle(withdrawFolderEntry, async (context, { params }) => byOpener(context, params.entry, async (entry) => {
    if ((await ownStance(context.node, entry.text)) !== undefined) return refuse('folder.over');
    return withdrawEntry(context.node, entry.id);
  })),
  handle(remindFolderEntry, async (context, { params }) => {
    const found = await find(context, params.entry);
    if (!found.ok) return found;
    const { entry } = found.value;
    if (entry.opened_by !== context.actor.officer && entry.signer !== context.actor.officer) return refuse('folder.not-yours');
    const done = await remind(context.node, entry.id);
    return done.ok ? changed(context, entry.id) : done;
  }),
  ...absenceRoutes,
];

async function viewingOf({ node, reader }: HandlerContext): Promise<Viewing> {
  return { node, reader, absences: await absences(node), today: await todayOf(node) };
}

/** The text's scope, if the reader may read it. */
async function readableScope({ node, reader }: HandlerContext, text: string): Promise<string | undefined> {
  const scope = await scopeOfText(node, text);
  return scope !== undefined && mayRead(reader, scope, 'CLEAR') ? scope : undefined;
}

async function check(context: HandlerContext, scope: string, opening: { text: string; signer: ObjectId; steps: readonly ObjectId[] }): Promise<Result<undefined>> {
  const { node, reader } = context;
  if (!(['draft', 'report', 'sign'] as const).some((power) => holds(reader, power, scope))) return refuse('mandate.power-missing', { power: 'draft' });
  if ((await ownStance(node, opening.text)) !== undefined) return refuse('folder.stance-taken');
  const officers = await officersHere(node);
  const signer = officers.find(({ officer }) => officer === opening.signer);
  if (signer === undefined || !holds(signer.reader, 'sign', scope)) return refuse('folder.signer-cannot-sign');
  if (new Set(opening.steps).size !== opening.steps.length) return refuse('folder.step-twice');
  const readers = officers.filter((one) => mayRead(one.reader, scope, 'CLEAR')).map(({ officer }) => officer);
  return opening.steps.every((officer) => readers.includes(officer)) ? ok(undefined) : refuse('folder.officer-cannot-read');
}

async function find(context: HandlerContext, id: string): Promise<Result<Stored>> {
  const stored = await readEntry(context.node, id);
  return stored !== undefined && takesPart(await viewingOf(context), stored) ? ok(stored) : refuse('folder.unknown');
}

async function show(context: HandlerContext, id: string): Promise<Result<FolderEntry>> {
  const found = await find(context, id);
  return found.ok ? ok(await viewOf(await viewingOf(context), found.value)) : found;
}

async function changed(context: HandlerContext, id: string): Promise<Result<FolderEntry>> {
  context.announce('folder');
  const stored = await readEntry(context.node, id);
  return stored === undefined ? refuse('folder.unknown') : ok(await viewOf(await viewingOf(context), stored));
}

async function answer(context: HandlerContext, id: string, outcome: 'cleared' | 'returned', note: string | undefined): Promise<Result<FolderEntry>> {
  const found = await find(context, id);
  if (!found.ok) return found;
  if ((await ownStance(context.node, found.value.entry.text)) !== undefined) return refuse('folder.not-your-turn');
  const done = await answerStep(context.node, id, context.actor.officer, outcome, note);
  return done.ok ? changed(context, id) : done;
}

async function byOpener(context: HandlerContext, id: string, work: (entry: EntryRow) => Promise<Result<undefined>>): Promise<Result<FolderEntry>> {
  const found = await find(context, id);
  if (!found.ok) return found;
  if (found.value.entry.opened_by !== context.actor.officer) return refuse('folder.not-yours');
  const done = await work(found.value.entry);
  return done.ok ? changed(context, id) : done;
}
