/**
 * One operation of the people's API: the single source of its route, client, OpenAPI entry and form
 * limits. `refusals` lists every code it can answer, so that each is a row in the OpenAPI document.
 */
import { z } from 'zod';
import type { Bytes } from './bytes.ts';

export interface Operation<P = unknown, Q = unknown, B = unknown, A = unknown> {
  /** `slice.verb-or-noun`, unique; also the OpenAPI operationId. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/...` with `:name` for path parameters. */
  readonly path: string;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  readonly answer: z.ZodType<A>;
  readonly refusals: readonly string[];
  /** `public`: no session needed. Everything else needs one (deny by default). */
  readonly access?: 'public';
  /** Media type of a raw request body (an uploaded file): `body` is then `rawBody`, bytes as they came. */
  readonly consumes?: string;
  /** Media types of a file answer: `answer` is then `fileAnswer` and goes out as those bytes. */
  readonly produces?: readonly string[];
}

/** A file to download or show: bytes with media type and a name without path (ASCII or not). */
export interface FileAnswer {
  readonly media: string;
  readonly name: string;
  readonly bytes: Bytes;
  /** `inline`: the browser shows it; default: it is saved. */
  readonly disposition?: 'inline' | 'attachment';
}

/** Schema of `FileAnswer` for operations with `produces`. */
export const fileAnswer = z.custom<FileAnswer>((value) => typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array);
/** Schema of the body of operations with `consumes`. */
export const rawBody = z.custom<Bytes>((value) => value instanceof Uint8Array);

export function operation<P = undefined, Q = undefined, B = undefined, A = undefined>(definition: Operation<P, Q, B, A>): Operation<P, Q, B, A> {
  return Object.freeze(definition);
}
