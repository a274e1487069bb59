/** What a peer serves of our own log: delivery, loss, or the proof that this log shows two faces. */
import { equalBytes } from '../kernel/bytes.ts';
import type { PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { chainNow, logNoteKey, memberOf, type Core } from './core.ts';
import { cosignedUpTo, openNote, putCosignatures, type OpenedNote } from './cosign.ts';
import { rootAt, rootBytes } from './log.ts';
import type { Head, Tx } from './ports.ts';

export type Acknowledged =
  | { readonly is: 'delivered'; readonly size: number; readonly fresh: boolean }
  /** The peer holds more of our log than we do. */
  | { readonly is: 'longer'; readonly size: number }
  /** The peer's copy is not ours at this size: our log key signed two trees. */
  | { readonly is: 'differs'; readonly size: number };

/** Refusal `ingest.note-refused` when the note is not of our log under our key. */
export async function readAcknowledgement(core: Core, from: PartyId, source: string): Promise<Result<Acknowledged>> {
  const seen = await core.store.read(async (tx) => {
    const head = await tx.head(core.party);
    const note = await openOwn(core, tx, from, source, head);
    return note.ok ? ok({ note: note.value, head, agrees: await agrees(core, tx, head, note.value), before: await cosignedUpTo(tx, core.party, from) }) : note;
  });
  if (!seen.ok) return seen;
  const { note, head, before } = seen.value;
  const size = Number(note.checkpoint.size);
  if (size > (head?.size ?? 0)) return ok({ is: 'longer', size });
  if (!seen.value.agrees) return ok({ is: 'differs', size });
  const fresh = note.lines.some((line) => line.by === from) && size > before;
  if (fresh) await core.store.write((tx) => putCosignatures(tx, core.party, size, note.lines));
  return ok({ is: 'delivered', size: fresh ? size : before, fresh });
}

async function openOwn(core: Core, tx: Tx, from: PartyId, source: string, head: Head | undefined): Promise<Result<OpenedNote>> {
  const member = memberOf(await chainNow(core, tx), core.party);
  if (member === undefined) return refuse('act.party-not-in-charter');
  const opened = await openNote(core, tx, source, logNoteKey(core, { ...member, epoch: head?.epoch ?? member.epoch }), [from]);
  if (opened.ok && Number.isSafeInteger(Number(opened.value.checkpoint.size))) return opened;
  return refuse('ingest.note-refused', { party: core.party, reason: opened.ok ? 'checkpoint.size-malformed' : opened.refusal.code });
}

async function agrees(core: Core, tx: Tx, head: Head | undefined, note: OpenedNote): Promise<boolean> {
  const size = Number(note.checkpoint.size);
  if (head === undefined || size > head.size) return true;
  return equalBytes(rootBytes(await rootAt(core.engine, tx, head, size)), note.checkpoint.root);
}
