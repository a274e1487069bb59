/** Reading register entries, for the slices whose acts they are and for the mechanism at a glance. */
import type { Label } from '../../../kernel/language.ts';
import type { Hash, ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/time.ts';
import { partsOf, type PartRef } from '../../../record/act.ts';
import type { Node } from '../../../node/node.ts';
import { readLabel } from '../../labels/published.ts';
import type { Reader } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import { LABEL_MEDIA } from '../../texts/content.ts';

/** An entry as a reader may see it. `label` answers `{}` for what was erased or withheld. */
export interface Entry<B> {
  readonly kind: string;
  readonly id: ObjectId;
  readonly revision: Hash;
  readonly party: PartyId;
  readonly index: number;
  readonly at: Instant;
  readonly scope: string;
  readonly body: B;
  label(ref: PartRef): Label;
}

/** Entries of these kinds that the reader may read, oldest first by their own clocks; one query. */
export async function registerEntries<B>(node: Node, reader: Reader, kinds: readonly string[], id?: ObjectId): Promise<Entry<B>[]> {
  const rows = await node.store.read((tx) => {
    let query = tx.db.selectFrom('registers_entry').selectAll()
      .where('kind', 'in', [...kinds])
      .where(readable(reader, { scope: 'registers_entry.scope' }))
      .orderBy('at').orderBy('party').orderBy('idx');
    if (id !== undefined) query = query.where('id', '=', id);
    return query.execute();
  });
  return Promise.all(rows.map(async (row) => {
    const body = JSON.parse(row.body) as B;
    const labels = await complete(node, body, JSON.parse(row.labels) as Record<Hash, Label>);
    return {
      kind: row.kind, id: row.id, revision: row.act, party: row.party, index: row.idx, at: row.at, scope: row.scope, body,
      label: (ref: PartRef) => labels[ref.part] ?? {},
    };
  }));
}

/** A part that came after its act was decided is opened now; the usual row has them all and asks nothing. */
async function complete(node: Node, body: unknown, labels: Record<Hash, Label>): Promise<Record<Hash, Label>> {
  for (const ref of partsOf(body)) {
    if (ref.media !== LABEL_MEDIA || labels[ref.part] !== undefined) continue;
    const opened = await node.openPart(ref.part);
    const label = opened.ok ? readLabel(opened.value.plaintext) : undefined;
    if (label !== undefined) labels[ref.part] = label;
  }
  return labels;
}
