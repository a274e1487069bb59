/**
 * Cosignatures: this node's own under what it has stored, and the others' under any log. A cosignature
 * states *stored and consistent*; it is made in the transaction that stores, and never for less.
 */
import type { Hash, PartyId } from '../kernel/ids.ts';
import { millisOf } from '../kernel/time.ts';
import { openCheckpoint, type SignedCheckpoint } from '../record/checkpoint.ts';
import { cosignedMessage, joinCosignature } from '../record/cosignature.ts';
import { formatSignature, parseNote, type NoteKey } from '../record/note.ts';
import { keyId } from '../record/signature.ts';
import { cosignersOf, ownCosigner, type Core } from './core.ts';
import type { Tx } from './ports.ts';
import type { Result } from '../kernel/result.ts';

export interface OpenedNote {
  readonly checkpoint: SignedCheckpoint;
  /** Cosignature lines that verified, by party. */
  readonly lines: readonly { readonly by: PartyId; readonly at: number; readonly line: string }[];
}

/** Opens a note of a log and sorts out whose cosignatures stand in it. Lines of unknown keys count for nothing. */
export async function openNote(core: Core, tx: Tx, source: string, log: NoteKey, parties: readonly PartyId[]): Promise<Result<OpenedNote>> {
  const keys: NoteKey[] = [];
  const owner = new Map<string, PartyId>();
  for (const party of parties) {
    for (const key of await cosignersOf(core, tx, party)) {
      keys.push(key);
      owner.set(`${key.name} ${key.keyId}`, party);
    }
  }
  const opened = openCheckpoint(core.engine, source, log, keys);
  if (!opened.ok) return opened;
  const parsed = parseNote(source);
  if (!parsed.ok) return parsed;
  const lines = opened.value.cosigned.flatMap(({ name, keyId: id, time }) => {
    const by = owner.get(`${name} ${id}`);
    const signature = parsed.value.signatures.find((line) => line.name === name && line.keyId === id);
    return by === undefined || signature === undefined || time === undefined ? [] : [{ by, at: Number(time), line: formatSignature(signature) }];
  });
  return { ok: true, value: { checkpoint: opened.value, lines } };
}

/** Keeps the first cosignature of each party for a size: a later one says nothing more. */
export async function putCosignatures(tx: Tx, party: PartyId, size: number, lines: OpenedNote['lines']): Promise<void> {
  for (const { by, at, line } of lines) {
    await tx.db.insertInto('cosignature').values({ party, size, by, at, line }).onConflict((conflict) => conflict.doNothing()).execute();
  }
}

/** This node's own line under a checkpoint that it has stored; undefined when it has no cosigner key yet. */
export async function cosign(core: Core, checkpointText: string): Promise<{ by: PartyId; at: number; line: string } | undefined> {
  const kept = (await core.keys.keys('cosigner')).at(-1);
  if (kept === undefined) return undefined;
  const id: Hash = keyId(core.engine, 'ed25519', kept.publicKey);
  const key = ownCosigner(core, kept.publicKey);
  const at = Math.floor(millisOf(core.clock.now()) / 1000);
  const signature = await core.keys.sign(id, cosignedMessage(checkpointText, BigInt(at)));
  const line = formatSignature({ name: key.name, keyId: key.keyId, signature: joinCosignature({ time: BigInt(at), signature }) });
  return { by: core.party, at, line };
}

/** The size of `log` up to which `by` has cosigned, as known here. */
export async function cosignedUpTo(tx: Tx, log: PartyId, by: PartyId): Promise<number> {
  const row = await tx.db
    .selectFrom('cosignature')
    .select((all) => all.fn.max('size').as('size'))
    .where('party', '=', log)
    .where('by', '=', by)
    .executeTakeFirst();
  return Number(row?.size ?? 0);
}
