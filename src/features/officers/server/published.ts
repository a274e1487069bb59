/** What other slices ask about officers: the titles of offices, who holds them, and what an officer may read. */
import type { Label } from '../../../kernel/language.ts';
import type { Hash, ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { PlainDate } from '../../../kernel/time.ts';
import { mandatesOf } from '../../../record/mandate-facts.ts';
import { askAsync } from '../../../record/decide.ts';
import type { Node } from '../../../node/node.ts';
import type { Tx } from '../../../node/ports.ts';
import type { PreparedAnswer } from '../../../record/answers.ts';
import { readLabel } from '../../labels/published.ts';
import { readerOf, type Mark, type Reader } from '../reading.ts';

export interface Office {
  readonly id: ObjectId;
  readonly party: PartyId;
  readonly title: Label;
  readonly corps?: ObjectId;
}

/** What the officer may do and read now, from the facts of their mandates; undefined when none stands. */
export async function loadReader(node: Pick<Node, 'party' | 'store'>, officer: ObjectId): Promise<Reader | undefined> {
  const mandates = await node.store.read((tx) => askAsync(mandatesOf(node.party, officer), tx));
  if (mandates.length === 0) return undefined;
  return readerOf(node.party, officer, mandates.map(({ data }) => ({ scopes: data.scopes, powers: data.powers, clearance: data.clearance as Mark })));
}

/** Titles of offices by id; an office that was never declared, or whose title is not held here, is missing. */
export async function officeTitles(node: Node, ids?: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, Office>> {
  if (ids?.length === 0) return new Map();
  const rows = await node.store.read((tx) => {
    let query = tx.db.selectFrom('officers_office').selectAll();
    if (ids !== undefined) query = query.where('id', 'in', [...ids]);
    return query.orderBy('id').execute();
  });
  const offices = new Map<ObjectId, Office>();
  for (const row of rows) {
    const title = await labelOf(node, row.part, row.title);
    if (title !== undefined) offices.set(row.id, { id: row.id, party: row.party, title, ...(row.corps === null ? {} : { corps: row.corps }) });
  }
  return offices;
}

/** Names of corps by id. */
export async function corpsNames(node: Node): Promise<readonly { id: ObjectId; party: PartyId; name: Label }[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('officers_corps').selectAll().orderBy('id').execute());
  const corps: { id: ObjectId; party: PartyId; name: Label }[] = [];
  for (const row of rows) {
    const name = await labelOf(node, row.part, row.name);
    if (name !== undefined) corps.push({ id: row.id, party: row.party, name });
  }
  return corps;
}

/** The office that an officer holds by their first standing mandate (or held by the last one), as an id. */
export async function officeHeldBy(tx: Tx, officer: ObjectId): Promise<ObjectId | undefined> {
  const row = await tx.db.selectFrom('officers_mandate').select(['office', 'ended_by', 'idx']).where('officer', '=', officer)
    .orderBy((order) => order.case().when('ended_by', 'is', null).then(0).else(1).end()).orderBy('idx', 'desc').limit(1).executeTakeFirst();
  return row?.office;
}

/** A prepared act as its officer's page shows it: each passkey by the name that the officer gave it, on this node alone. */
export async function withKeyNames(node: Pick<Node, 'store'>, officer: ObjectId, prepared: PreparedAnswer): Promise<PreparedAnswer> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('credential').select(['key', 'label']).where('officer', '=', officer).where('state', '=', 'active').execute());
  const names = new Map(rows.map((row) => [row.key, row.label]));
  return { ...prepared, keys: prepared.keys.map((key) => ({ ...key, label: names.get(key.key) ?? key.label })) };
}

/** The party's own calendar day. */
export async function todayOf(node: Node): Promise<PlainDate> {
  const { charter } = await node.charter();
  const zone = charter.parties.find((party) => party.id === node.party)?.zone ?? 'UTC';
  return Temporal.Instant.from(node.mint.now()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The label in the read table, or opened now when its part came after the act. */
async function labelOf(node: Node, part: Hash, stored: string): Promise<Label | undefined> {
  if (stored !== '') return JSON.parse(stored) as Label;
  const opened = await node.openPart(part);
  return opened.ok ? readLabel(opened.value.plaintext) : undefined;
}
