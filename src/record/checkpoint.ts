/**
 * C2SP tlog-checkpoint v1.0.0: the text of a note by which a log commits to its whole content.
 *
 *   <origin>
 *   <size, decimal>
 *   <root hash, base64 of 32 bytes>
 *   (extension lines, not empty)
 *
 * The origin of a log here is `alternat/<space>/<party>/<epoch>`.
 */
import { fromBase64, toBase64, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Engine } from './engine.ts';
import { COSIGNATURE_NOTE, ED25519_NOTE, formatNote, isNoteText, noteKey, parseNote, verifyNote, type NoteKey, type VerifiedSignature } from './note.ts';

export interface Checkpoint {
  readonly origin: string;
  /** Number of leaves, an unsigned 64-bit integer. */
  readonly size: bigint;
  /** 32 bytes. */
  readonly root: Bytes;
  readonly extensions: readonly string[];
}

const SIZE_MAX = 2n ** 64n - 1n;

export function originOf(space: Hash, party: PartyId, epoch: number): string {
  return `alternat/${space}/${party}/${epoch}`;
}

/** The text of the note, with its final newline. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return [checkpoint.origin, String(checkpoint.size), toBase64(checkpoint.root), ...checkpoint.extensions, ''].join('\n');
}

/** The text of a note as a checkpoint: strict, `formatCheckpoint` gives the same text back. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  if (!text.endsWith('\n') || !isNoteText(text)) return refuse('checkpoint.malformed');
  const [origin, digits, encoded, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === undefined || origin === '' || digits === undefined || encoded === undefined) return refuse('checkpoint.malformed');
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(digits)) return refuse('checkpoint.size-malformed');
  const size = BigInt(digits);
  if (size > SIZE_MAX) return refuse('checkpoint.size-malformed');
  const root = fromBase64(encoded);
  if (root === undefined || root.length !== 32) return refuse('checkpoint.root-malformed');
  if (extensions.includes('')) return refuse('checkpoint.malformed');
  return ok({ origin, size, root, extensions });
}

/** Keys under which the notes of one log are read: the log's own, and the cosigners of the other parties. */
export function logKey(engine: Engine, origin: string, publicKey: Bytes): NoteKey {
  return noteKey(engine, origin, ED25519_NOTE, publicKey);
}

/** The name of a cosigner: the space and the party, without epoch, since it cosigns every log it stores. */
export function cosignerName(space: Hash, party: PartyId): string {
  return `alternat/${space}/${party}/cosigner`;
}

export function cosignerKey(engine: Engine, space: Hash, party: PartyId, publicKey: Bytes): NoteKey {
  return noteKey(engine, cosignerName(space, party), COSIGNATURE_NOTE, publicKey);
}

export interface SignedCheckpoint extends Checkpoint {
  /** Text of the note: what is cosigned. */
  readonly text: string;
  readonly cosigned: readonly VerifiedSignature[];
}

/**
 * A signed note as a checkpoint of exactly this log: signed by `log`, whose name is the origin. Signatures
 * of `cosigners` that stand in it must verify; whose they are is in `cosigned`.
 */
export function openCheckpoint(engine: Engine, source: Uint8Array | string, log: NoteKey, cosigners: readonly NoteKey[] = []): Result<SignedCheckpoint> {
  const note = parseNote(source);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== log.name) return refuse('checkpoint.other-origin');
  const verified = verifyNote(engine, note.value, [log, ...cosigners]);
  if (!verified.ok) return verified;
  const isLog = (by: VerifiedSignature): boolean => by.name === log.name && by.keyId === log.keyId;
  if (!verified.value.some(isLog)) return refuse('checkpoint.not-signed-by-log');
  return ok({ ...checkpoint.value, text: note.value.text, cosigned: verified.value.filter((by) => !isLog(by)) });
}

/** A note of one signature by the log's key: `sign` is handed the bytes of the text. */
export async function signCheckpoint(checkpoint: Checkpoint, key: NoteKey, sign: (message: Bytes) => Bytes | Promise<Bytes>): Promise<string> {
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature: await sign(utf8(text)) }] });
}
