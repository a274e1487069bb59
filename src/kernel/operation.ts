/**
 * One operation of the people's API: the single source of its route, client, OpenAPI entry and form
 * limits. `refusals` lists every code it can answer, so that each is a row in the OpenAPI document.
 */
import type { z } from 'zod';

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
}

export function operation<P = undefined, Q = undefined, B = undefined, A = undefined>(definition: Operation<P, Q, B, A>): Operation<P, Q, B, A> {
  return Object.freeze(definition);
}
