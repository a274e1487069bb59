/** The day's anchor of the access journal, by the node's own office. Stopped anywhere, it looks again the next time. */
import type { Node } from '../../../node/node.ts';
import { anchorJournalOn } from '../../../node/journal-anchor.ts';
import type { Engine } from '../../../record/engine.ts';
import { todayOf } from '../../officers/server/published.ts';

const EVERY_MS = 15 * 60_000;

/** Looks now and every quarter of an hour, by the party's own calendar. `onFault` hears of refusals too. */
export function startJournalAnchors(node: Node, engine: Engine, onFault: (error: unknown) => void): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    running = running.then(() => anchorToday(node, engine, onFault)).catch(onFault);
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

/** Anchors what was added since the last calendar day on which an anchor was written. */
export async function anchorToday(node: Node, engine: Engine, onFault: (error: unknown) => void): Promise<void> {
  const { charter } = await node.charter();
  const zone = charter.parties.find((party) => party.id === node.party)?.zone ?? 'UTC';
  const dayOf = (instant: string): string => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
  const done = await anchorJournalOn(node, engine, await todayOf(node), dayOf);
  if (!done.ok) onFault(new Error(done.refusal.code));
}
