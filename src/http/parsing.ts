/** Strict reading of what comes in: bytes → JSON → the contract's schema. Nothing is repaired. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { fromUtf8, type Bytes } from '../kernel/bytes.ts';
import { refuse, ok, type Result } from '../kernel/result.ts';
import { RefusedRequest } from './problem.ts';

/** Largest JSON body: a language version at its own limit (1 MiB of UTF-8) with escapes. */
export const JSON_SIZE_MAX = 3 * 1024 * 1024;
/** Largest uploaded file. */
export const FILE_SIZE_MAX = 64 * 1024 * 1024;
/** Deeper JSON is nobody's form, and costs stack. */
const DEPTH_MAX = 32;
const ERRORS_MAX = 20;

/** Replaces the framework's body parsers: strict UTF-8 JSON only, and bytes for operations that take a file. */
export function installParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: JSON_SIZE_MAX }, (request, body, done) => {
    const declared = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (declared !== undefined && declared.toLowerCase() !== 'utf-8') return done(new RefusedRequest({ code: 'request.encoding' }));
    const parsed = parseJson(new Uint8Array(body as Buffer));
    if (!parsed.ok) return done(new RefusedRequest(parsed.refusal));
    done(null, parsed.value);
  });
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: FILE_SIZE_MAX }, (request, body, done) => {
    const wanted = request.routeOptions.config.consumes;
    const sent = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (wanted === undefined || sent !== wanted) return done(new RefusedRequest({ code: 'request.media-unsupported' }));
    done(null, new Uint8Array(body as Buffer));
  });
}

/** The value of JSON bytes; an empty body is undefined. Refuses ill-formed UTF-8, lone surrogates, U+0000 and depth. */
export function parseJson(bytes: Bytes | Uint8Array): Result<unknown> {
  if (bytes.length === 0) return ok(undefined);
  const text = fromUtf8(bytes);
  if (text === undefined) return refuse('request.encoding');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('request.malformed');
  }
  return sound(value, 0);
}

/** Every string is well-formed Unicode without U+0000 (which PostgreSQL cannot store), and nothing is called __proto__. */
export function sound(value: unknown, depth: number): Result<unknown> {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? ok(value) : refuse('request.encoding');
  if (typeof value !== 'object' || value === null) return ok(value);
  if (depth >= DEPTH_MAX) return refuse('request.malformed');
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__' || !key.isWellFormed()) return refuse('request.malformed');
    const result = sound(member, depth + 1);
    if (!result.ok) return result;
  }
  return ok(value);
}

/** Parses one part of the input by its schema; `place` names it in the errors. Without a schema nothing may be there. */
export function parseInput(schema: z.ZodType | undefined, value: unknown, place: 'path' | 'query' | 'body'): unknown {
  if (schema === undefined) {
    const empty = value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
    if (empty || place !== 'body') return undefined;
    throw new RefusedRequest({ code: 'request.invalid', params: { at: place } }, [{ at: place, reason: 'unexpected' }]);
  }
  if (place !== 'body') {
    const result = sound(value, 0);
    if (!result.ok) throw new RefusedRequest(result.refusal);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, ERRORS_MAX).map((issue) => ({ at: [place, ...issue.path.map(String)].join('.'), reason: issue.code }));
  throw new RefusedRequest({ code: 'request.invalid', params: { at: errors[0]?.at ?? place } }, errors);
}
