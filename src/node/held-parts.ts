/**
 * Parts as they lie here: ciphertext in the database, salt and key in the key store. A key is always
 * durable before its ciphertext is committed.
 */
import { sql } from 'kysely';
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { partRef, type PartRef } from '../record/act.ts';
import { commitment } from '../record/part.ts';
import { Refused, type Core } from './core.ts';
import { appendJournal, type JournalNote } from './journal.ts';
import type { MintedPart, PartAccess } from './node.ts';
import type { Tx } from './ports.ts';
import { StoreFault } from './store-fault.ts';

export type PartState = 'held' | 'missing' | 'erased' | 'withheld' | 'prepared';

export interface PartPlace {
  readonly party: PartyId;
  readonly index: number;
}

/** Seals parts before the transaction in which they are stored. Throws when a part does not open its own reference. */
export async function sealParts(core: Core, parts: readonly MintedPart[]): Promise<ReadonlyMap<Hash, Bytes>> {
  for (const { ref, salt, plaintext } of parts) {
    if (commitment(core.engine, salt, plaintext) !== ref.part || plaintext.length !== ref.size) throw new Error(`a minted part does not open ${ref.part}`);
  }
  const sealed = await core.keys.sealMany(parts.map(({ ref, salt, plaintext }) => ({ commit: ref.part, salt, plaintext })));
  return new Map(parts.map(({ ref }, i) => [ref.part, sealed[i] as Bytes]));
}

/** Notes a part that an act refers to; what is held already stays as it is. */
export async function putPart(tx: Tx, ref: PartRef, state: PartState, sealed: Bytes | null, place: PartPlace): Promise<void> {
  await tx.db
    .insertInto('part')
    .values({
      commit: ref.part, class: ref.class, media: ref.media, size: ref.size,
      audience: ref.audience === undefined ? null : JSON.stringify(ref.audience),
      state, sealed, party: place.party, idx: place.index,
    })
    .onConflict((conflict) => {
      const old = replaceable(state);
      // PostgreSQL knows no empty list: what may replace nothing leaves what is there.
      if (old.length === 0) return conflict.column('commit').doNothing();
      return conflict.column('commit').doUpdateSet({ state, sealed, party: place.party, idx: place.index }).where('part.state', 'in', old);
    })
    .execute();
}

/** Which states a new one may replace: bytes that arrive fill a gap, nothing takes back what is held or erased. */
function replaceable(state: PartState): PartState[] {
  if (state === 'held') return ['missing', 'withheld', 'prepared'];
  return state === 'erased' ? ['missing', 'withheld', 'prepared', 'held'] : [];
}

/** What the access journal says of personal parts that came in. */
export function collected(refs: readonly PartRef[], who: JournalNote['who'], code: 'recorded' | 'received'): readonly JournalNote[] {
  return refs.filter((ref) => ref.class === 'personal').map((ref) => ({ operation: 'collection', who, subject: { kind: 'part', id: ref.part }, why: { code }, recipients: [] }));
}

/** Which of these commitments an act of this node may refer to without bringing the bytes. */
export async function knownParts(tx: Tx, commits: readonly Hash[]): Promise<ReadonlySet<Hash>> {
  if (commits.length === 0) return new Set();
  const rows = await tx.db.selectFrom('part').select('commit').where('commit', 'in', [...commits]).execute();
  return new Set(rows.map((row) => row.commit));
}

export interface OpenedPart {
  readonly ref: PartRef;
  readonly plaintext: Bytes;
  readonly salt: Bytes;
}

/** Refusals `part.unknown`, `part.erased`, `part.withheld`, `part.sealed-bytes-changed`. */
export async function openHeldPart(core: Core, tx: Tx, commit: Hash): Promise<Result<OpenedPart>> {
  const row = await tx.db.selectFrom('part').selectAll().where('commit', '=', commit).executeTakeFirst();
  if (row === undefined) return refuse('part.unknown');
  if (row.state === 'erased') return refuse('part.erased');
  if (row.sealed === null || row.state === 'missing' || row.state === 'withheld') return refuse('part.withheld');
  const opened = await unseal(core, commit, row.sealed);
  if (!opened.ok) return opened;
  const ref = partRef.parse({
    part: commit, class: row.class, media: row.media, size: row.size,
    ...(row.audience === null ? {} : { audience: JSON.parse(row.audience) as string[] }),
  });
  return ok({ ref, ...opened.value });
}

/** The class of a part that some act refers to. */
export async function classOf(tx: Tx, commit: Hash): Promise<string | undefined> {
  return (await tx.db.selectFrom('part').select('class').where('commit', '=', commit).executeTakeFirst())?.class;
}

/** Opens a part of class `personal`: its entry in the access journal is on disk before the plaintext is given out. */
export async function openPersonal(core: Core, commit: Hash, access: PartAccess | undefined): Promise<Result<OpenedPart>> {
  if (access === undefined) return refuse('part.reason-missing');
  return core.store.write(async (tx) => {
    await tx.lockSpace();
    const opened = await openHeldPart(core, tx, commit);
    if (!opened.ok) return opened;
    const { audience } = opened.value.ref;
    if (audience !== undefined && access.recipients.some((recipient) => 'party' in recipient && !audience.includes(recipient.party))) return refuse('part.withheld');
    await appendJournal(core, tx, [{ ...access, subject: { kind: 'part', id: commit } }]);
    return opened;
  });
}

async function unseal(core: Core, commit: Hash, sealed: Bytes): Promise<Result<{ salt: Bytes; plaintext: Bytes }>> {
  try {
    const opened = await core.keys.open(commit, sealed);
    return opened === undefined ? refuse('part.erased') : ok(opened);
  } catch (error) {
    // One damaged part says so where it is asked for; everything else goes on.
    if (error instanceof StoreFault) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** The plaintext of a `text` part; undefined when it is erased or withheld. */
export async function openText(core: Core, tx: Tx, ref: PartRef): Promise<Bytes | undefined> {
  if (ref.class !== 'text') throw new Error('a projection opens text parts only');
  const opened = await openHeldPart(core, tx, ref.part);
  return opened.ok ? opened.value.plaintext : undefined;
}

/** Every part that a draft refers to must come with it or be known here. */
export async function requireParts(tx: Tx, refs: readonly PartRef[], brought: ReadonlySet<Hash>): Promise<void> {
  const absent = [...new Set(refs.map((ref) => ref.part))].filter((commit) => !brought.has(commit));
  const known = await knownParts(tx, absent);
  for (const commit of absent) if (!known.has(commit)) throw new Refused({ code: 'part.unknown' });
}

/** Text parts of a log below `size` that should be here and are not: until they come, nothing is cosigned. */
export async function missingText(tx: Tx, party: PartyId, size: number): Promise<readonly Hash[]> {
  const rows = await tx.db
    .selectFrom('part')
    .select('commit')
    .where('state', '=', 'missing')
    .where('party', '=', party)
    .where('idx', '<', size)
    .where('class', '=', sql.lit('text'))
    .orderBy('idx')
    .limit(256)
    .execute();
  return rows.map((row) => row.commit);
}
