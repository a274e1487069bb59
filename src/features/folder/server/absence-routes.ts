/** Absences and substitutes. A substitute answers in the folder; a signature is always by a mandate and key of one's own. */
import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { holds } from '../../officers/reading.ts';
import { todayOf } from '../../officers/server/published.ts';
import { endAbsence, enterAbsence, listAbsences } from '../contract.ts';
import { absences, type AbsenceRow } from './entries.ts';
import { labelled, officersHere } from './view.ts';

export const absenceRoutes: readonly Route[] = [
  handle(listAbsences, async (context) => {
    const today = await todayOf(context.node);
    const current = (await absences(context.node)).filter(({ to }) => to >= today);
    return ok({ rows: await Promise.all(current.map(({ row }) => viewOf(context, row, today))) });
  }),
  handle(enterAbsence, async (context, { body }) => {
    const officer = body.officer ?? context.actor.officer;
    if (officer !== context.actor.officer && !holds(context.reader, 'administer', 'space')) return refuse('mandate.power-missing', { power: 'administer' });
    if (body.to < body.from) return refuse('folder.absence-backwards');
    if (officer === body.substitute) return refuse('folder.substitute-self');
    const known = (await officersHere(context.node)).map((one) => one.officer);
    if (!known.includes(officer) || !known.includes(body.substitute)) return refuse('officer.unknown');
    const row: AbsenceRow = {
      id: context.node.mint.random(10).toHex(), officer, substitute: body.substitute, from_on: body.from, to_on: body.to,
      entered_by: context.actor.officer, entered_at: context.now, ended_at: null,
    };
    await context.node.store.write((tx) => tx.db.insertInto('folder_absence').values(row).execute());
    context.announce('folder');
    return ok(await viewOf(context, row, await todayOf(context.node)));
  }),
  handle(endAbsence, async (context, { params }) => {
    const row = (await absences(context.node)).find((absence) => absence.row.id === params.absence)?.row;
    if (row === undefined) return refuse('folder.absence-unknown');
    if (row.officer !== context.actor.officer && !holds(context.reader, 'administer', 'space')) return refuse('mandate.power-missing', { power: 'administer' });
    await context.node.store.write((tx) => tx.db.updateTable('folder_absence').set({ ended_at: context.now }).where('id', '=', row.id).execute());
    context.announce('folder');
    return ok({ ended: true as const });
  }),
];

async function viewOf({ node, actor }: HandlerContext, row: AbsenceRow, today: string): Promise<{
  absence: string; officer: Awaited<ReturnType<typeof labelled>>; substitute: Awaited<ReturnType<typeof labelled>>; from: string; to: string; mine: boolean; now: boolean;
}> {
  return {
    absence: row.id, officer: await labelled(node, row.officer), substitute: await labelled(node, row.substitute), from: row.from_on, to: row.to_on,
    mine: row.officer === actor.officer, now: row.from_on <= today && today <= row.to_on,
  };
}
