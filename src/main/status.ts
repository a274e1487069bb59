/** `alternat status`: what a node holds, read from its database alone; beside a running node or without one. */
import { existsSync } from 'node:fs';
import { BODY } from '../features/committee/published.ts';
import { CENTRE } from '../features/centres/published.ts';
import { INSTRUMENT } from '../features/agreements/published.ts';
import { EDITION, SERIES } from '../features/symposia/published.ts';
import { fromUtf8 } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Tx } from '../node/ports.ts';
import { StoreFault } from '../node/store-fault.ts';
import type { Charter } from '../record/charter.ts';
import { askAsync } from '../record/decide.ts';
import { conclusionOf, TEXT, type TextData } from '../record/stances.ts';
import { dataDirectory, readConfig } from './config.ts';
import { openStore } from './open.ts';

export interface Status {
  readonly space: Hash;
  readonly party: PartyId;
  /** `delivered`: the size that the node of every other party has cosigned, as far as is known here. */
  readonly logs: Readonly<Record<PartyId, { readonly size: number; readonly root: Hash; readonly delivered: number }>>;
  /** Joint texts by their state; `proposed` is neither concluded nor dead. Charter changes are not counted. */
  readonly texts: { readonly concluded: number; readonly proposed: number; readonly dead: number };
  /** Objects in the record, by kind. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Kinds of objects and the facts that say that one exists. */
const KINDS: readonly (readonly [kind: string, fact: string])[] = [
  ['instrument', INSTRUMENT], ['committee', BODY], ['series', SERIES], ['edition', EDITION], ['centre', CENTRE],
];

/** Refusals `data.…`, `node.not-founded`, `store.…`. */
export async function status(path: string): Promise<Result<Status>> {
  const data = dataDirectory(path);
  const config = readConfig(data);
  if (!config.ok) return config;
  if (config.value.engine.kind === 'sqlite' && !existsSync(data.database)) return refuse('node.not-founded');
  try {
    const store = await openStore(data, config.value, true);
    try {
      return await store.read((tx) => readStatus(tx, config.value.party.id));
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreFault) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

async function readStatus(tx: Tx, party: PartyId): Promise<Result<Status>> {
  const space = await tx.db.selectFrom('space').selectAll().executeTakeFirst();
  if (space === undefined || space.id === '') return refuse('node.not-founded');
  const genesis = JSON.parse(fromUtf8(space.charter) ?? '{}') as Charter;
  const parties = genesis.parties.map((member) => member.id);
  const logs: Record<PartyId, Status['logs'][PartyId]> = {};
  for (const head of await tx.heads()) {
    logs[head.party] = { size: head.size, root: head.root, delivered: await deliveredOf(tx, head.party, parties) };
  }
  const { texts, count } = await readTexts(tx, genesis);
  const kinds: Record<string, number> = count === 0 ? {} : { text: count };
  for (const [kind, fact] of KINDS) {
    const n = await countKeys(tx, fact);
    if (n > 0) kinds[kind] = n;
  }
  return ok({ space: space.id, party, logs, texts, kinds });
}

async function deliveredOf(tx: Tx, log: PartyId, parties: readonly PartyId[]): Promise<number> {
  const rows = await tx.db.selectFrom('cosignature').select((all) => ['by', all.fn.max('size').as('size')]).where('party', '=', log).groupBy('by').execute();
  const sizes = new Map(rows.map((row) => [row.by, Number(row.size)]));
  return Math.min(...parties.filter((party) => party !== log).map((party) => sizes.get(party) ?? 0));
}

async function readTexts(tx: Tx, genesis: Charter): Promise<{ texts: Status['texts']; count: number }> {
  const texts = { concluded: 0, proposed: 0, dead: 0 };
  const rows = await tx.db.selectFrom('fact').select(['key', 'data']).where('kind', '=', TEXT).execute();
  let count = 0;
  for (const row of rows) {
    if ((JSON.parse(row.data) as TextData).kind === 'charter') continue;
    count++;
    const state = await askAsync(conclusionOf(row.key, genesis), tx);
    texts[state === 'open' ? 'proposed' : state]++;
  }
  return { texts, count };
}

async function countKeys(tx: Tx, kind: string): Promise<number> {
  const row = await tx.db.selectFrom('fact').select((all) => all.fn.count('key').distinct().as('n')).where('kind', '=', kind).executeTakeFirst();
  return Number(row?.n ?? 0);
}
