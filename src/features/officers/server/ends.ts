/**
 * The day on which a mandate ends. No rule reads a clock, so the date in a mandate binds nobody by
 * itself: on the day after it the owner's node writes the revocation, as its own office. Whatever was
 * signed before that act stands. Stopped anywhere, it finds the rest the next time; a second process
 * that does the same is refused by the rules, and the work is done once.
 */
import type { Node } from '../../../node/node.ts';
import type { ObjectId } from '../../../kernel/ids.ts';
import type { PlainDate } from '../../../kernel/time.ts';
import { revoke } from '../commands.ts';
import { todayOf } from './published.ts';

const EVERY_MS = 15 * 60_000;

/** Revokes what ended before `today`; answers how many. A mandate without a last day keeps all of the officer's alive. */
export async function endDueMandates(node: Node, today: PlainDate): Promise<number> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('officers_mandate').select(['officer', 'until']).where('party', '=', node.party).where('ended_by', 'is', null).execute());
  const lastDays = new Map<ObjectId, PlainDate>();
  for (const { officer, until } of rows) {
    const known = lastDays.get(officer) ?? '';
    lastDays.set(officer, until === null ? FOREVER : until > known ? until : known);
  }
  const due = [...lastDays].filter(([, until]) => until < today).map(([officer]) => officer);
  let ended = 0;
  for (const officer of due) if ((await node.submit([revoke(officer, 'ended')], 'service')).ok) ended++;
  return ended;
}

const FOREVER: PlainDate = '9999-12-31';

/** Looks now and every quarter of an hour, by the party's own calendar. */
export function startMandateEnds(node: Node, onFault: (error: unknown) => void): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    running = running.then(async () => endDueMandates(node, await todayOf(node))).catch(onFault);
  };
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  look();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
