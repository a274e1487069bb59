/**
 * Canonical JSON. docs/spec/canonical-json.md.
 *
 * `jcs` is RFC 8785 in full over a strict parser of its own: what it accepts has one meaning
 * (I-JSON, RFC 7493: no duplicate names, no lone surrogates, only valid UTF-8). Acts narrow it to the
 * *strict profile*: strings, safe integers, booleans, arrays, objects; printable ASCII names; no null,
 * fraction, -0, U+0000. There, one value has one encoding and `parseCanonical` takes no other:
 * parse, re-encode, compare.
 */
import { equalBytes, fromUtf8, utf8, type Bytes } from '../kernel/bytes.ts';
import { expectOk, ok, refuse, type Result } from '../kernel/result.ts';
import { JsonRefusal, parseJson, type JsonValue } from './json-text.ts';

/** Deepest nesting of the strict profile. */
export const CANONICAL_DEPTH_MAX = 64;

/** The RFC 8785 form of a JSON text. Refusals `json.*`. */
export function jcs(input: Uint8Array): Result<Bytes> {
  const text = fromUtf8(input);
  if (text === undefined) return refuse('json.not-utf8');
  const parsed = parseJson(text);
  return parsed.ok ? ok(utf8(jcsText(parsed.value))) : parsed;
}

/** Bytes of a value of the strict profile; throws on any other: own acts are checked before. */
export function canonicalBytes(value: unknown): Bytes {
  return expectOk(encodeCanonical(value));
}

/** Bytes of a value, or why it is outside the strict profile. */
export function encodeCanonical(value: unknown): Result<Bytes> {
  try {
    return ok(utf8(canonicalText(value, 0)));
  } catch (error) {
    if (error instanceof JsonRefusal) return refuse(error.code);
    throw error;
  }
}

/** The value of bytes in the strict profile, and only of the very bytes that `canonicalBytes` writes. */
export function parseCanonical(bytes: Uint8Array): Result<JsonValue> {
  const text = fromUtf8(bytes);
  if (text === undefined) return refuse('json.not-utf8');
  let value: unknown;
  try {
    // The platform's parser is lax on duplicates and forms; the comparison below is what decides.
    value = JSON.parse(text);
  } catch {
    return refuse('json.malformed');
  }
  if (isWrittenBack(text, value, bytes.length === text.length)) return ok(value as JsonValue);
  try {
    return canonicalText(value, 0) === text ? ok(value as JsonValue) : refuse('json.not-canonical');
  } catch (error) {
    if (error instanceof JsonRefusal) return refuse(error.code);
    throw error;
  }
}

/**
 * The short way to the same yes (a property test holds the two together): what JSON.stringify writes
 * back the same had no white space, duplicate, needless escape or other number form; what is left is
 * the order and the alphabet of names, and the profile's own limits. A no decides nothing.
 */
function isWrittenBack(text: string, value: unknown, ascii: boolean): boolean {
  if (text.includes('\\u') || text.includes('\x7f')) return false;
  // The walk comes first: it bounds the depth, which the platform's writer might not survive.
  return isInProfile(value, ascii && !text.includes('\\'), 0) && JSON.stringify(value) === text;
}

/** `plain`: no name can hold anything but printable ASCII. */
function isInProfile(value: unknown, plain: boolean, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object') return true;
  if (value === null || depth >= CANONICAL_DEPTH_MAX) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isInProfile(value[i], plain, depth + 1)) return false;
    return true;
  }
  let before: string | undefined;
  for (const name in value) {
    if (before !== undefined && before >= name) return false;
    if (!plain && !PRINTABLE_ASCII.test(name)) return false;
    if (!isInProfile((value as Record<string, unknown>)[name], plain, depth + 1)) return false;
    before = name;
  }
  return true;
}

/** Whether two values of the strict profile are the same value. */
export function sameCanonical(a: unknown, b: unknown): boolean {
  return equalBytes(canonicalBytes(a), canonicalBytes(b));
}

/** RFC 8785 §3.2: names by UTF-16 code units, numbers and strings as ECMAScript writes them. */
function jcsText(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(jcsText).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${jcsText(value[name] as JsonValue)}`).join(',')}}`;
}

function canonicalText(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new JsonRefusal('json.number-not-integer');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) throw new JsonRefusal('json.null');
      if (depth >= CANONICAL_DEPTH_MAX) throw new JsonRefusal('json.too-deep');
      return Array.isArray(value) ? arrayText(value, depth) : objectText(value as Record<string, unknown>, depth);
    default:
      throw new JsonRefusal('json.not-a-value');
  }
}

function arrayText(value: readonly unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < value.length; i++) {
    if (i > 0) text += ',';
    text += canonicalText(value[i], depth + 1);
  }
  return `${text}]`;
}

function objectText(value: Record<string, unknown>, depth: number): string {
  const names = Object.keys(value);
  for (let i = 1; i < names.length; i++) {
    if ((names[i - 1] as string) > (names[i] as string)) {
      names.sort();
      break;
    }
  }
  let text = '{';
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (!PRINTABLE_ASCII.test(name)) throw new JsonRefusal('json.name-not-ascii');
    text += `${i > 0 ? ',' : ''}${JSON.stringify(name)}:${canonicalText(value[name], depth + 1)}`;
  }
  return `${text}}`;
}

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

function stringText(value: string): string {
  if (!value.isWellFormed()) throw new JsonRefusal('json.lone-surrogate');
  if (value.includes('\0')) throw new JsonRefusal('json.zero-character');
  return JSON.stringify(value);
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
