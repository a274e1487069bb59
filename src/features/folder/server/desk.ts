/** What the signature folder puts on a desk: my turn to clear, a text of mine that came back, one that is cleared for me to sign. */
import type { Node } from '../../../node/node.ts';
import type { PlainDate } from '../../../kernel/time.ts';
import type { DeskSource } from '../../desk/server/published.ts';
import { todayOf } from '../../officers/server/published.ts';
import type { FolderEntry } from '../contract.ts';
import { absences, readOpenEntries } from './entries.ts';
import { takesPart, viewOf } from './view.ts';

type DeskRow = Awaited<ReturnType<DeskSource>>[number];

export const folderDesk: DeskSource = async ({ node, reader }) => {
  const viewing = { node, reader, absences: await absences(node), today: await todayOf(node) };
  const open = (await readOpenEntries(node)).filter((stored) => takesPart(viewing, stored));
  const zone = await zoneOf(node);
  return (await Promise.all(open.map((stored) => viewOf(viewing, stored)))).flatMap((entry) => rowsOf(entry, node.party, zone));
};

function rowsOf(entry: FolderEntry, party: string, zone: string): DeskRow[] {
  const key = entry.may.includes('clear') ? 'folder-clear' : entry.may.includes('sign') ? 'folder-sign' : entry.may.includes('resume') ? 'folder-returned' : undefined;
  if (key === undefined) return [];
  const turn = entry.steps.find((step) => step.turn);
  return [{
    id: `folder ${entry.entry} ${entry.round} ${key}`, band: entry.overdue ? 'late' : 'waiting', key, params: { reminders: turn?.reminders ?? 0 },
    labels: { title: entry.title, office: entry.openedBy.office }, by: { party, office: entry.openedBy.office }, at: turn?.remindedAt ?? entry.openedAt,
    ...(entry.dueOn === undefined ? {} : { dueAt: endOf(entry.dueOn, zone) }),
    href: key === 'folder-sign' ? `/texts/${entry.text}` : `/folder/${entry.entry}`,
  }];
}

async function zoneOf(node: Node): Promise<string> {
  const { charter } = await node.charter();
  return charter.parties.find((one) => one.id === node.party)?.zone ?? 'UTC';
}

/** The instant at which the day is over in the party's zone. */
function endOf(day: PlainDate, zone: string): string {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant();
  return next.toString({ fractionalSecondDigits: 3 });
}
