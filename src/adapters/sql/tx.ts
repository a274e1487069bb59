/**
 * The transaction of both engines: the record's own statements, written once and prepared once per
 * connection. What a slice needs beside them goes through `db` (Kysely) on the same connection.
 */
import type { Kysely } from 'kysely';
import { equalBytes, fromHex, toHex, type Bytes } from '../../kernel/bytes.ts';
import { IntegrityFault } from '../../kernel/fault.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Head, LeafRow, Tx } from '../../node/ports.ts';
import type { Tables } from '../../node/tables.ts';
import type { Fact } from '../../record/rule.ts';
import { bindable, type Bound, type Connection, type Row } from './connection.ts';

const HEAD = 'SELECT party, epoch, size, root, range, note, decided, frozen_at, cut FROM head';
const LEAF = 'SELECT party, idx, act, type, scope, hash, envelope, verdict, seq FROM leaf';
const LEAF_COLUMNS = ['party', 'idx', 'act', 'type', 'scope', 'hash', 'envelope', 'verdict', 'seq'];
const FACT_COLUMNS = ['kind', 'key', 'party', 'idx', 'n', 'act', 'data'];

export interface EngineWords {
  /** Locks the one space row against every other writer until the transaction ends, and reads its state. */
  readonly lockSpace: string;
  /** Portable DDL in the engine's own words. */
  readonly ddl: (portable: string) => string;
}

export class SqlTx implements Tx {
  readonly db: Kysely<Tables>;
  readonly #connection: Connection;
  readonly #words: EngineWords;
  #locked = false;
  /** What only this transaction can change while it holds the lock is read once. */
  #seq: number | undefined;
  readonly #next = new Map<PartyId, number>();
  constructor(connection: Connection, db: Kysely<Tables>, words: EngineWords) {
    this.#connection = connection;
    this.db = db;
    this.#words = words;
  }

  async #all(sql: string, ...parameters: Bound[]): Promise<readonly Row[]> {
    return (await this.#connection.run(sql, parameters)).rows;
  }

  async lockSpace(): Promise<string> {
    const [row] = await this.#all(this.#words.lockSpace);
    this.#locked = true;
    this.#seq = undefined;
    this.#next.clear();
    return row?.['state'] as string;
  }

  #needLock(): void {
    if (!this.#locked) throw new Error('the record is written only after lockSpace()');
  }

  async head(party: PartyId): Promise<Head | undefined> {
    const [row] = await this.#all(`${HEAD} WHERE party = ?`, party);
    return row === undefined ? undefined : headOf(row);
  }

  async heads(): Promise<readonly Head[]> {
    return (await this.#all(`${HEAD} ORDER BY party`)).map(headOf);
  }

  async putHead(head: Head): Promise<void> {
    this.#needLock();
    await this.#all(
      `INSERT INTO head (party, epoch, size, root, range, note, decided, frozen_at, cut) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (party) DO UPDATE SET epoch = excluded.epoch, size = excluded.size, root = excluded.root, range = excluded.range,
       note = excluded.note, decided = excluded.decided, frozen_at = excluded.frozen_at, cut = excluded.cut`,
      head.party, head.epoch, head.size, head.root, head.range, head.note, head.decided, head.frozenAt ?? null, JSON.stringify(head.cut ?? {}),
    );
  }

  async appendLeaves(leaves: readonly LeafRow[]): Promise<void> {
    this.#needLock();
    const first = leaves[0];
    if (first === undefined) return;
    let next = await this.#nextIndex(first.party);
    let seq = leaves.some((leaf) => leaf.verdict !== undefined) ? await this.lastDecision() : 0;
    const rows: Bound[][] = [];
    for (const leaf of leaves) {
      if (leaf.index < next) {
        await this.#sameLeaf(leaf);
        continue;
      }
      if (leaf.index !== next) throw new Error(`leaf ${leaf.party}/${leaf.index} would leave a gap after ${next}`);
      next++;
      const decided = leaf.verdict === undefined ? null : ++seq;
      if (decided !== null) this.#seq = decided;
      rows.push([leaf.party, leaf.index, leaf.act, leaf.type, leaf.scope, bytesOf(leaf.hash), leaf.envelope, verdictText(leaf.verdict), decided]);
    }
    await this.#connection.insertMany('leaf', LEAF_COLUMNS, rows);
    this.#next.set(first.party, next);
  }

  async #nextIndex(party: PartyId): Promise<number> {
    const known = this.#next.get(party);
    if (known !== undefined) return known;
    const [end] = await this.#all('SELECT MAX(idx) AS last FROM leaf WHERE party = ?', party);
    return typeof end?.['last'] === 'number' ? end['last'] + 1 : 0;
  }

  async #sameLeaf(leaf: LeafRow): Promise<void> {
    const stored = await this.leaf(leaf.party, leaf.index);
    if (stored !== undefined && equalBytes(stored.envelope, leaf.envelope)) return;
    throw new IntegrityFault(
      { code: 'record.index-holds-other-bytes', params: { party: leaf.party, index: leaf.index } },
      { party: leaf.party, index: leaf.index, stored: stored?.hash ?? '', offered: leaf.hash },
    );
  }

  async lastDecision(): Promise<number> {
    if (this.#seq !== undefined) return this.#seq;
    const [row] = await this.#all('SELECT MAX(seq) AS last FROM leaf');
    const last = typeof row?.['last'] === 'number' ? row['last'] : 0;
    if (this.#locked) this.#seq = last;
    return last;
  }

  async leaf(party: PartyId, index: number): Promise<LeafRow | undefined> {
    const [row] = await this.#all(`${LEAF} WHERE party = ? AND idx = ?`, party, index);
    return row === undefined ? undefined : leafOf(row);
  }

  async leaves(party: PartyId, from: number, to: number): Promise<readonly LeafRow[]> {
    return (await this.#all(`${LEAF} WHERE party = ? AND idx >= ? AND idx < ? ORDER BY idx`, party, from, to)).map(leafOf);
  }

  async leafHashes(party: PartyId, from: number, to: number): Promise<readonly Bytes[]> {
    const rows = await this.#all('SELECT hash FROM leaf WHERE party = ? AND idx >= ? AND idx < ? ORDER BY idx', party, from, to);
    return rows.map((row) => row['hash'] as Bytes);
  }

  async leafByAct(act: Hash): Promise<readonly LeafRow[]> {
    return (await this.#all(`${LEAF} WHERE act = ? ORDER BY party, idx`, act)).map(leafOf);
  }

  async decidedAfter(after: number, limit: number): Promise<readonly LeafRow[]> {
    return (await this.#all(`${LEAF} WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit)).map(leafOf);
  }

  async putVerdict(party: PartyId, index: number, verdict: 'valid' | Refusal, facts: readonly Fact[]): Promise<void> {
    this.#needLock();
    const seq = (await this.lastDecision()) + 1;
    const { changes } = await this.#connection.run(
      'UPDATE leaf SET verdict = ?, seq = ? WHERE party = ? AND idx = ? AND verdict IS NULL',
      [verdictText(verdict), seq, party, index],
    );
    if (changes !== 1) throw new IntegrityFault({ code: 'record.decided-twice', params: { party, index } }, { party, index });
    this.#seq = seq;
    await this.putFacts(facts);
  }

  async putFacts(facts: readonly Fact[]): Promise<void> {
    this.#needLock();
    if (facts.length === 0) return;
    const rows = facts.map((fact, n) => [fact.kind, fact.key, fact.party, fact.index, n, fact.act, JSON.stringify(fact.data)]);
    await this.#connection.insertMany('fact', FACT_COLUMNS, rows);
  }

  async facts(kind: string, key: string): Promise<readonly Fact[]> {
    const rows = await this.#all('SELECT kind, key, party, idx, act, data FROM fact WHERE kind = ? AND key = ? ORDER BY party, idx, n', kind, key);
    return rows.map(factOf);
  }

  async tile(party: PartyId, level: number, index: number): Promise<Bytes | undefined> {
    const [row] = await this.#all('SELECT hashes FROM tile WHERE party = ? AND level = ? AND idx = ?', party, level, index);
    return row?.['hashes'] as Bytes | undefined;
  }

  async putTile(party: PartyId, level: number, index: number, hashes: Bytes): Promise<void> {
    this.#needLock();
    await this.#all('INSERT INTO tile (party, level, idx, hashes) VALUES (?, ?, ?, ?) ON CONFLICT (party, level, idx) DO NOTHING', party, level, index, hashes);
  }

  async define(sql: string): Promise<void> {
    await this.#connection.script(this.#words.ddl(sql));
  }
}

function headOf(row: Row): Head {
  const frozen = row['frozen_at'];
  return {
    party: row['party'] as string, epoch: row['epoch'] as number, size: row['size'] as number, root: row['root'] as string,
    range: row['range'] as string, note: row['note'] as string, decided: row['decided'] as number,
    ...(typeof frozen === 'number' ? { frozenAt: frozen } : {}),
    cut: JSON.parse(row['cut'] as string) as Record<PartyId, number>,
  };
}

function leafOf(row: Row): LeafRow {
  const verdict = row['verdict'] as string | null;
  return {
    party: row['party'] as string, index: row['idx'] as number, act: row['act'] as string, type: row['type'] as string,
    scope: row['scope'] as string, hash: toHex(row['hash'] as Bytes), envelope: row['envelope'] as Bytes,
    ...(verdict === null ? {} : { verdict: verdict === 'valid' ? verdict : (JSON.parse(verdict) as Refusal), seq: row['seq'] as number }),
  };
}

function factOf(row: Row): Fact {
  return {
    kind: row['kind'] as string, key: row['key'] as string, party: row['party'] as string, index: row['idx'] as number,
    act: row['act'] as string, data: JSON.parse(row['data'] as string),
  };
}

function verdictText(verdict: LeafRow['verdict']): string | null {
  if (verdict === undefined) return null;
  return verdict === 'valid' ? verdict : JSON.stringify(verdict);
}

function bytesOf(hash: Hash): Bytes {
  const bytes = fromHex(hash);
  if (bytes === undefined) throw new TypeError('a leaf hash is lower-case hex');
  return bindable(bytes) as Bytes;
}
