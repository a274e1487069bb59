/** Pages of the journal as its auditor sees them. Two queries, and one for the titles of offices. */
import type { ObjectId } from '../../../kernel/ids.ts';
import type { Label } from '../../../kernel/language.ts';
import { journalAnchors } from '../../../node/journal-anchor.ts';
import { journalHead } from '../../../node/journal.ts';
import type { Node } from '../../../node/node.ts';
import { readJournalEntry, type JournalEntry, type JournalOperation } from '../../../record/journal.ts';
import { officeHeldBy, officeTitles } from '../../officers/server/published.ts';
import { PAGE_MAX } from '../contract.ts';
import type { JournalRowView } from '../views.ts';

export interface JournalFilter {
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
  readonly operation?: JournalOperation | undefined;
}

export async function journalPage(node: Node, filter: JournalFilter) {
  const limit = Math.min(filter.limit ?? 50, PAGE_MAX);
  const { head, anchor, stored } = await node.store.read(async (tx) => ({
    head: await journalHead(tx),
    anchor: (await journalAnchors(tx, node.party)).at(-1),
    stored: await tx.db.selectFrom('journal_entry').select(['n', 'entry'])
      .$if(filter.before !== undefined, (query) => query.where('n', '<', filter.before as number))
      .$if(filter.operation !== undefined, (query) => query.where('operation', '=', filter.operation as string))
      .orderBy('n', 'desc').limit(limit + 1).execute(),
  }));
  const page = stored.slice(0, limit).map(({ n, entry }) => ({ n: Number(n), entry: readJournalEntry(entry) }));
  const office = await officesOf(node, page.flatMap(({ entry }) => (entry.ok ? officersIn(entry.value) : [])));
  const rows = page.map(({ n, entry }): JournalRowView => (entry.ok ? rowOf(entry.value, n, office) : { readable: false, n }));
  const last = page.at(-1);
  return {
    rows, size: head?.size ?? 0,
    ...(anchor === undefined ? {} : { anchor }),
    ...(stored.length > limit && last !== undefined ? { next: last.n } : {}),
  };
}

function officersIn({ who, recipients }: JournalEntry): ObjectId[] {
  return [...(who === 'service' || who === 'operator' ? [] : [who]), ...recipients.flatMap((one) => ('officer' in one ? [one.officer] : []))];
}

async function officesOf(node: Node, officers: readonly ObjectId[]): Promise<(officer: ObjectId) => Label | undefined> {
  const held = await node.store.read(async (tx) => {
    const found = new Map<ObjectId, ObjectId>();
    for (const officer of new Set(officers)) {
      const office = await officeHeldBy(tx, officer);
      if (office !== undefined) found.set(officer, office);
    }
    return found;
  });
  const titles = await officeTitles(node, [...new Set(held.values())]);
  return (officer) => titles.get(held.get(officer) ?? '')?.title;
}

function rowOf(entry: JournalEntry, n: number, office: (officer: ObjectId) => Label | undefined): JournalRowView {
  const officerView = (officer: ObjectId) => {
    const title = office(officer);
    return { kind: 'officer' as const, officer, ...(title === undefined ? {} : { office: title }) };
  };
  const { at, operation, who, subject, form, why, recipients } = entry;
  return {
    readable: true, n, at, operation, subject,
    who: who === 'service' || who === 'operator' ? { kind: who } : officerView(who),
    ...(form === undefined ? {} : { form }),
    why: { code: why.code, ...(why.words === undefined ? {} : { words: why.words }) },
    recipients: recipients.map((one) => ('officer' in one ? officerView(one.officer) : 'party' in one ? { kind: 'party' as const, party: one.party } : { kind: 'bearer' as const })),
  };
}
