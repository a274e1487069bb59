/**
 * What a slice writes against: an operation of its contract plus a handler makes a `Route`. Handlers
 * know nothing of HTTP: values in, a result out. Everything else (parsing, session, headers,
 * problem+json, checking the answer against the contract) is bind.ts.
 */
import type { Reader } from '../features/officers/reading.ts';
import type { ObjectId } from '../kernel/ids.ts';
import type { Language } from '../kernel/language.ts';
import type { Operation } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { Node } from '../node/node.ts';

/** The session in which a request comes. `id` names it in lists; it is not the secret token. */
export interface SessionInfo {
  readonly id: string;
  readonly officer: ObjectId;
  /** How the officer was identified. */
  readonly by: string;
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
}

/** What every handler gets. `language` is the reader's choice, for texts that the server writes (print, files). */
export interface PublicContext {
  readonly node: Node;
  readonly language: Language;
  readonly now: Instant;
}

/** With a session: who acts and what they may read. Facts are read afresh for each request. */
export interface HandlerContext extends PublicContext {
  readonly actor: { readonly officer: ObjectId };
  readonly reader: Reader;
  readonly session: SessionInfo;
  /** Tells open pages of this node that a local table of the area changed (`drafts`, `folder`): they read again. */
  announce(area: string): void;
}

/**
 * For the doors themselves (sign-in, enrolment, sign-out): they open and close sessions. The secret of
 * the session goes into the cookie and nowhere else; handlers never see it.
 */
export interface DoorContext extends PublicContext {
  /** The session the request came with, when it is a good one. */
  readonly session?: SessionInfo;
  openSession(officer: ObjectId, by: string): Promise<SessionInfo>;
  closeSession(): Promise<void>;
}

/** The parsed input: only what the contract names. */
export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

export type Handler<P, Q, B, A> = (context: HandlerContext, input: Input<P, Q, B>) => Promise<Result<A>>;
export type DoorHandler<P, Q, B, A> = (context: DoorContext, input: Input<P, Q, B>) => Promise<Result<A>>;
export type PublicHandler<P, Q, B, A> = (context: PublicContext, input: Input<P, Q, B>) => Promise<Result<A>>;

/** An operation with what answers it; the types of its input and answer are checked where it is made. */
export type Route =
  | { readonly operation: Operation; readonly access: 'session'; readonly handler: Handler<unknown, unknown, unknown, unknown> }
  | { readonly operation: Operation; readonly access: 'door'; readonly handler: DoorHandler<unknown, unknown, unknown, unknown> }
  | { readonly operation: Operation; readonly access: 'public'; readonly handler: PublicHandler<unknown, unknown, unknown, unknown> };

/** Binds a handler that needs a session (the default: everything that is not `access: 'public'`). */
export function handle<P, Q, B, A>(operation: Operation<P, Q, B, A>, handler: Handler<P, Q, B, A>): Route {
  if (operation.access === 'public') throw new Error(`${operation.id} is public: bind it with handlePublic`);
  return { operation: operation as unknown as Operation, access: 'session', handler: handler as unknown as Handler<unknown, unknown, unknown, unknown> };
}

/** Binds a handler that anybody may call. The operation says so itself (`access: 'public'`), so that it shows in the contract. */
export function handlePublic<P, Q, B, A>(operation: Operation<P, Q, B, A>, handler: PublicHandler<P, Q, B, A>): Route {
  if (operation.access !== 'public') throw new Error(`${operation.id} is not public`);
  return { operation: operation as unknown as Operation, access: 'public', handler: handler as unknown as PublicHandler<unknown, unknown, unknown, unknown> };
}

/** Binds a door: public, counted by the door limits, able to open and close sessions. */
export function handleDoor<P, Q, B, A>(operation: Operation<P, Q, B, A>, handler: DoorHandler<P, Q, B, A>): Route {
  if (operation.access !== 'public') throw new Error(`${operation.id} is not public`);
  return { operation: operation as unknown as Operation, access: 'door', handler: handler as unknown as DoorHandler<unknown, unknown, unknown, unknown> };
}
