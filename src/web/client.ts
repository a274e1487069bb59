/**
 * The people's API in the browser: `call` sends what an `Operation` of a contract describes and
 * answers with a value or a refusal; the hooks put it under TanStack Query. The same Zod schema that
 * binds the server parses the answer here.
 */
import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { Bytes } from '../kernel/bytes.ts';
import type { Operation } from '../kernel/operation.ts';
import { problem } from '../kernel/problem.ts';
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts';

/** What a call needs besides the operation: exactly the parts that its contract names. */
export type Args<P, Q, B> = ([P] extends [undefined] ? { params?: undefined } : { params: P }) &
  ([Q] extends [undefined] ? { query?: undefined } : { query?: Q }) &
  ([B] extends [undefined] ? { body?: undefined } : { body: B });

interface Sent { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown }

/** A refusal on its way through TanStack Query, which knows only errors. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** The refusal inside an error of a query or command; anything else is a bug shown as `web.failed`. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refused ? error.refusal : { code: 'web.failed' };
}

/** True when an error says that there is no session (any more). */
export function isSessionRefusal(error: unknown): boolean {
  return refusalOf(error).code.startsWith('session.');
}

/** The address of an operation: path parameters filled in, undefined query members left out. */
export function addressOf(operation: Pick<Operation, 'path'>, { params, query }: Sent): string {
  const values = (params ?? {}) as Record<string, string | number>;
  const path = operation.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The refusal that an `application/problem+json` carries (RFC 9457, kernel/problem.ts). */
export function refusalOfProblem(body: unknown, status: number): Refusal {
  const parsed = problem.safeParse(body);
  return parsed.success ? { code: parsed.data.code, params: parsed.data.params } : { code: 'web.answer-unreadable', params: { status } };
}

/** Sends one request. Never throws for what the network or the node answers. */
export async function call<P, Q, B, A>(operation: Operation<P, Q, B, A>, args: Args<P, Q, B>, signal?: AbortSignal): Promise<Result<A>> {
  const sent: Sent = args;
  const init: RequestInit = { method: operation.method, headers: { accept: 'application/json', 'accept-language': document.documentElement.lang }, credentials: 'same-origin' };
  if (signal !== undefined) init.signal = signal;
  if (sent.body !== undefined) {
    init.body = operation.consumes !== undefined && sent.body instanceof Uint8Array ? sent.body as Bytes : JSON.stringify(sent.body);
    init.headers = { ...init.headers, 'content-type': operation.consumes ?? 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(addressOf(operation, sent), init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return refuse('web.node-unreachable');
  }
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) return { ok: false, refusal: refusalOfProblem(body, response.status) };
  const answer = operation.answer.safeParse(body);
  return answer.success ? ok(answer.data) : refuse('web.answer-unreadable', { status: response.status });
}

/** Reads: cached under the operation's id, refreshed by live events (live.ts). */
export function useAnswer<P, Q, B, A>(operation: Operation<P, Q, B, A>, args: Args<P, Q, B>, enabled = true): UseQueryResult<A, Error> {
  return useQuery<A, Error>({
    queryKey: [operation.id, args],
    enabled,
    queryFn: async ({ signal }) => {
      const result = await call(operation, args, signal);
      if (!result.ok) throw new Refused(result.refusal);
      return result.value;
    },
  });
}

/** Writes: `mutateAsync(args)` resolves to a Result; whatever the outcome, what is shown is read again. */
export function useCommand<P, Q, B, A>(operation: Operation<P, Q, B, A>): UseMutationResult<Result<A>, Error, Args<P, Q, B>> {
  const queries = useQueryClient();
  return useMutation<Result<A>, Error, Args<P, Q, B>>({
    mutationFn: (args) => call(operation, args),
    onSettled: () => queries.invalidateQueries(),
  });
}
