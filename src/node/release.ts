/**
 * Releasing the own log's checkpoint: after the commit, the high-water mark goes to disk, and only then
 * may the signed note of that head leave the node. The officer's receipt does not wait for it (the act
 * is durable at the commit), a peer always does. Ed25519 is deterministic, so every process of this node
 * signs the same note for the same head and none needs to be stored.
 *
 * Dying between commit and mark: the next start writes the mark of what is in the database. Dying
 * between mark and note: nobody saw the note, the next one is made from the same head.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { PartyId } from '../kernel/ids.ts';
import { formatSignature, parseNote } from '../record/note.ts';
import { signCheckpoint } from '../record/checkpoint.ts';
import { chainNow, logKeyId, logNoteKey, memberOf, type Core } from './core.ts';
import { rootBytes } from './log.ts';
import type { Head } from './ports.ts';

export interface Release {
  /** The released note of the own log, newest head; undefined when nothing is appended yet. */
  current(): Promise<string | undefined>;
  /** Releases in the background; coalesced, never fails. */
  schedule(): void;
  /** Waits for what is scheduled. */
  idle(): Promise<void>;
}

/** Commits of this span share one mark; a peer that asks meanwhile is answered at once. */
const GATHER_MILLIS = 5;

interface Released {
  readonly size: number;
  readonly root: string;
  readonly note: string;
}

export function createRelease(core: Core): Release {
  let released: Released | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let waiting: Promise<Released | undefined> | undefined;
  let due: Promise<unknown> | undefined;

  async function release(): Promise<Released | undefined> {
    const { head, chain } = await core.store.read(async (tx) => ({ head: await tx.head(core.party), chain: await chainNow(core, tx) }));
    if (head === undefined || head.size === 0) return undefined;
    if (released?.size === head.size && released.root === head.root) return released;
    const member = memberOf(chain, core.party);
    if (member === undefined) return released;
    await core.highWater.write({ size: head.size, root: head.root });
    const key = logNoteKey(core, { ...member, epoch: head.epoch });
    const checkpoint = { origin: key.name, size: BigInt(head.size), root: rootBytes(head.root), extensions: [] };
    const note = await signCheckpoint(checkpoint, key, (message) => core.keys.sign(logKeyId(core, member), message));
    released = { size: head.size, root: head.root, note };
    return released;
  }

  /** One release at a time; callers that come while one waits share it, so a burst of commits costs one mark. */
  function next(): Promise<Released | undefined> {
    if (waiting !== undefined) return waiting;
    const turn = tail.then(() => {
      waiting = undefined;
      return release();
    });
    waiting = turn;
    tail = turn.catch(() => undefined);
    return turn;
  }

  return {
    current: async () => (await next())?.note,
    schedule() {
      if (due !== undefined) return;
      due = pause(GATHER_MILLIS).then(() => next()).finally(() => (due = undefined));
      due.catch((error: unknown) => {
        // The act stays recorded; it is not delivered before a later release succeeds.
        core.report('node.release-failed', { error: error instanceof Error ? error.name : 'unknown' });
        core.events.emit({ kind: 'alarm', code: 'node.release-failed' });
      });
    },
    async idle() {
      await due?.catch(() => undefined);
      await tail;
    },
  };
}

/** The note of a log with every cosignature line known for its size. */
export async function withCosignatures(core: Core, party: PartyId, size: number, note: string): Promise<string> {
  const rows = await core.store.read((tx) =>
    tx.db.selectFrom('cosignature').select(['by', 'line']).where('party', '=', party).where('size', '=', size).orderBy('by').execute(),
  );
  const parsed = parseNote(note);
  if (!parsed.ok) throw new Error(`stored note: ${parsed.refusal.code}`);
  const present = new Set(parsed.value.signatures.map(formatSignature));
  return note + rows.map((row) => row.line).filter((line) => !present.has(line)).join('');
}

/** The latest note of another party's log whose leaves are all here. */
export function mirroredNote(head: Head | undefined): string | undefined {
  return head === undefined || head.note === '' ? undefined : head.note;
}
