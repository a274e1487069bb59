/**
 * Decided acts of offices, mandates and keys → rows (tables.ts). Each act touches rows of its own
 * party's log only (ids name their party, and the rules hold acts to it), so the interleaving of logs
 * does not matter.
 */
import type { z } from 'zod';
import { nodeEngine } from '../../../adapters/engine/node-engine.ts';
import { fromBase64 } from '../../../kernel/bytes.ts';
import type { PartRef } from '../../../record/act.ts';
import { mandateGrantV1, mandateKeyV1, mandateRevokeV1, type GrantedKey } from '../../../record/mandate.ts';
import { keyId } from '../../../record/signature.ts';
import type { Decided, Projection } from '../../../node/projection.ts';
import type { Tx } from '../../../node/ports.ts';
import { readLabel } from '../../labels/published.ts';
import { corpsDeclareV1, officeDeclareV1 } from '../acts.ts';
import { tables } from './tables.ts';

export const officersProjection: Projection = { name: 'officers', version: 2, mode: 'inline', tables, apply };

const engine = nodeEngine();

async function apply(tx: Tx, entry: Decided): Promise<void> {
  if (entry.verdict !== 'valid') return;
  const { type, v, body } = entry.placed.act;
  if (v !== 1) return;
  if (type === 'office.declare') await declareOffice(tx, entry, officeDeclareV1.parse(body));
  else if (type === 'corps.declare') await declareCorps(tx, entry, corpsDeclareV1.parse(body));
  else if (type === 'mandate.grant') await grant(tx, entry, mandateGrantV1.parse(body));
  else if (type === 'mandate.key') await addKey(tx, entry, mandateKeyV1.parse(body));
  else if (type === 'mandate.revoke') await revoke(tx, entry, mandateRevokeV1.parse(body));
}

async function labelText(entry: Decided, ref: PartRef): Promise<string> {
  const bytes = await entry.openText(ref);
  const label = bytes === undefined ? undefined : readLabel(bytes);
  return label === undefined ? '' : JSON.stringify(label);
}

async function declareOffice(tx: Tx, entry: Decided, body: z.infer<typeof officeDeclareV1>): Promise<void> {
  const { party, scope } = entry.placed.act;
  const row = { party, corps: body.corps ?? null, part: body.title.part, title: await labelText(entry, body.title), scope };
  await tx.db.insertInto('officers_office').values({ id: body.office, ...row }).onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
}

async function declareCorps(tx: Tx, entry: Decided, body: z.infer<typeof corpsDeclareV1>): Promise<void> {
  const { party, scope } = entry.placed.act;
  const short = body.short === undefined ? '' : await labelText(entry, body.short);
  const row = { party, part: body.name.part, name: await labelText(entry, body.name), short_part: body.short?.part ?? null, short, scope };
  await tx.db.insertInto('officers_corps').values({ id: body.corps, ...row }).onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
}

async function grant(tx: Tx, entry: Decided, body: z.infer<typeof mandateGrantV1>): Promise<void> {
  const { id, index, act: { party, at, scope } } = entry.placed;
  await tx.db.insertInto('officers_mandate').values({
    act: id, party, idx: index, officer: body.officer, office: body.office, powers: JSON.stringify(body.powers), scopes: JSON.stringify(body.scopes),
    clearance: body.clearance, until: body.until ?? null, at, scope, ended_by: null, ended_at: null, ended_reason: null,
  }).execute();
  if (body.key !== undefined) await enterKey(tx, entry, body.officer, body.key);
}

async function addKey(tx: Tx, entry: Decided, body: z.infer<typeof mandateKeyV1>): Promise<void> {
  await enterKey(tx, entry, body.officer, body.key);
}

async function enterKey(tx: Tx, entry: Decided, officer: string, key: GrantedKey): Promise<void> {
  const { id, index, act: { party, at, scope } } = entry.placed;
  await tx.db.insertInto('officers_key').values({
    key: keyId(engine, key.alg, fromBase64(key.public) ?? new Uint8Array(0)), party, idx: index, officer, kind: key.kind, credential: key.credential ?? null, act: id, at, scope,
    ended_by: null, ended_at: null, ended_reason: null, disputed_since: null,
  }).execute();
}

async function revoke(tx: Tx, entry: Decided, body: z.infer<typeof mandateRevokeV1>): Promise<void> {
  const { id, act: { at } } = entry.placed;
  const ended = { ended_by: id, ended_at: at, ended_reason: body.reason };
  let keys = tx.db.updateTable('officers_key').set({ ...ended, disputed_since: body.since ?? null }).where('officer', '=', body.officer).where('ended_by', 'is', null);
  if (body.key !== undefined) keys = keys.where('key', '=', body.key);
  await keys.execute();
  if (body.key === undefined) await tx.db.updateTable('officers_mandate').set(ended).where('officer', '=', body.officer).where('ended_by', 'is', null).execute();
}
