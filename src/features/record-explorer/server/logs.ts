/** Logs and their acts as rows. Only reads; what the reader may not read shows as position and digest. */
import type { ExpressionBuilder } from 'kysely';
import type { ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { Label } from '../../../kernel/language.ts';
import { instantOf } from '../../../kernel/time.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { originOf } from '../../../record/checkpoint.ts';
import type { Node } from '../../../node/node.ts';
import type { Head, Tx } from '../../../node/ports.ts';
import type { Tables } from '../../../node/tables.ts';
import { parseEnvelope } from '../../../record/envelope.ts';
import { decodeAct } from '../../../record/codec.ts';
import { mayRead, type Reader } from '../../officers/reading.ts';
import { officeTitles } from '../../officers/server/published.ts';
import { readable } from '../../officers/server/reading.ts';
import { PAGE_MAX } from '../contract.ts';
import type { ActRow, LogView } from '../views.ts';

export async function logViews(node: Node): Promise<LogView[]> {
  const { charter } = await node.charter();
  const { heads, stored } = await node.store.read(async (tx) => ({
    heads: await tx.heads(),
    stored: await tx.db.selectFrom('cosignature').select(['party', 'by', (all) => all.fn.max('size').as('size'), (all) => all.fn.max('at').as('at')]).groupBy(['party', 'by']).execute(),
  }));
  const views: LogView[] = [];
  for (const { id: party } of charter.parties) {
    const head = heads.find((one) => one.party === party);
    if (head === undefined) continue;
    const note = await node.checkpoint(party);
    views.push({
      party, own: party === node.party, epoch: head.epoch, origin: originOf(node.space, party, head.epoch), size: head.size, root: head.root, decided: head.decided,
      ...(head.frozenAt === undefined ? {} : { frozenAt: head.frozenAt }),
      ...(note === undefined ? {} : { note }),
      stored: charter.parties.filter((other) => other.id !== party).map((other) => storedBy(node, head, other.id, stored)),
    });
  }
  return views.sort((a, b) => Number(b.own) - Number(a.own));
}

function storedBy(node: Node, head: Head, party: PartyId, stored: readonly { party: string; by: string; size: number; at: number }[]): LogView['stored'][number] {
  const row = stored.find((one) => one.party === head.party && one.by === party);
  const size = party === node.party ? head.size : Number(row?.size ?? 0);
  return { party, size, ...(row === undefined ? {} : { at: instantOf(Number(row.at) * 1000) }) };
}

export interface ActFilters {
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
  readonly type?: string | undefined;
  readonly effect?: 'valid' | 'none' | 'undecided' | undefined;
}

/** One page of a log, newest first. Three queries, however long the page. */
export async function actPage(node: Node, reader: Reader, party: PartyId, filters: ActFilters): Promise<{ rows: ActRow[]; next?: number; size: number; types: string[] } | undefined> {
  const limit = Math.min(filters.limit ?? 50, PAGE_MAX);
  const filtered = filters.type !== undefined || filters.effect !== undefined;
  const found = await node.store.read(async (tx) => {
    const head = await tx.head(party);
    if (head === undefined) return undefined;
    const leaves = await tx.db.selectFrom('leaf').select(['party', 'idx', 'act', 'type', 'scope', 'envelope', 'verdict']).where('party', '=', party)
      .where('idx', '<', filters.before ?? head.size)
      .$if(filtered, (query) => query.where(readable(reader, { scope: 'leaf.scope' })))
      .$if(filters.type !== undefined, (query) => query.where('type', '=', filters.type as string))
      .$if(filters.effect !== undefined, (query) => query.where((either) => effectIs(either, filters.effect as string)))
      .orderBy('idx', 'desc').limit(limit + 1).execute();
    const types = await tx.db.selectFrom('leaf').select('type').distinct().where('party', '=', party).where(readable(reader, { scope: 'leaf.scope' })).orderBy('type').execute();
    return { head, leaves, types: types.map((row) => row.type), offices: await officesOfLog(tx, party) };
  });
  if (found === undefined) return undefined;
  const titles = await officeTitles(node);
  const page = found.leaves.slice(0, limit);
  const rows = page.map((leaf): ActRow => {
    const { idx: index, act } = leaf;
    const decoded = decodedAct(leaf.envelope);
    if (decoded === undefined || !mayRead(reader, leaf.scope, 'CLEAR')) return { readable: false, party, index, act };
    return {
      readable: true, party, index, act, type: leaf.type, v: decoded.v, at: decoded.at, scope: leaf.scope, verdict: verdictView(leaf.verdict),
      offices: decoded.officers.flatMap((officer) => labelOf(found.offices(officer, index), titles)),
    };
  });
  const last = page.at(-1);
  return { rows, size: found.head.size, types: found.types, ...(found.leaves.length > limit && last !== undefined ? { next: last.idx } : {}) };
}

function effectIs(either: ExpressionBuilder<Tables, 'leaf'>, effect: string): ReturnType<ExpressionBuilder<Tables, 'leaf'>['and']> {
  if (effect === 'undecided') return either.and([either('verdict', 'is', null)]);
  if (effect === 'valid') return either.and([either('verdict', '=', 'valid')]);
  return either.and([either('verdict', 'is not', null), either('verdict', '!=', 'valid')]);
}

/** The act in a leaf, or undefined when its bytes are none: such a leaf has no effect and no scope. */
export function decodedAct(envelope: Uint8Array): ReturnType<typeof valueOf> {
  const parsed = parseEnvelope(envelope);
  return parsed.ok ? valueOf(parsed.value.payload) : undefined;
}

function valueOf(payload: Uint8Array) {
  const act = decodeAct(payload);
  return act.ok ? act.value : undefined;
}

export function verdictView(verdict: string | null): Extract<ActRow, { readable: true }>['verdict'] {
  if (verdict === null) return { effect: 'undecided' };
  if (verdict === 'valid') return { effect: 'valid' };
  const refusal = JSON.parse(verdict) as Refusal;
  return { effect: 'none', code: refusal.code, ...(refusal.params === undefined ? {} : { params: { ...refusal.params } }) };
}

/** Which office an officer held at a place of their party's log: by the last grant before it. */
export async function officesOfLog(tx: Tx, party: PartyId): Promise<(officer: ObjectId, index: number) => ObjectId | undefined> {
  const rows = await tx.db.selectFrom('officers_mandate').select(['officer', 'office', 'idx']).where('party', '=', party).orderBy('idx').execute();
  const byOfficer = Map.groupBy(rows, (row) => row.officer);
  return (officer, index) => byOfficer.get(officer)?.filter((row) => row.idx < index).at(-1)?.office;
}

export function labelOf(office: ObjectId | undefined, titles: Awaited<ReturnType<typeof officeTitles>>): Label[] {
  const title = office === undefined ? undefined : titles.get(office)?.title;
  return title === undefined ? [] : [title];
}
