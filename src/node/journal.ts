/**
 * The access journal as it grows here (record/journal.ts says what it is). An entry is written in the
 * transaction that changes what it tells of; where something is only read, before it is given out.
 *
 * Every writer holds the space row, so two processes never write the same place. Entries, head and signed
 * note are one commit: whoever dies here leaves the journal as it was, with what was to be done undone.
 */
import { fromBase64, toHex, type Bytes } from '../kernel/bytes.ts';
import { IntegrityFault } from '../kernel/fault.ts';
import type { Hash } from '../kernel/ids.ts';
import { logKey, signCheckpoint } from '../record/checkpoint.ts';
import type { Engine } from '../record/engine.ts';
import { journalOrigin, type JournalEntry } from '../record/journal.ts';
import { canonicalBytes } from '../record/json.ts';
import type { NoteKey } from '../record/note.ts';
import type { ChainLink } from '../record/stances.ts';
import { EMPTY_RANGE, extendRange, formatRange, leafHash, parseRange, rootOf, type CompactRange } from '../record/tree.ts';
import { chainNow, logKeyId, memberOf, type Core } from './core.ts';
import type { Node } from './node.ts';
import type { Tx } from './ports.ts';

/** An entry before it has its place and time. */
export type JournalNote = Omit<JournalEntry, 'v' | 'n' | 'at'>;

declare module './tables.ts' {
  interface Tables {
    journal_entry: { n: number; operation: string; entry: Bytes; hash: Bytes };
    journal_head: { id: number; size: number; root: string; range: string; note: string };
  }
}

/** The one row of journal_head. */
const HEAD = 1;

/** Adds entries at the end. The caller's transaction holds the space row. */
export async function appendJournal(core: Core, tx: Tx, notes: readonly JournalNote[]): Promise<void> {
  if (notes.length === 0) return;
  const member = memberOf(await chainNow(core, tx), core.party);
  const publicKey = member === undefined ? undefined : fromBase64(member.log);
  if (member === undefined || publicKey === undefined) throw new Error('only a party of the space keeps a journal');
  const before = await storedRange(core.engine, tx);
  const at = core.clock.now();
  const rows = notes.map((note, i) => {
    const n = before.size + i;
    const entry = canonicalBytes({ v: 1, n, at, ...note } satisfies JournalEntry);
    return { n, operation: note.operation, entry, hash: leafHash(core.engine, entry) };
  });
  const range = extendRange(core.engine, before, rows.map((row) => row.hash));
  const root = rootOf(core.engine, range);
  const key = logKey(core.engine, journalOrigin(core.space.id, core.party), publicKey);
  const note = await signCheckpoint({ origin: key.name, size: BigInt(range.size), root, extensions: [] }, key, (message) => core.keys.sign(logKeyId(core, member), message));
  for (const row of rows) await tx.db.insertInto('journal_entry').values(row).execute();
  const head = { size: range.size, root: toHex(root), range: formatRange(range), note };
  await tx.db.insertInto('journal_head').values({ id: HEAD, ...head }).onConflict((conflict) => conflict.column('id').doUpdateSet(head)).execute();
}

async function storedRange(engine: Engine, tx: Tx): Promise<CompactRange> {
  const head = await tx.db.selectFrom('journal_head').selectAll().where('id', '=', HEAD).executeTakeFirst();
  if (head === undefined) return EMPTY_RANGE;
  const range = parseRange(Number(head.size), head.range);
  if (range.ok && toHex(rootOf(engine, range.value)) === head.root) return range.value;
  // Going on would sign over what was changed: the next entry waits until somebody has looked.
  throw new IntegrityFault({ code: 'journal.head-damaged', params: { size: Number(head.size) } }, { size: Number(head.size) });
}

/** The journal's head as stored; undefined before the first entry. */
export async function journalHead(tx: Tx): Promise<{ readonly size: number; readonly root: Hash; readonly note: string } | undefined> {
  const head = await tx.db.selectFrom('journal_head').select(['size', 'root', 'note']).where('id', '=', HEAD).executeTakeFirst();
  return head === undefined ? undefined : { ...head, size: Number(head.size) };
}

/** Every key under which this party's journal may have been signed: those of its log under all its charters. */
export function journalKeys(node: Pick<Node, 'party' | 'space'>, engine: Engine, chain: readonly ChainLink[]): readonly NoteKey[] {
  const keys = new Set(chain.flatMap(({ charter: { parties } }) => parties.filter(({ id }) => id === node.party).map(({ log }) => log)));
  return [...keys].flatMap((key) => {
    const bytes = fromBase64(key);
    return bytes === undefined ? [] : [logKey(engine, journalOrigin(node.space, node.party), bytes)];
  });
}
