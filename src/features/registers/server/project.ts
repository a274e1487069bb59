/**
 * Read table of register entries. One row per object, made of one act: the latest of its party's own log
 * (an id belongs to the party that made it), so the rows do not depend on how logs interleave.
 */
import { partsOf } from '../../../record/act.ts';
import type { Label } from '../../../kernel/language.ts';
import type { Decided, Projection } from '../../../node/projection.ts';
import type { Tx } from '../../../node/ports.ts';
import { readLabel } from '../../labels/published.ts';
import { LABEL_MEDIA } from '../../texts/content.ts';
import type { Registers } from '../published.ts';

export interface RegistersEntryTable {
  kind: string;
  id: string;
  party: string;
  idx: number;
  act: string;
  scope: string;
  at: string;
  /** JSON of the act's body. */
  body: string;
  /** JSON: commitment → label, for the labels that were held when the act was decided. */
  labels: string;
}

declare module '../../../node/tables.ts' {
  interface Tables {
    registers_entry: RegistersEntryTable;
  }
}

export function registersProjection(registers: readonly Registers[]): Projection {
  return {
    name: 'registers',
    version: 1,
    mode: 'inline',
    tables: [{
      name: 'registers_entry',
      sql: [
        `CREATE TABLE registers_entry (
          kind TEXT NOT NULL, id TEXT NOT NULL, party TEXT NOT NULL, idx INTEGER NOT NULL, act TEXT NOT NULL,
          scope TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL, labels TEXT NOT NULL, PRIMARY KEY (kind, id))`,
      ],
    }],
    apply: (tx, entry) => enter(registers, tx, entry),
  };
}

async function enter(registers: readonly Registers[], tx: Tx, entry: Decided): Promise<void> {
  if (entry.verdict !== 'valid') return;
  const { id: act, index, act: { type, party, scope, at, body } } = entry.placed;
  if (type === 'part.erased') await forget(tx, (body.parts as unknown[]).filter((part) => typeof part === 'string'));
  for (const register of registers) {
    const made = register(entry.placed);
    if (made === undefined) continue;
    const labels = await labelsOf(entry);
    const row = { party, idx: index, act, scope, at, body: JSON.stringify(body), labels: JSON.stringify(labels) };
    await tx.db.insertInto('registers_entry').values({ kind: made.kind, id: made.id, ...row })
      .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(row)).execute();
  }
}

async function labelsOf(entry: Decided): Promise<Record<string, Label>> {
  const labels: Record<string, Label> = {};
  for (const ref of partsOf(entry.placed.act.body)) {
    if (ref.media !== LABEL_MEDIA || ref.class !== 'text') continue;
    const bytes = await entry.openText(ref);
    const label = bytes === undefined ? undefined : readLabel(bytes);
    if (label !== undefined) labels[ref.part] = label;
  }
  return labels;
}

/** Takes erased labels out of the rows. A scan: erasures are rare and the register is short. */
async function forget(tx: Tx, erased: readonly string[]): Promise<void> {
  for (const part of erased) {
    const rows = await tx.db.selectFrom('registers_entry').select(['kind', 'id', 'labels']).where('labels', 'like', `%"${part}"%`).execute();
    for (const { kind, id, labels } of rows) {
      const { [part]: _, ...kept } = JSON.parse(labels) as Record<string, Label>;
      await tx.db.updateTable('registers_entry').set({ labels: JSON.stringify(kept) }).where('kind', '=', kind).where('id', '=', id).execute();
    }
  }
}
