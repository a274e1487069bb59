/**
 * A strict reader of JSON texts: what it accepts has one meaning. docs/spec/canonical-json.md.
 */
import { ok, refuse, type Result } from '../kernel/result.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Deepest nesting that is read. */
export const JSON_DEPTH_MAX = 1000;

/**
 * A JSON text (RFC 8259) of one meaning: names unique, strings well-formed, numbers finite, nothing
 * after the value. Objects have no prototype, so `__proto__` is a name like any other.
 */
export function parseJson(text: string): Result<JsonValue> {
  const reader = { text, at: 0 };
  try {
    skipSpace(reader);
    const value = readValue(reader, 0);
    skipSpace(reader);
    if (reader.at !== text.length) throw new JsonRefusal('json.trailing-data', reader.at);
    return ok(value);
  } catch (error) {
    if (error instanceof JsonRefusal) return refuse(error.code, { at: error.at });
    throw error;
  }
}

/** Ends a reading or a writing; never leaves json.ts and json-text.ts. */
export class JsonRefusal extends Error {
  readonly code: string;
  readonly at: number;
  constructor(code: string, at = 0) {
    super(code);
    this.code = code;
    this.at = at;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const unit = reader.text.charCodeAt(reader.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    reader.at++;
  }
}

function readValue(reader: Reader, depth: number): JsonValue {
  switch (reader.text[reader.at]) {
    case '{':
      return readObject(reader, depth);
    case '[':
      return readArray(reader, depth);
    case '"':
      return readString(reader);
    case 't':
      return readWord(reader, 'true', true);
    case 'f':
      return readWord(reader, 'false', false);
    case 'n':
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
}

function readWord<T extends JsonValue>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at)) throw new JsonRefusal('json.malformed', reader.at);
  reader.at += word.length;
  return value;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

function readNumber(reader: Reader): number {
  NUMBER.lastIndex = reader.at;
  const found = NUMBER.exec(reader.text);
  if (found === null) throw new JsonRefusal('json.malformed', reader.at);
  const value = Number(found[0]);
  if (!Number.isFinite(value)) throw new JsonRefusal('json.number-too-large', reader.at);
  reader.at += found[0].length;
  return value;
}

const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function readString(reader: Reader): string {
  const start = reader.at;
  reader.at++;
  let value = '';
  for (;;) {
    PLAIN.lastIndex = reader.at;
    const run = (PLAIN.exec(reader.text) as RegExpExecArray)[0];
    value += run;
    reader.at += run.length;
    const unit = reader.text[reader.at];
    if (unit === '"') break;
    if (unit !== '\\') throw new JsonRefusal('json.malformed', reader.at);
    value += readEscape(reader);
  }
  reader.at++;
  if (!value.isWellFormed()) throw new JsonRefusal('json.lone-surrogate', start);
  return value;
}

function readEscape(reader: Reader): string {
  const letter = reader.text[reader.at + 1] ?? '';
  if (letter === 'u') {
    const digits = reader.text.slice(reader.at + 2, reader.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonRefusal('json.malformed', reader.at);
    reader.at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  const plain = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  if (plain === undefined) throw new JsonRefusal('json.malformed', reader.at);
  reader.at += 2;
  return plain;
}

function readArray(reader: Reader, depth: number): JsonValue[] {
  if (depth >= JSON_DEPTH_MAX) throw new JsonRefusal('json.too-deep', reader.at);
  const items: JsonValue[] = [];
  reader.at++;
  skipSpace(reader);
  if (reader.text[reader.at] === ']') {
    reader.at++;
    return items;
  }
  for (;;) {
    skipSpace(reader);
    items.push(readValue(reader, depth + 1));
    skipSpace(reader);
    const unit = reader.text[reader.at];
    if (unit !== ',' && unit !== ']') throw new JsonRefusal('json.malformed', reader.at);
    reader.at++;
    if (unit === ']') return items;
  }
}

function readObject(reader: Reader, depth: number): { readonly [name: string]: JsonValue } {
  if (depth >= JSON_DEPTH_MAX) throw new JsonRefusal('json.too-deep', reader.at);
  const members: Record<string, JsonValue> = Object.create(null);
  reader.at++;
  skipSpace(reader);
  if (reader.text[reader.at] === '}') {
    reader.at++;
    return members;
  }
  for (;;) {
    skipSpace(reader);
    const at = reader.at;
    if (reader.text[at] !== '"') throw new JsonRefusal('json.malformed', at);
    const name = readString(reader);
    if (name in members) throw new JsonRefusal('json.duplicate-name', at);
    skipSpace(reader);
    if (reader.text[reader.at] !== ':') throw new JsonRefusal('json.malformed', reader.at);
    reader.at++;
    skipSpace(reader);
    members[name] = readValue(reader, depth + 1);
    skipSpace(reader);
    const unit = reader.text[reader.at];
    if (unit !== ',' && unit !== '}') throw new JsonRefusal('json.malformed', reader.at);
    reader.at++;
    if (unit === '}') return members;
  }
}
