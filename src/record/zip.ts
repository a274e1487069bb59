/**
 * The container of bundles: one zip for one set of files. docs/spec/bundle.md §1.
 *
 * Any unzip program opens it (PKWARE APPNOTE 6.3), but of all the zips with the same files only one is
 * read here: files stored, sorted by name, each once, dated 1980-01-01, no extra fields, comments, data
 * descriptors, folders or gaps. So there is nothing in the file that the reader does not look at, and
 * nothing that can grow when it is opened. Names are 1 to 200 characters of [a-z0-9./-].
 */
import { concatBytes, equalBytes, joinBytes, utf8, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { crc32 } from './crc32.ts';

export interface ZipFile {
  readonly name: string;
  readonly bytes: Bytes;
}

/** A file as read; `sound` is false when its bytes are not those that were checksummed. */
export interface ReadFile extends ZipFile {
  readonly sound: boolean;
}

/** Whole size: what 32-bit offsets can reach. */
export const ZIP_SIZE_MAX = 0xffff_ffff;
const NAME = /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[a-z0-9./-]{1,200}$/;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const END64_SIZE = 56 + 20;
/** From so many files on, the count needs the zip64 end records. */
const ZIP64_COUNT = 0xffff;
const DATE_1980_01_01 = 0x0021;

/** Chunks of the zip, in order; the files' bytes are passed through, not copied. Throws on names that are not allowed or not unique. */
export function zipChunks(files: readonly ZipFile[]): Bytes[] {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const chunks: Bytes[] = [];
  const central: Bytes[] = [];
  let offset = 0;
  for (const [i, { name, bytes }] of sorted.entries()) {
    if (!NAME.test(name) || sorted[i - 1]?.name === name) throw new Error(`zip: the name ${name} is not allowed or stands twice`);
    const checksum = crc32(bytes);
    chunks.push(localHeader(name, checksum, bytes.length), bytes);
    central.push(centralHeader(name, checksum, bytes.length, offset));
    offset += LOCAL_SIZE + name.length + bytes.length;
  }
  const directory = central.reduce((size, header) => size + header.length, 0);
  if (offset + directory + END64_SIZE + END_SIZE > ZIP_SIZE_MAX) throw new RangeError('zip: more than 4 GiB');
  return [...chunks, ...central, endRecords(sorted.length, directory, offset)];
}

export function encodeZip(files: readonly ZipFile[]): Bytes {
  return joinBytes(zipChunks(files));
}

/**
 * The files of a zip, as views. Refuses (`zip.*`, with the offset) every file that `zipChunks` does not
 * write, but for wrong checksums: a file whose bytes changed is still handed out, marked.
 */
export function parseZip(bytes: Bytes, checksumOf: (bytes: Uint8Array) => number = crc32): Result<readonly ReadFile[]> {
  if (bytes.length < END_SIZE || bytes.length > ZIP_SIZE_MAX) return refuse('zip.truncated', { at: bytes.length });
  const files: ReadFile[] = [];
  const central: Bytes[] = [];
  let at = 0;
  for (let before = ''; startsWith(bytes, at, LOCAL_SIGNATURE); ) {
    const file = readLocal(bytes, at);
    if (file === undefined) return refuse('zip.not-strict', { at });
    if (file.name <= before) return refuse('zip.not-sorted', { at });
    before = file.name;
    files.push({ name: file.name, bytes: file.bytes, sound: checksumOf(file.bytes) === file.checksum });
    central.push(centralHeader(file.name, file.checksum, file.bytes.length, at));
    at += LOCAL_SIZE + file.name.length + file.bytes.length;
  }
  const directory = central.reduce((size, header) => size + header.length, 0);
  const rest = joinBytes([...central, endRecords(files.length, directory, at)]);
  if (bytes.length !== at + rest.length) return refuse('zip.truncated', { at });
  return equalBytes(bytes.subarray(at), rest) ? ok(files) : refuse('zip.not-strict', { at });
}

const LOCAL_SIGNATURE = utf8('PK\x03\x04');

function startsWith(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  return what.every((byte, i) => bytes[at + i] === byte);
}

/** The local header at `at` and its file, when the header is exactly the one that would be written. */
function readLocal(bytes: Bytes, at: number): { name: string; checksum: number; bytes: Bytes } | undefined {
  if (at + LOCAL_SIZE > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, LOCAL_SIZE);
  const checksum = view.getUint32(14, true);
  const size = view.getUint32(18, true);
  const start = at + LOCAL_SIZE + view.getUint16(26, true);
  if (start + size > bytes.length) return undefined;
  const name = String.fromCharCode(...bytes.subarray(at + LOCAL_SIZE, Math.min(start, at + LOCAL_SIZE + 201)));
  if (!NAME.test(name) || !equalBytes(bytes.subarray(at, start), localHeader(name, checksum, size))) return undefined;
  return { name, checksum, bytes: bytes.subarray(start, start + size) };
}

/** Version 1.0, no flags, stored. */
function localHeader(name: string, checksum: number, size: number): Bytes {
  const header = new Uint8Array(LOCAL_SIZE + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint16(4, 10, true);
  setCommon(view, 10, checksum, size, name);
  header.set(utf8(name), LOCAL_SIZE);
  return header;
}

function centralHeader(name: string, checksum: number, size: number, offset: number): Bytes {
  const header = new Uint8Array(CENTRAL_SIZE + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, 10, true);
  view.setUint16(6, 10, true);
  setCommon(view, 12, checksum, size, name);
  view.setUint32(42, offset, true);
  header.set(utf8(name), CENTRAL_SIZE);
  return header;
}

/** Time, date, checksum, both sizes and the length of the name: the same run of fields in both headers. */
function setCommon(view: DataView, at: number, checksum: number, size: number, name: string): void {
  view.setUint16(at + 2, DATE_1980_01_01, true);
  view.setUint32(at + 4, checksum, true);
  view.setUint32(at + 8, size, true);
  view.setUint32(at + 12, size, true);
  view.setUint16(at + 16, name.length, true);
}

function endRecords(count: number, directory: number, offset: number): Bytes {
  const end = new Uint8Array(END_SIZE);
  const view = new DataView(end.buffer);
  const shown = Math.min(count, ZIP64_COUNT);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, shown, true);
  view.setUint16(10, shown, true);
  view.setUint32(12, directory, true);
  view.setUint32(16, offset, true);
  return count < ZIP64_COUNT ? end : concatBytes(end64Records(count, directory, offset), end);
}

/** Zip64 end of central directory and its locator, for the count alone: sizes and offsets stay below 4 GiB. */
function end64Records(count: number, directory: number, offset: number): Bytes {
  const records = new Uint8Array(END64_SIZE);
  const view = new DataView(records.buffer);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, 45, true);
  view.setUint16(14, 45, true);
  view.setBigUint64(24, BigInt(count), true);
  view.setBigUint64(32, BigInt(count), true);
  view.setBigUint64(40, BigInt(directory), true);
  view.setBigUint64(48, BigInt(offset), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(offset + directory), true);
  view.setUint32(72, 1, true);
  return records;
}
