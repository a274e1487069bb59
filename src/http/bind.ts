/** Contract → route: session, limits, strict input, handler, an answer checked against the contract. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FileAnswer } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { Door } from './door.ts';
import type { DoorContext, HandlerContext, Input, PublicContext, Route, SessionInfo } from './handler.ts';
import { languageOf } from './language.ts';
import { doorLimit, doorTotalLimit, writeLimit } from './limits.ts';
import { parseInput } from './parsing.ts';
import { problemOf, RefusedRequest, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media type of a raw body that the route takes. */
    consumes?: string;
    operation?: string;
  }
}

/** Adds one route. The order matters: no input is read before the session is known. */
export function bindRoute(app: FastifyInstance, door: Door, route: Route): void {
  const { operation } = route;
  app.route({
    method: operation.method,
    url: operation.path,
    config: { operation: operation.id, ...(operation.consumes === undefined ? {} : { consumes: operation.consumes }) },
    // Before the body is read: who may not come in does not get to send megabytes.
    onRequest: async (request) => admit(door, route, request),
    handler: async (request, reply) => answer(door, route, request, reply),
  });
}

const admitted = new WeakMap<FastifyRequest, Partial<HandlerContext>>();

async function admit(door: Door, route: Route, request: FastifyRequest): Promise<void> {
  if (route.access === 'public') return;
  if (route.access === 'door') {
    if (!isRead(request)) {
      await demand(door.limits.count(doorLimit, request.ip));
      await demand(door.limits.count(doorTotalLimit, 'all'));
    }
    const session = await door.sessions.find(request.cookies[door.cookie]);
    if (typeof session !== 'string') admitted.set(request, { session });
    return;
  }
  const session = await door.sessions.find(request.cookies[door.cookie]);
  if (typeof session === 'string') throw new RefusedRequest({ code: `session.${session}` });
  const reader = await door.readerOf(session.officer);
  if (reader === undefined) throw new RefusedRequest({ code: 'session.mandate-ended' });
  if (!isRead(request)) await demand(door.limits.count(writeLimit, session.officer));
  admitted.set(request, { session, reader, actor: { officer: session.officer } });
}

function isRead(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

async function demand(result: Promise<Result<unknown>>): Promise<void> {
  const value = await result;
  if (!value.ok) throw new RefusedRequest(value.refusal);
}

async function answer(door: Door, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { operation } = route;
  const input: Input<unknown, unknown, unknown> = {
    params: parseInput(operation.params, request.params, 'path'),
    query: parseInput(operation.query, request.query, 'query'),
    body: parseInput(operation.body, request.body, 'body'),
  };
  const language = languageOf(request.headers['accept-language'], door.language);
  const context: PublicContext = { node: door.node, language, now: door.node.mint.now() };
  const result = await call(door, route, context, input, request, reply);
  if (!result.ok) return sendProblem(reply, problemOf(door.catalogue, language, result.refusal));
  if (operation.produces !== undefined) return sendFile(reply, operation.produces, result.value);
  reply.header('cache-control', 'no-store');
  // The contract is also a filter: an answer that says more than it may is a bug, and is not sent.
  const checked = operation.answer.safeParse(result.value);
  if (!checked.success) throw new Error(`${operation.id} answers outside its contract: ${checked.error.message}`);
  if (checked.data === undefined) return reply.code(204).send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(checked.data));
}

async function call(
  door: Door, route: Route, context: PublicContext, input: Input<unknown, unknown, unknown>, request: FastifyRequest, reply: FastifyReply,
): Promise<Result<unknown>> {
  if (route.access === 'public') return route.handler(context, input);
  if (route.access === 'door') return route.handler(doorContext(door, context, admitted.get(request)?.session, request, reply), input);
  return route.handler({ ...context, ...admitted.get(request), announce: door.local.announce } as HandlerContext, input);
}

function doorContext(door: Door, context: PublicContext, session: SessionInfo | undefined, request: FastifyRequest, reply: FastifyReply): DoorContext {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: door.origin.startsWith('https:') } as const;
  return {
    ...context,
    ...(session === undefined ? {} : { session }),
    async openSession(officer, by) {
      // A new session gets a new secret; the one the browser came with is ended, not reused (fixation).
      if (session !== undefined) await door.sessions.end(session.officer, session.id);
      const opened = await door.sessions.open(officer, by, request.headers['user-agent'] ?? '');
      reply.setCookie(door.cookie, opened.secret, options);
      return opened.session;
    },
    async closeSession() {
      if (session !== undefined) await door.sessions.end(session.officer, session.id);
      reply.clearCookie(door.cookie, options);
    },
  };
}

function sendFile(reply: FastifyReply, produces: readonly string[], value: unknown): FastifyReply {
  const file = value as FileAnswer;
  if (!produces.includes(file.media)) throw new Error(`a file of ${file.media} where the contract names ${produces.join(', ')}`);
  const ascii = file.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return reply
    .header('content-disposition', `${file.disposition ?? 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('cache-control', 'private, no-store')
    .type(file.media)
    .send(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
}
