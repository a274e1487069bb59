/**
 * The people's listener: one Fastify app over a list of routes. Order of what a request meets: host and
 * origin, session, limits, strict input, handler, contract. Whatever goes wrong leaves as problem+json.
 */
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { bindRoute } from './bind.ts';
import type { Door } from './door.ts';
import type { Route } from './handler.ts';
import { languageOf } from './language.ts';
import { installLive, type LiveLimits } from './live.ts';
import { openApiOf } from './openapi.ts';
import { installParsers, JSON_SIZE_MAX } from './parsing.ts';
import { installProbes, measure, type MetricsAccess } from './probes.ts';
import { problemOf, refusalOfError, RefusedRequest, sendProblem } from './problem.ts';
import { installProblemPages } from './problem-pages.ts';
import { installSecurity } from './security.ts';
import { installWebApp } from './web-app.ts';

const REQUESTS_PER_MINUTE = 12_000;
const NO_HEADERS = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': false };

export interface AppSettings {
  readonly door: Door;
  readonly routes: readonly Route[];
  /** Folder of the built web application. */
  readonly webRoot: string;
  readonly metrics?: MetricsAccess;
  /** Measurements are given by a listener of their own. */
  readonly metricsElsewhere?: boolean;
  readonly live?: LiveLimits;
  /** Addresses of proxies whose X-Forwarded-For counts for limits; default: none. */
  readonly trustProxy?: string | false;
}

export async function buildApp(settings: AppSettings): Promise<{ app: FastifyInstance; registry: Registry }> {
  const { door, routes } = settings;
  // No request log: addresses hold ids of texts, and what is counted is in /metrics.
  const app = fastify({
    logger: false,
    bodyLimit: JSON_SIZE_MAX,
    trustProxy: settings.trustProxy ?? false,
    requestTimeout: 60_000,
    connectionTimeout: 0,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1500, ignoreTrailingSlash: false, caseSensitive: true },
    // Addresses that cannot be decoded never reach a route.
    frameworkErrors: (error, request, reply) => void respond(door, error, request, reply as unknown as FastifyReply),
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    },
  });
  app.setErrorHandler((error, request, reply) => respond(door, error, request, reply));
  app.setNotFoundHandler((request, reply) => respond(door, Object.assign(new Error('no route'), { code: 'FST_ERR_ROUTE_METHOD_NOT_SUPPORTED' }), request, reply));
  await installSecurity(app, door.origin);
  await app.register(cookie);
  // Everything, reads too, per address and process: against a loop that went wild. Doors and writes have their own counts (limits.ts).
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE, timeWindow: 60_000, addHeaders: NO_HEADERS, addHeadersOnExceeding: NO_HEADERS,
    allowList: (request) => request.url === '/healthz' || request.url === '/readyz',
    errorResponseBuilder: (_request, context) => new RefusedRequest({ code: 'request.too-many', params: { seconds: Math.ceil(context.ttl / 1000) } }),
  });
  installParsers(app);
  const registry = measure(app, door.node);
  installProbes(app, door.node, registry, settings.metrics, settings.metricsElsewhere);
  for (const route of routes) bindRoute(app, door, route);
  installLive(app, door, settings.live);
  installProblemPages(app, door.catalogue);
  const document = JSON.stringify(openApiOf(routes.map((route) => route.operation), door.catalogue));
  app.get('/api/openapi.json', async (_request, reply) => reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(document));
  installWebApp(app, settings.webRoot, door.catalogue);
  return { app, registry };
}

function respond(door: Door, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request.headers['accept-language'], door.language);
  const { refusal, incident, errors } = refusalOfError(error);
  if (incident !== undefined) door.report(incident, error);
  const seconds = refusal.params?.seconds;
  if (refusal.code === 'request.too-many' && seconds !== undefined) reply.header('retry-after', String(seconds));
  return sendProblem(reply, {
    ...problemOf(door.catalogue, language, refusal),
    ...(errors === undefined || errors.length === 0 ? {} : { errors: [...errors] }),
    ...(incident === undefined ? {} : { incident }),
  });
}
