import { createServer, type Server, type ServerOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Peer } from '../../node/ports.ts';
import { PeerFailure } from '../../node/sync/peer-failure.ts';
import { startTcpProxy, type TcpProxy } from '../../node/sync/tcp-proxy.testkit.ts';
import { createTlsIdentity, type TlsIdentity } from './certificate.ts';
import { httpsPeer, type PeerTimes } from './https-peer.ts';

const space = 'ab'.repeat(32);
const commit = '01'.repeat(32);
const QUICK: PeerTimes = { connectMs: 400, silenceMs: 300, graceMs: 500, bytesPerSecondMin: 100_000 };

let ours: TlsIdentity;
let theirs: TlsIdentity;
let stranger: TlsIdentity;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [ours, theirs, stranger] = [await createTlsIdentity('dgsn'), await createTlsIdentity('dgp'), await createTlsIdentity('dgp')];
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** Whoever answers there: a real TLS server that does what the test wants. */
async function serve(answer: Answering, identity: TlsIdentity = theirs, options: ServerOptions = {}): Promise<{ port: number; server: Server }> {
  const server = createServer({ key: identity.key, cert: identity.certificate, requestCert: true, rejectUnauthorized: false, ...options }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { port: (server.address() as AddressInfo).port, server };
}

function peerAt(ports: readonly number[], pins: () => readonly string[] = () => [theirs.pin], times = QUICK): Peer {
  const addresses = ports.map((port) => `https://127.0.0.1:${port}`);
  const peer = httpsPeer({ space, party: 'dgp', identity: ours, profile: () => ({ addresses, pins: pins() }), partBytesMax: 100_000, times });
  ends.push(() => peer.close());
  return peer;
}

async function proxyTo(port: number): Promise<TcpProxy> {
  const proxy = await startTcpProxy(port);
  ends.push(() => proxy.close());
  return proxy;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'answered',
    (error: unknown) => (error instanceof PeerFailure ? error.refusal.code : `thrown ${String(error)}`),
  );
}

describe('what a peer answers', () => {
  test('text, bytes, 404 and 410 come through, on one connection', async () => {
    const sockets = new Set<unknown>();
    const { port } = await serve((request, response) => {
      sockets.add(request.socket);
      if (request.url === `/s/${space}/dgsn/checkpoint`) return void response.end('a note\n');
      if (request.url === `/s/${space}/dgp/tile/entries/000.p/3`) return void response.end(Buffer.of(1, 2, 3));
      response.statusCode = request.url === `/s/${space}/part/${commit}` ? 410 : 404;
      response.end('{"code":"federation.no-such-path"}');
    });
    const peer = peerAt([port]);
    expect(await peer.checkpoint('dgsn')).toBe('a note\n');
    expect(await peer.checkpoint('dgp')).toBeUndefined();
    expect(await peer.entries('dgp', 0, 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(await peer.part(commit)).toBe('erased');
    expect(await peer.part('02'.repeat(32))).toBeUndefined();
    expect(sockets.size).toBe(1);
  });

  test('another status is a refusal with its code, never with its words', async () => {
    const { port } = await serve((request, response) => {
      response.statusCode = 403;
      response.end(request.url?.endsWith('poke') ? '<b>go away</b>' : '{"code":"federation.unknown-certificate","detail":"x"}');
    });
    const peer = peerAt([port]);
    const failure = await peer.checkpoint('dgp').catch((error: PeerFailure) => error.refusal);
    expect(failure).toEqual({ code: 'peer.refused', params: { status: 403, reason: 'federation.unknown-certificate' } });
    expect(await peer.poke().catch((error: PeerFailure) => error.refusal)).toEqual({ code: 'peer.refused', params: { status: 403, reason: 'none' } });
  });

  test('a connection that was closed while it lay idle is replaced without anybody noticing', async () => {
    const { port, server } = await serve((_request, response) => response.end('a note\n'));
    const peer = peerAt([port]);
    for (let turn = 0; turn < 20; turn++) {
      expect(await peer.checkpoint('dgp')).toBe('a note\n');
      server.closeAllConnections();
    }
  });

  test('a redirect is not followed', async () => {
    let asked = 0;
    const { port } = await serve((_request, response) => {
      asked++;
      response.writeHead(302, { location: `/s/${space}/dgp/checkpoint` }).end();
    });
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.refused');
    expect(asked).toBe(1);
  });
});

describe('limits on every answer', () => {
  test('a declared length above the limit is refused before the body', async () => {
    const { port } = await serve((_request, response) => response.writeHead(200, { 'content-length': 5_000_000_000 }).write('x'));
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.answer-too-large');
  });

  test('an endless body is cut at the limit', async () => {
    let sent = 0;
    const { port } = await serve((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
        response.once('drain', more);
      };
      more();
    });
    expect(await codeOf(peerAt([port]).part(commit))).toBe('peer.answer-too-large');
    expect(sent).toBeLessThan(50_000_000);
  });

  test('a tile that is longer than 256 hashes is refused even where a refusal could be as long', async () => {
    const { port } = await serve((_request, response) => response.end(Buffer.alloc(256 * 32 + 1)));
    expect(await codeOf(peerAt([port]).tile('dgp', 0, 0))).toBe('peer.answer-too-large');
  });

  test('silence ends with too-slow', async () => {
    const { port } = await serve(() => undefined);
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.too-slow');
  });

  test('a drop at a time, never silent, ends with too-slow', async () => {
    const { port } = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(drip));
    });
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.too-slow');
  });

  test('a body that ends early is no answer', async () => {
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.unreachable');
  });

  test('what is not HTTP is malformed, what is not UTF-8 too', async () => {
    const { port } = await serve((_request, response) => response.end(Buffer.of(0xff, 0xfe)));
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.answer-malformed');
    const garbage = await serve((request) => (request.socket as TLSSocket).end('nonsense without a status line\r\n\r\n'));
    expect(await codeOf(peerAt([garbage.port]).checkpoint('dgp'))).toBe('peer.answer-malformed');
  });

  test('a half-open line is noticed, and the next request after it heals succeeds', async () => {
    const { port } = await serve((_request, response) => response.end('a note\n'));
    const proxy = await proxyTo(port);
    const peer = peerAt([proxy.port]);
    expect(await peer.checkpoint('dgp')).toBe('a note\n');
    proxy.stall();
    expect(await codeOf(peer.checkpoint('dgp'))).toBe('peer.too-slow');
    proxy.heal();
    expect(await peer.checkpoint('dgp')).toBe('a note\n');
  });
});

describe('who answers', () => {
  test('a certificate outside the pins is refused before a byte of a request is sent', async () => {
    let requests = 0;
    const { port } = await serve((_request, response) => {
      requests++;
      response.end('a note\n');
    }, stranger);
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.wrong-certificate');
    expect(requests).toBe(0);
  });

  test('the client shows its own certificate', async () => {
    const shown: (string | undefined)[] = [];
    const { port } = await serve((request, response) => {
      shown.push((request.socket as TLSSocket).getPeerX509Certificate()?.toString());
      response.end('a note\n');
    });
    await peerAt([port]).checkpoint('dgp');
    expect(shown).toEqual([ours.certificate]);
  });

  test('TLS 1.2 is refused', async () => {
    const { port } = await serve((_request, response) => response.end('a note\n'), theirs, { maxVersion: 'TLSv1.2' });
    expect(await codeOf(peerAt([port]).checkpoint('dgp'))).toBe('peer.unreachable');
  });

  test('no session is resumed: every connection shows its certificate anew', async () => {
    const reused: boolean[] = [];
    const { port } = await serve((request, response) => {
      reused.push((request.socket as TLSSocket).isSessionReused());
      response.setHeader('connection', 'close').end('a note\n');
    });
    const peer = peerAt([port]);
    for (let i = 0; i < 3; i++) await peer.checkpoint('dgp');
    expect(reused).toEqual([false, false, false]);
  });

  test('a pin that is withdrawn ends the connection that stands on it', async () => {
    let pins = [theirs.pin];
    let requests = 0;
    const { port } = await serve((_request, response) => {
      requests++;
      response.end('a note\n');
    });
    const peer = peerAt([port], () => pins);
    await peer.checkpoint('dgp');
    pins = [stranger.pin];
    expect(await codeOf(peer.checkpoint('dgp'))).toBe('peer.wrong-certificate');
    expect(requests).toBe(1);
  });

  test('old and new certificate overlap: a server that changed over is known by either pin', async () => {
    const next = await serve((_request, response) => response.end('new\n'), stranger);
    expect(await peerAt([next.port], () => [theirs.pin, stranger.pin]).checkpoint('dgp')).toBe('new\n');
  });
});

describe('addresses', () => {
  test('the next address is tried when one does not answer, and is preferred afterwards', async () => {
    let first = 0;
    const wrong = await serve((_request, response) => void response.end(`${first++}`), stranger);
    const { port } = await serve((_request, response) => response.end('a note\n'));
    const peer = peerAt([1, wrong.port, port]);
    expect(await peer.checkpoint('dgp')).toBe('a note\n');
    expect(await peer.checkpoint('dgp')).toBe('a note\n');
    expect(first).toBe(0);
  });

  test('no address and a refused connection have codes of their own', async () => {
    expect(await codeOf(peerAt([]).checkpoint('dgp'))).toBe('peer.no-address');
    expect(await codeOf(peerAt([1]).checkpoint('dgp'))).toBe('peer.unreachable');
  });
});
