/**
 * C2SP signed notes (c2sp.org/signed-note@v1.0.0).
 *
 *   text, ending in a newline
 *   (blank line)
 *   — <key name> base64(key id (4) ‖ signature)
 *   …
 *
 * Of two keys with one name, the key id tells which signed. Signatures of unknown keys are ignored,
 * so that cosignatures and future algorithms may stand beside the log's own; a signature of a *known*
 * key that does not verify spoils the whole note.
 */
import { concatBytes, fromBase64, fromUtf8, toBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { cosignedMessage, splitCosignature } from './cosignature.ts';
import type { Engine } from './engine.ts';
import { verifyEd25519 } from './signature.ts';

export const NOTE_SIZE_MAX = 1_000_000;
export const NOTE_SIGNATURES_MAX = 100;
/** Signature type bytes this project uses: plain Ed25519, and cosignature/v1 (tlog-cosignature). */
export const ED25519_NOTE = 0x01;
export const COSIGNATURE_NOTE = 0x04;

export interface NoteSignature {
  readonly name: string;
  /** Lower-case hex of 4 bytes. */
  readonly keyId: string;
  /** What follows the key id: 64 bytes, or timestamp (8) ‖ 64 for a cosignature. */
  readonly signature: Bytes;
}

export interface Note {
  /** With its final newline, without the blank line. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: typeof ED25519_NOTE | typeof COSIGNATURE_NOTE;
  readonly publicKey: Bytes;
}

/** A signature that verified; `time` is the POSIX time of a cosignature. */
export interface VerifiedSignature {
  readonly name: string;
  readonly keyId: string;
  readonly time?: bigint;
}

/** A key, with the id that the specification recommends: SHA-256(name ‖ LF ‖ type ‖ key)[:4]. */
export function noteKey(engine: Engine, name: string, type: NoteKey['type'], publicKey: Bytes): NoteKey {
  const digest = engine.sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, keyId: toHex(digest.subarray(0, 4)), type, publicKey };
}

/** `<name>+<key id>+base64(type ‖ key)`. */
export function formatVkey(key: NoteKey): string {
  return `${key.name}+${key.keyId}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;
}

export function parseVkey(engine: Engine, vkey: string): Result<NoteKey> {
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([^]+)$/.exec(vkey) ?? [];
  const material = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || keyId === undefined || !isKeyName(name) || material === undefined) return refuse('note.vkey-malformed');
  const type = material[0] as number;
  if (type !== ED25519_NOTE && type !== COSIGNATURE_NOTE) return refuse('note.vkey-unknown-type', { type });
  if (material.length !== 33) return refuse('note.vkey-malformed');
  const key = noteKey(engine, name, type, material.slice(1) as Bytes);
  return key.keyId === keyId ? ok(key) : refuse('note.vkey-wrong-id');
}

/** One signature line, with its newline. */
export function formatSignature(signature: NoteSignature): string {
  const id = Uint8Array.fromHex(signature.keyId);
  return `— ${signature.name} ${toBase64(concatBytes(id, signature.signature))}\n`;
}

export function formatNote(note: Note): string {
  return `${note.text}\n${note.signatures.map(formatSignature).join('')}`;
}

/** Bytes or text of a note, strictly. Nothing is verified yet. */
export function parseNote(source: Uint8Array | string): Result<Note> {
  if (source.length > NOTE_SIZE_MAX) return refuse('note.too-large');
  const whole = typeof source === 'string' ? source : fromUtf8(source);
  if (whole === undefined || !isNoteText(whole)) return refuse('note.malformed');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) return refuse('note.malformed');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (split + 2 >= whole.length) return refuse('note.malformed');
  if (lines.length > NOTE_SIGNATURES_MAX) return refuse('note.too-many-signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return refuse('note.malformed');
    signatures.push(signature);
  }
  return ok({ text: whole.slice(0, split + 1), signatures });
}

/**
 * Verifies the signatures of the given keys, in the order of their lines, each key once. Refuses when
 * a known key's signature is false or when none of the known keys has signed.
 */
export function verifyNote(engine: Engine, note: Note, keys: readonly NoteKey[]): Result<readonly VerifiedSignature[]> {
  const known = new Map<string, NoteKey>();
  for (const key of keys) {
    const twin = known.get(`${key.name} ${key.keyId}`);
    if (twin !== undefined && toHex(twin.publicKey) !== toHex(key.publicKey)) return refuse('note.vkeys-ambiguous');
    known.set(`${key.name} ${key.keyId}`, key);
  }
  const verified = new Map<string, VerifiedSignature>();
  for (const line of note.signatures) {
    const place = `${line.name} ${line.keyId}`;
    const key = known.get(place);
    if (key === undefined || verified.has(place)) continue;
    const checked = verifyLine(engine, note.text, line, key);
    if (checked === undefined) return refuse('note.signature-false', { name: line.name });
    verified.set(place, checked);
  }
  return verified.size === 0 ? refuse('note.not-signed-by-known-key') : ok([...verified.values()]);
}

function verifyLine(engine: Engine, text: string, line: NoteSignature, key: NoteKey): VerifiedSignature | undefined {
  if (key.type === ED25519_NOTE) {
    const sound = verifyEd25519(engine, key.publicKey, utf8(text), line.signature).ok;
    return sound ? { name: line.name, keyId: line.keyId } : undefined;
  }
  const cosigned = splitCosignature(line.signature);
  if (cosigned === undefined) return undefined;
  const sound = verifyEd25519(engine, key.publicKey, cosignedMessage(text, cosigned.time), cosigned.signature).ok;
  return sound ? { name: line.name, keyId: line.keyId, time: cosigned.time } : undefined;
}

function parseSignature(line: string): NoteSignature | undefined {
  if (!line.startsWith('— ')) return undefined;
  const [name, encoded, ...rest] = line.slice(2).split(' ');
  if (name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) return undefined;
  const bytes = fromBase64(encoded);
  if (bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) as Bytes };
}

/** No ASCII control character but newline; well-formed. */
export function isNoteText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** Not empty, no Unicode white space (the list is fixed here, since versions of Unicode differ between runtimes), no plus. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(name);
}
