/**
 * The conformance port: one JSON object per line in, one per line out, so that anybody can hold the
 * primitives against vectors of their own. docs/spec/conform.md.
 *
 * Bytes are base64, sizes decimal strings. Every line is answered, in order, whatever it holds; a
 * refusal is {"ok":false,"error":code}.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { concatBytes, fromBase64, fromUtf8, toBase64, utf8, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import type { Engine } from '../record/engine.ts';
import { parseCheckpoint } from '../record/checkpoint.ts';
import { jcs } from '../record/json.ts';
import { parseJson, type JsonValue } from '../record/json-text.ts';
import { parseNote, parseVkey, verifyNote, type NoteKey } from '../record/note.ts';
import { pae } from '../record/pae.ts';
import { verifyEd25519, verifyP256 } from '../record/signature.ts';
import { verifyConsistency, verifyInclusion } from '../record/tree.ts';

/** Longest line that is read; the rest of a longer one is dropped and the line refused. */
export const CONFORM_LINE_MAX = 16 * 1024 * 1024;

type Request = { readonly [name: string]: JsonValue };
type Answer = Result<Readonly<Record<string, unknown>>>;

const engine = nodeEngine();

/** The answer to one line, without its newline. Never throws. */
export function conformLine(line: string): string {
  const request = parseJson(line);
  if (!request.ok || typeof request.value !== 'object' || request.value === null || Array.isArray(request.value)) return answerText(refuse('conform.unreadable'));
  return answerText(answer(engine, request.value as Request));
}

/** Answers line by line until the input ends; a last line without newline is answered too. */
export async function runConform(input: AsyncIterable<Uint8Array>, output: Writable): Promise<void> {
  for await (const line of linesOf(input)) {
    const text = line === 'too-long' ? undefined : fromUtf8(line);
    const reply = line === 'too-long' ? answerText(refuse('conform.line-too-long')) : text === undefined ? answerText(refuse('conform.unreadable')) : conformLine(text);
    if (!output.write(`${reply}\n`)) await once(output, 'drain');
  }
}

async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | 'too-long'> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    let rest: Uint8Array = typeof chunk === 'string' ? utf8(chunk) : chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      size += end;
      yield size > CONFORM_LINE_MAX ? 'too-long' : concatBytes(...pending, rest.subarray(0, end));
      pending = [];
      size = 0;
      rest = rest.subarray(end + 1);
    }
    size += rest.length;
    if (size > CONFORM_LINE_MAX) pending = [];
    else if (rest.length > 0) pending.push(rest);
  }
  if (size > 0) yield size > CONFORM_LINE_MAX ? 'too-long' : concatBytes(...pending);
}

function answerText(result: Answer): string {
  return JSON.stringify(result.ok ? { ok: true, ...result.value } : { ok: false, error: result.refusal.code });
}

/** A member that is missing or of another form; caught in `answer`. */
class WrongMember extends Error {}

function answer(by: Engine, request: Request): Answer {
  try {
    switch (request.op) {
      case 'jcs':
        return outputOf(jcs(bytesOf(request, 'input')));
      case 'pae':
        return outputOf(ok(pae(textOf(request, 'type'), bytesOf(request, 'body'))));
      case 'ed25519':
        return plain(verifyEd25519(by, bytesOf(request, 'publicKey'), bytesOf(request, 'message'), bytesOf(request, 'signature')));
      case 'p256':
        return plain(verifyP256(by, bytesOf(request, 'publicKey'), bytesOf(request, 'message'), bytesOf(request, 'signature')));
      case 'note':
        return noteAnswer(by, request);
      case 'checkpoint':
        return checkpointAnswer(request);
      case 'inclusion':
        return plain(verifyInclusion(by, sizeOf(request, 'index'), sizeOf(request, 'size'), bytesOf(request, 'leaf'), proofOf(request), bytesOf(request, 'root')));
      case 'consistency':
        return plain(verifyConsistency(by, sizeOf(request, 'size1'), sizeOf(request, 'size2'), proofOf(request), bytesOf(request, 'root1'), bytesOf(request, 'root2')));
      default:
        return refuse('conform.unknown-op');
    }
  } catch (error) {
    if (error instanceof WrongMember) return refuse('conform.wrong-member');
    throw error;
  }
}

function noteAnswer(by: Engine, request: Request): Answer {
  const source = textOf(request, 'note');
  const listed = request.vkeys;
  if (!Array.isArray(listed)) throw new WrongMember();
  const keys: NoteKey[] = [];
  for (const vkey of listed) {
    if (typeof vkey !== 'string') throw new WrongMember();
    const key = parseVkey(by, vkey);
    if (!key.ok) return key;
    keys.push(key.value);
  }
  // A note has line ends, base64 has none: so the bytes of a note may be given too, also ill-formed ones.
  const note = parseNote(source.includes('\n') ? source : (fromBase64(source) ?? source));
  const verified = note.ok ? verifyNote(by, note.value, keys) : note;
  return verified.ok ? ok({ verified: verified.value.map((signature) => signature.name) }) : verified;
}

function checkpointAnswer(request: Request): Answer {
  const checkpoint = parseCheckpoint(textOf(request, 'text'));
  if (!checkpoint.ok) return checkpoint;
  const { origin, size, root } = checkpoint.value;
  return ok({ origin, size: String(size), root: toBase64(root) });
}

function outputOf(result: Result<Bytes>): Answer {
  return result.ok ? ok({ output: toBase64(result.value) }) : result;
}

function plain(result: Result<true>): Answer {
  return result.ok ? ok({}) : result;
}

function textOf(request: Request, name: string): string {
  const value = request[name];
  if (typeof value !== 'string') throw new WrongMember();
  return value;
}

function bytesOf(request: Request, name: string): Bytes {
  return decoded(request[name]);
}

function decoded(value: JsonValue | undefined): Bytes {
  const bytes = typeof value === 'string' ? fromBase64(value) : undefined;
  if (bytes === undefined) throw new WrongMember();
  return bytes;
}

function sizeOf(request: Request, name: string): bigint {
  const text = textOf(request, name);
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) throw new WrongMember();
  return BigInt(text);
}

/** `null` stands for no hashes: that is how Go writes an empty proof. */
function proofOf(request: Request): Bytes[] {
  if (request.proof === null) return [];
  if (!Array.isArray(request.proof)) throw new WrongMember();
  return request.proof.map(decoded);
}
