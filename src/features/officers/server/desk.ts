/** What administering officers puts on a desk: passkeys that wait to be confirmed, mandates whose last day is near. */
import type { Label } from '../../../kernel/language.ts';
import type { Node } from '../../../node/node.ts';
import type { ObjectId } from '../../../kernel/ids.ts';
import type { DeskSource } from '../../desk/server/published.ts';
import { holds } from '../reading.ts';
import { officeHeldBy, officeTitles, todayOf } from './published.ts';

type DeskRow = Awaited<ReturnType<DeskSource>>[number];
const NEAR_DAYS = 14;

export const officersDesk: DeskSource = async ({ node, reader }) => {
  if (!holds(reader, 'administer', 'space')) return [];
  return [...(await waitingKeys(node)), ...(await nearEnds(node))];
};

async function waitingKeys(node: Node): Promise<DeskRow[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('credential').select(['id', 'officer', 'created_at']).where('state', '=', 'active').where('proof', 'is not', null).orderBy('created_at').execute());
  return Promise.all(rows.map(async (row): Promise<DeskRow> => {
    const office = await titleFor(node, row.officer);
    return {
      id: `key ${row.id}`, band: 'waiting', key: 'key-waiting', params: {}, labels: { office }, by: { party: node.party, office }, at: row.created_at,
      href: `/settings/officers/${row.officer}`, action: { operation: 'officers.confirm-key', params: { credential: row.id } },
    };
  }));
}

async function nearEnds(node: Node): Promise<DeskRow[]> {
  const limit = Temporal.PlainDate.from(await todayOf(node)).add({ days: NEAR_DAYS }).toString();
  const rows = await node.store.read((tx) => tx.db.selectFrom('officers_mandate').select(['officer', 'until', 'at']).where('party', '=', node.party).where('ended_by', 'is', null).orderBy('idx').execute());
  const ending = [...Map.groupBy(rows, (row) => row.officer)].flatMap(([officer, held]) => {
    const last = held.some((row) => row.until === null) ? undefined : held.map((row) => row.until as string).sort().at(-1);
    return last === undefined || last > limit ? [] : [{ officer, last, at: (held[0] as (typeof held)[number]).at }];
  });
  return Promise.all(ending.map(async ({ officer, last, at }): Promise<DeskRow> => {
    const office = await titleFor(node, officer);
    return { id: `mandate ${officer} ${last}`, band: 'due-soon', key: 'mandate-ends', params: { on: last }, labels: { office }, by: { party: node.party, office }, at, href: `/settings/officers/${officer}` };
  }));
}

async function titleFor(node: Node, officer: ObjectId): Promise<Label> {
  const office = await node.store.read((tx) => officeHeldBy(tx, officer));
  return (office === undefined ? undefined : (await officeTitles(node, [office])).get(office)?.title) ?? { en: office ?? officer };
}
