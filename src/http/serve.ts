/**
 * Serves one node to its people: builds the door over the node's database, listens, and hands out the
 * addresses. The public listener is another server on another port, off unless it is asked for.
 */
import type { FastifyInstance } from 'fastify';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { demoAddress, enrolmentAddress } from '../features/officers/links.ts';
import { loadReader } from '../features/officers/server/published.ts';
import type { ObjectId } from '../kernel/ids.ts';
import type { Label } from '../kernel/language.ts';
import { refuse, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { KeyStore } from '../node/ports.ts';
import type { Node } from '../node/node.ts';
import { buildApp } from './app.ts';
import { loadCatalogue, type Catalogue } from './catalogue.ts';
import { cookieName, type Door } from './door.ts';
import type { Route } from './handler.ts';
import { Limits } from './limits.ts';
import type { LiveLimits } from './live.ts';
import { createLocalBus } from './local-bus.ts';
import { buildProbesApp, type MetricsAccess } from './probes.ts';
import { buildPublicApp, type Released } from './public.ts';
import { Sessions, type SessionLimits } from './sessions.ts';
import { Accounts } from './sign-in/accounts.ts';
import { Ceremonies } from './sign-in/ceremonies.ts';
import { SignInLinks } from './sign-in/links.ts';
import type { People } from './sign-in/people.ts';
import { peopleRoutes } from './sign-in/routes.ts';

export interface ServeOptions {
  readonly node: Node;
  readonly keys: Pick<KeyStore, 'create' | 'sign' | 'publicKey'>;
  /** Routes of the slices (features/server-slices.ts). */
  readonly routes: readonly Route[];
  /** Folder of the built web application. */
  readonly webRoot: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Where browsers reach the node; default `http://localhost:<port>`. Passkeys are bound to its host. */
  readonly origin?: string;
  /** Asks for demo links. Refused unless the charter says exercise. */
  readonly demo?: boolean;
  readonly publicListen?: { readonly host: string; readonly port: number };
  /** A listener of their own for /healthz, /readyz and /metrics; default: the people's. */
  readonly probesListen?: { readonly host: string; readonly port: number };
  readonly released?: () => Promise<readonly Released[]>;
  readonly sessions?: SessionLimits;
  readonly live?: LiveLimits;
  readonly metrics?: MetricsAccess;
  readonly trustProxy?: string | false;
  readonly catalogue?: Catalogue;
  readonly report?: (incident: string, error: unknown) => void;
}

export interface Served {
  /** Address for people, e.g. `http://localhost:4700`. */
  readonly url: string;
  readonly publicUrl?: string;
  readonly probesUrl?: string;
  readonly app: FastifyInstance;
  readonly people: People;
  /** A link that signs the officer in as often as it is pressed. Refuses `sign-in.demo-off` outside the demo. */
  demoLink(officer: ObjectId): Promise<Result<string>>;
  /** A one-time enrolment link, for the operator at the command line. */
  enrolmentLink(officer: ObjectId): Promise<{ url: string; expiresAt: Instant }>;
  close(): Promise<void>;
}

/** Rejects when a port is taken. Refuses `serve.demo-not-exercise` when a demo is asked for in a space that is none. */
export async function serveNode(options: ServeOptions): Promise<Result<Served>> {
  const { node } = options;
  const { charter } = await node.charter();
  const demo = options.demo === true;
  if (demo && !charter.exercise) return refuse('serve.demo-not-exercise');
  const port = options.listen.port === 0 ? await freePort(options.listen.host) : options.listen.port;
  const origin = options.origin ?? `http://localhost:${port}`;
  const catalogue = options.catalogue ?? loadCatalogue();
  const now = (): Instant => node.mint.now();
  const people: People = {
    node, keys: options.keys, place: { origin, rpId: new URL(origin).hostname, engine: nodeEngine() },
    sessions: new Sessions(node.store, now, options.sessions), accounts: new Accounts(node.store, now),
    links: new SignInLinks(node.store, now, demo), ceremonies: new Ceremonies(node.store, now),
  };
  const door: Door = {
    node, sessions: people.sessions, limits: new Limits(node.store, now), catalogue, origin,
    readerOf: (officer) => loadReader(node, officer), local: createLocalBus(), cookie: cookieName(origin, node.party, node.space),
    language: charter.parties.find((party) => party.id === node.party)?.language ?? 'en',
    report: options.report ?? reportToStderr,
  };
  const { app, registry } = await buildApp({
    door, routes: [...peopleRoutes(people), ...options.routes], webRoot: options.webRoot,
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }), ...(options.live === undefined ? {} : { live: options.live }),
    ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }), metricsElsewhere: options.probesListen !== undefined,
  });
  await app.listen({ host: options.listen.host, port });
  const more: FastifyInstance[] = [];
  const also = async (built: FastifyInstance, listen: { host: string; port: number }): Promise<string> => {
    more.push(built);
    await built.listen(listen);
    const address = built.server.address();
    return `http://${listen.host}:${typeof address === 'object' && address !== null ? address.port : listen.port}`;
  };
  const released = options.released ?? (async () => []);
  const publicUrl = options.publicListen === undefined ? undefined : await also(await buildPublicApp({ name: charter.name as Label, exercise: charter.exercise, catalogue, released }), options.publicListen);
  const probesUrl = options.probesListen === undefined ? undefined : await also(buildProbesApp(node, registry, options.metrics ?? {}), options.probesListen);
  return ok({
    url: origin, app, people,
    ...(publicUrl === undefined ? {} : { publicUrl }), ...(probesUrl === undefined ? {} : { probesUrl }),
    async demoLink(officer) {
      const link = await people.links.demo(officer);
      return link.ok ? ok(demoAddress(origin, link.value.secret)) : link;
    },
    async enrolmentLink(officer) {
      const { secret, expiresAt } = await people.links.enrolment(officer, 'operator');
      return { url: enrolmentAddress(origin, secret), expiresAt };
    },
    async close() {
      await Promise.all([app, ...more].map((listener) => listener.close()));
    },
  });
}

/** The origin must be known before the app is built; so a free port is found by listening once. */
async function freePort(host: string): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** For the operator: the error with its place, under the number that the client was given. Never request data. */
function reportToStderr(incident: string, error: unknown): void {
  process.stderr.write(`incident ${incident}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
