/**
 * The federation's own door: a TLS 1.3 listener that only nodes of the space's parties pass, apart from
 * the people's API in process, port and code. docs/spec/peer-api.md.
 *
 * Who asks is read from the client certificate's pin for every request, before its body is read: a
 * profile that withdraws a pin takes effect on connections that already stand. Sessions are not resumed,
 * because a resumed one shows no certificate.
 */
import { constants, type X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Bytes } from '../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import type { Refusal, Result } from '../../kernel/result.ts';
import type { Engine } from '../../record/engine.ts';
import type { Node } from '../../node/node.ts';
import { parsePeerPath, type PeerPath } from '../../node/sync/paths.ts';
import { pinOf, type Pin } from '../../node/sync/pin.ts';
import { answerGet, type Served } from './serve.ts';

export interface FederationOptions {
  readonly engine: Engine;
  readonly node: Node;
  /** PEM, as `createTlsIdentity` makes them. */
  readonly key: string;
  readonly certificate: string;
  /** The party whose profile names this pin now; undefined: nobody's. */
  readonly partyOfPin: (pin: Pin) => PartyId | undefined;
  /** Somebody says that there is something new. Must not block. */
  readonly onPoke: (from: PartyId) => void;
  readonly onBundle: (from: PartyId, file: Bytes) => Promise<Result<unknown>>;
  readonly bundleBytesMax?: number;
}

export interface FederationListener {
  /** Starts listening and answers the port (0 asks for a free one). */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

const BUNDLE_BYTES_MAX = 256 * 1024 * 1024;
const CONNECTIONS_MAX = 256;
/** A pull asks for a few things at a time; a peer that asks for more at once is told to wait. */
const REQUESTS_PER_PARTY_MAX = 16;

export function federationListener(options: FederationOptions): FederationListener {
  const app = fastify({
    logger: false,
    bodyLimit: options.bundleBytesMax ?? BUNDLE_BYTES_MAX,
    requestTimeout: 600_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: true,
    https: {
      key: options.key,
      cert: options.certificate,
      requestCert: true,
      // Self-signed certificates have no chain to check; every request is checked against the pins instead.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      secureOptions: constants.SSL_OP_NO_TICKET,
      handshakeTimeout: 10_000,
      headersTimeout: 15_000,
    },
  });
  const server = app.server as Server;
  server.maxConnections = CONNECTIONS_MAX;
  const under = new Map<PartyId, number>();
  const asking = new WeakMap<FastifyRequest, PartyId>();

  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const party = partyOf(request, options);
    if (party === undefined) return refuseWith(reply.header('connection', 'close'), 403, { code: 'federation.unknown-certificate' });
    const running = under.get(party) ?? 0;
    if (running >= REQUESTS_PER_PARTY_MAX) {
      return refuseWith(reply.header('retry-after', '1'), 429, { code: 'federation.too-many-requests', params: { max: REQUESTS_PER_PARTY_MAX } });
    }
    under.set(party, running + 1);
    asking.set(request, party);
    // `close` comes for every answer, also for those that the other end never took.
    reply.raw.once('close', () => under.set(party, (under.get(party) ?? 1) - 1));
    return undefined;
  });
  bindBodies(app);
  bindErrors(app);
  app.get('/*', async (request, reply) => {
    const path = pathOf(request, options.node.space);
    if (path === undefined || path.kind === 'poke' || path.kind === 'bundle') return refuseWith(reply, 404, { code: 'federation.no-such-path' });
    return send(reply, await answerGet(options.engine, options.node, asking.get(request) as PartyId, path));
  });
  app.post('/*', async (request, reply) => {
    const from = asking.get(request) as PartyId;
    const path = pathOf(request, options.node.space);
    if (path?.kind === 'poke') {
      options.onPoke(from);
      return reply.code(204).send();
    }
    if (path?.kind !== 'bundle') return refuseWith(reply, 404, { code: 'federation.no-such-path' });
    if (!(request.body instanceof Uint8Array)) return refuseWith(reply, 415, { code: 'federation.unsupported-media' });
    const taken = await options.onBundle(from, new Uint8Array(request.body));
    return taken.ok ? reply.code(204).send() : refuseWith(reply, 422, taken.refusal);
  });

  return {
    async listen(port, host) {
      await app.listen({ port, host });
      return (server.address() as AddressInfo).port;
    },
    async close() {
      await app.close();
    },
  };
}

/** The party that holds the client key of this connection, or undefined. */
function partyOf(request: FastifyRequest, options: FederationOptions): PartyId | undefined {
  const socket = request.raw.socket as TLSSocket;
  if (socket.isSessionReused()) return undefined;
  const certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  return certificate === undefined ? undefined : options.partyOfPin(pinOf(certificate));
}

/** Only this node's own space is served; another space is another node. */
function pathOf(request: FastifyRequest, space: Hash): PeerPath | undefined {
  const path = parsePeerPath(request.raw.url ?? '');
  return path?.space === space ? path : undefined;
}

function bindBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/octet-stream', 'application/zip'], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function bindErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => refuseWith(reply, 404, { code: 'federation.no-such-path' }));
  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status === 413) return refuseWith(reply, 413, { code: 'federation.too-large' });
    if (status === 415) return refuseWith(reply, 415, { code: 'federation.unsupported-media' });
    if (status >= 400 && status < 500) return refuseWith(reply, status, { code: 'federation.unreadable-request' });
    return refuseWith(reply, 500, { code: 'federation.internal-fault' });
  });
}

function send(reply: FastifyReply, served: Served): FastifyReply {
  if (!('refusal' in served)) return reply.code(200).type(served.media).send(served.body);
  if (served.status === 503) reply.header('retry-after', '1');
  return refuseWith(reply, served.status, served.refusal);
}

/** RFC 9457; the code is what a peer acts on, and what its screens translate. */
function refuseWith(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  const problem = { type: `/problems/${refusal.code}`, status, code: refusal.code, ...(refusal.params === undefined ? {} : { params: refusal.params }) };
  // As bytes: to a string the media type would be given a charset, which it does not have.
  return reply.code(status).header('content-type', 'application/problem+json').send(Buffer.from(JSON.stringify(problem)));
}
