/**
 * An officer of the exercise at the people's API: signs in by a demo link and calls operations, as the
 * page does. Everything the exercise records goes this way.
 */
import type { Operation } from '../kernel/operation.ts';
import { problem } from '../kernel/problem.ts';
import { secretOf } from '../features/officers/links.ts';
import { demoSignIn } from '../features/officers/contract.ts';

interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export class OfficerClient {
  readonly #origin: string;
  readonly #cookie: string;

  private constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  /** Signs in with a demo link. */
  static async signIn(link: string): Promise<OfficerClient> {
    const address = new URL(link);
    const secret = secretOf(address.hash);
    const response = await fetch(`${address.origin}${demoSignIn.path}`, {
      method: demoSignIn.method, headers: { 'content-type': 'application/json', origin: address.origin }, body: JSON.stringify({ secret }),
    });
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    if (!response.ok || cookie === '') throw new Error(`exercise: sign-in answered ${response.status}`);
    return new OfficerClient(address.origin, cookie);
  }

  /** The answer of the operation; throws `ExerciseRefused` for a refusal, so that a step can be tried again. */
  async call<A>(operation: Operation<never, never, never, A> | Operation<unknown, unknown, unknown, A>, sent: Sent = {}): Promise<A> {
    const path = operation.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(sent.params?.[name] ?? ''));
    const query = new URLSearchParams(sent.query ?? {}).toString();
    const response = await fetch(`${this.#origin}${path}${query === '' ? '' : `?${query}`}`, {
      method: operation.method,
      headers: { cookie: this.#cookie, origin: this.#origin, accept: 'application/json', ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return (operation.answer as { parse(value: unknown): A }).parse(answer);
    const refused = problem.safeParse(answer);
    throw new ExerciseRefused(operation.id, refused.success ? refused.data.code : String(response.status), refused.success ? JSON.stringify(refused.data.params) : '');
  }
}

export class ExerciseRefused extends Error {
  readonly code: string;
  constructor(operation: string, code: string, params: string) {
    super(`exercise: ${operation} refused ${code} ${params}`);
    this.name = 'ExerciseRefused';
    this.code = code;
  }
}
