/** What a peer serves of our own log: delivery, loss, or the proof that this log shows two faces. */
import { equalBytes } from '../kernel/bytes.ts';
import type { PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { chainNow, logNoteKey, memberOf, type Core } from './core.ts';
import { cosignedUpTo, openNote, putCosignatures, type OpenedNote } from './cosign.ts';
import { rootAt, rootBytes } from './log.ts';
import type { ChainLink } from '../record/stances.ts';
import type { Head, Tx } from './ports.ts';

export type Acknowledged =
  /** `size`: what `from` has cosigned. `fresh`: whoever has cosigned more than was known; a relay brings others' lines too. */
  | { readonly is: 'delivered'; readonly size: number; readonly fresh: readonly PartyId[] }
  /** The peer holds more of our log than we do. */
  | { readonly is: 'longer'; readonly size: number }
  /** The peer's copy is not ours at this size: our log key signed two trees. */
  | { readonly is: 'differs'; readonly size: number };

/** Refusal `ingest.note-refused` when the note is not of our log under our key. */
export async function readAcknowledgement(core: Core, from: PartyId, source: string): Promise<Result<Acknowledged>> {
  const seen = await core.store.read(async (tx) => {
    const head = await tx.head(core.party);
    const note = await openOwn(core, tx, source, head);
    if (!note.ok) return note;
    const fresh: PartyId[] = [];
    for (const { by } of note.value.lines) if (Number(note.value.checkpoint.size) > (await cosignedUpTo(tx, core.party, by))) fresh.push(by);
    return ok({ note: note.value, head, fresh, agrees: await agrees(core, tx, head, note.value), before: await cosignedUpTo(tx, core.party, from) });
  });
  if (!seen.ok) return seen;
  const { note, head, before, fresh } = seen.value;
  const size = Number(note.checkpoint.size);
  if (size > (head?.size ?? 0)) return ok({ is: 'longer', size });
  if (!seen.value.agrees) return ok({ is: 'differs', size });
  if (fresh.length > 0) await core.store.write((tx) => putCosignatures(tx, core.party, size, note.lines));
  return ok({ is: 'delivered', size: fresh.includes(from) ? size : before, fresh });
}

async function openOwn(core: Core, tx: Tx, source: string, head: Head | undefined): Promise<Result<OpenedNote>> {
  const chain = await chainNow(core, tx);
  const member = memberOf(chain, core.party);
  if (member === undefined) return refuse('act.party-not-in-charter');
  const opened = await openNote(core, tx, source, logNoteKey(core, { ...member, epoch: head?.epoch ?? member.epoch }), othersIn(chain, core.party));
  if (opened.ok && Number.isSafeInteger(Number(opened.value.checkpoint.size))) return opened;
  return refuse('ingest.note-refused', { party: core.party, reason: opened.ok ? 'checkpoint.size-malformed' : opened.refusal.code });
}

function othersIn(chain: readonly ChainLink[], own: PartyId): readonly PartyId[] {
  const parties = new Set(chain.flatMap((link) => link.charter.parties.map((party) => party.id)));
  parties.delete(own);
  return [...parties];
}

async function agrees(core: Core, tx: Tx, head: Head | undefined, note: OpenedNote): Promise<boolean> {
  const size = Number(note.checkpoint.size);
  if (head === undefined || size > head.size) return true;
  return equalBytes(rootBytes(await rootAt(core.engine, tx, head, size)), note.checkpoint.root);
}
