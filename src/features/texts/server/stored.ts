/**
 * Reads the rows of joint texts: a fixed number of queries, whatever the number of texts. `readable`
 * stands in each of them, so that what the reader may not see is not even counted.
 */
import { sql } from 'kysely';
import type { Label } from '../../../kernel/language.ts';
import type { Hash, ObjectId, PartyId } from '../../../kernel/ids.ts';
import { fromUtf8 } from '../../../kernel/bytes.ts';
import type { Charter } from '../../../record/charter.ts';
import { CHARTER, type CharterData } from '../../../record/stances.ts';
import type { Tx } from '../../../node/ports.ts';
import type { Reader } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import type { DocTable, ProposalTable, RegisterTable, StanceTable } from './tables.ts';

export interface StoredTexts {
  readonly docs: readonly DocTable[];
  readonly proposals: readonly ProposalTable[];
  readonly stances: readonly StanceTable[];
  readonly registers: readonly RegisterTable[];
  /** Latest claimed time of anything said about a document, by document; about a text, by text. */
  readonly changedDoc: ReadonlyMap<ObjectId, string>;
  readonly changedText: ReadonlyMap<Hash, string>;
}

/** Every document that the reader may read, or the one named. Five queries. */
export async function storedTexts(tx: Tx, reader: Reader, doc?: ObjectId): Promise<StoredTexts> {
  const mine = (table: string): ReturnType<typeof readable> => readable(reader, { scope: `${table}.scope` });
  const docs = await tx.db.selectFrom('texts_doc').selectAll().where(mine('texts_doc'))
    .$if(doc !== undefined, (query) => query.where('doc', '=', doc as string)).execute();
  const proposals = await tx.db.selectFrom('texts_proposal').selectAll().where(mine('texts_proposal'))
    .$if(doc !== undefined, (query) => query.where('doc', '=', doc as string))
    .orderBy('at').orderBy('party').orderBy('idx').execute();
  const ofDoc = sql<boolean>`text in (select text from texts_proposal where doc = ${doc ?? ''})`;
  const stances = await tx.db.selectFrom('texts_stance').selectAll().where(mine('texts_stance'))
    .$if(doc !== undefined, (query) => query.where(ofDoc)).execute();
  const registers = await tx.db.selectFrom('texts_register').selectAll().where(mine('texts_register'))
    .$if(doc !== undefined, (query) => query.where(ofDoc)).orderBy('party').orderBy('idx').execute();
  const changed = await tx.db.selectFrom('texts_event').select(['doc', 'text', (all) => all.fn.max('at').as('at')]).where(mine('texts_event'))
    .$if(doc !== undefined, (query) => query.where((either) => either.or([either('doc', '=', doc as string), ofDoc])))
    .groupBy(['doc', 'text']).execute();
  return {
    docs, proposals, stances, registers,
    changedDoc: latest(changed.map(({ doc: key, at }) => [key, at])),
    changedText: latest(changed.map(({ text: key, at }) => [key, at])),
  };
}

function latest(entries: readonly (readonly [string | null, string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, at] of entries) if (key !== null && at > (found.get(key) ?? '')) found.set(key, at);
  return found;
}

/** The charters that texts may stand under, by the id of the act that proposed them; `genesis` for the first. */
export async function storedCharters(tx: Tx): Promise<ReadonlyMap<string, Charter>> {
  const space = await tx.db.selectFrom('space').select('charter').executeTakeFirstOrThrow();
  const rows = await tx.db.selectFrom('fact').select(['key', 'data']).where('kind', '=', CHARTER).execute();
  const genesis = JSON.parse(fromUtf8(space.charter) as string) as Charter;
  return new Map([['genesis', genesis], ...rows.map((row) => [row.key, (JSON.parse(row.data) as CharterData).charter] as const)]);
}

/** Up to which size each party has stored each log: by what it cosigned, and for this node by what it holds. */
export type Delivered = (log: PartyId, index: number, parties: readonly PartyId[]) => boolean;

export async function storedDelivery(tx: Tx, own: PartyId): Promise<Delivered> {
  const rows = await tx.db.selectFrom('cosignature').select(['party', 'by', (all) => all.fn.max('size').as('size')]).groupBy(['party', 'by']).execute();
  const heads = await tx.heads();
  const sizes = new Map(rows.map((row) => [`${row.party} ${row.by}`, Number(row.size)]));
  for (const head of heads) sizes.set(`${head.party} ${own}`, head.size);
  return (log, index, parties) => parties.every((party) => party === log || (sizes.get(`${log} ${party}`) ?? 0) > index);
}

/** A label as it was stored, `{}` when it was erased, withheld or is not here yet. */
export function storedLabel(json: string | null): Label {
  return json === null ? {} : JSON.parse(json) as Label;
}
