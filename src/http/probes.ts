/**
 * For machines: `/healthz` (the process answers), `/readyz` (it can serve: database and state),
 * `/metrics` (Prometheus). Metrics have an access rule of their own: this machine, or a bearer token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Node } from '../node/node.ts';
import { RefusedRequest } from './problem.ts';
import { statusOf } from './status.ts';

export interface MetricsAccess {
  /** SHA-256 of the bearer token, lower-case hex; absent: only this machine may read metrics. */
  readonly tokenDigest?: string;
}

/** `metricsElsewhere`: a listener of their own gives the measurements, and this one none. */
export function installProbes(app: FastifyInstance, node: Node, registry: Registry, access: MetricsAccess = {}, metricsElsewhere = false): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    const state = node.state();
    // A recovering node serves its mirrors to its peers, but people are better sent to another process.
    if (state === 'recovering' || state === 'founding') throw new RefusedRequest({ code: `node.${state}` });
    await node.heads();
    return reply.header('cache-control', 'no-store').type('application/json').send(JSON.stringify({ state }));
  });
  if (metricsElsewhere) {
    app.get('/metrics', async () => { throw new RefusedRequest({ code: 'request.route-unknown' }); });
    return;
  }
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, access)) throw new RefusedRequest({ code: 'metrics.not-for-you' });
    return reply.header('cache-control', 'no-store').type(registry.contentType).send(await registry.metrics());
  });
}

/** What is measured of one node and its people's listener. */
export function measure(app: FastifyInstance, node: Node): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureRequests(app, registry);
  measureNode(node, registry);
  return registry;
}

/** A listener for probes alone, where an operator wants them on a network of their own. */
export function buildProbesApp(node: Node, registry: Registry, access: MetricsAccess): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: 1, forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) => {
    const code = error instanceof RefusedRequest ? error.refusal.code : 'server.unexpected';
    return reply.code(statusOf(code)).type('text/plain; charset=utf-8').send(`${code}\n`);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send('request.route-unknown\n'));
  installProbes(app, node, registry, access);
  return app;
}

/** Behind a proxy on this machine every request comes from loopback: a forwarding header means it did not. */
function mayReadMetrics(request: FastifyRequest, access: MetricsAccess): boolean {
  const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined && access.tokenDigest !== undefined) {
    return timingSafeEqual(createHash('sha256').update(token).digest(), Buffer.from(access.tokenDigest, 'hex'));
  }
  const from = request.socket.remoteAddress ?? '';
  const here = from === '::1' || /^(?:::ffff:)?127\./.test(from);
  return here && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
}

/** Labels are operation ids and statuses: never addresses, which hold ids of texts. */
function measureRequests(app: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'alternat_request_seconds', help: 'Time to answer, by operation and status', labelNames: ['operation', 'status'], registers: [registry],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe({ operation: request.routeOptions.config.operation ?? 'other', status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
}

function measureNode(node: Node, registry: Registry): void {
  const gauge = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => Promise<void>): void => {
    registry.registerMetric(new Gauge({ name, help, labelNames, registers: [], async collect() { this.reset(); await collect(this); } }));
  };
  gauge('alternat_log_size', 'Acts held, by party whose log it is', ['party'], async (metric) => {
    for (const head of await node.heads()) metric.set({ party: head.party }, head.size);
  });
  gauge('alternat_log_decided', 'Acts with a verdict, by party whose log it is', ['party'], async (metric) => {
    for (const head of await node.heads()) metric.set({ party: head.party }, head.decided);
  });
  gauge('alternat_log_frozen', '1 while the log is frozen because it forked', ['party'], async (metric) => {
    for (const head of await node.heads()) metric.set({ party: head.party }, head.frozenAt === undefined ? 0 : 1);
  });
  gauge('alternat_undelivered', 'Own acts that the party has not stored', ['party'], async (metric) => {
    for (const link of await node.links()) metric.set({ party: link.party }, link.ourSize - link.theyHaveOurs);
  });
  gauge('alternat_link_up', '1 while the party can be reached', ['party'], async (metric) => {
    for (const link of await node.links()) metric.set({ party: link.party }, link.state === 'linked' || link.state === 'waiting' ? 1 : 0);
  });
  gauge('alternat_node_open', '1 while the node takes writes', [], async (metric) => {
    const state = node.state();
    metric.set(state === 'open' || state === 'unconfirmed' ? 1 : 0);
  });
}
