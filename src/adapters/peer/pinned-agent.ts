/**
 * Connections to one party's node, each checked before a byte of a request leaves this one.
 *
 * With `rejectUnauthorized: false` (self-signed certificates leave no other way) Node never calls
 * `checkServerIdentity`; so the pin is compared on `secureConnect`, and the socket is handed to HTTP
 * only afterwards. TLS sessions are never cached: a resumed one would carry no certificate to check.
 * Pooled sockets are checked again for every request, because the pins may have changed meanwhile.
 */
import { X509Certificate } from 'node:crypto';
import type { ClientRequest } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { PeerFailure } from '../../node/sync/peer-failure.ts';
import { pinOf, type Pin } from '../../node/sync/pin.ts';

export interface PinnedAgentOptions {
  readonly key: string;
  readonly certificate: string;
  /** The pins that are good at this moment. */
  readonly pins: () => readonly Pin[];
  /** Milliseconds until a connection must stand, TLS included. */
  readonly connectMs: number;
}

export class PinnedAgent extends Agent {
  readonly #settings: PinnedAgentOptions;
  readonly #pinOfSocket = new WeakMap<object, Pin>();
  /** Connections that are being made: the agent does not know them yet. */
  readonly #pending = new Set<TLSSocket>();
  #cuts = 0;

  constructor(options: PinnedAgentOptions) {
    super({ keepAlive: true, maxSockets: 4, maxFreeSockets: 2, timeout: 30_000, maxCachedSessions: 0 });
    this.#settings = options;
  }

  override createConnection(options: RequestOptions, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    const { key, certificate, connectMs } = this.#settings;
    const socket = connect({
      host: options.host ?? '',
      port: Number(options.port),
      key,
      cert: certificate,
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    });
    const limit = setTimeout(() => socket.destroy(new PeerFailure({ code: 'peer.too-slow' })), connectMs);
    this.#pending.add(socket);
    let settled = false;
    const settle = (error: Error | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(limit);
      this.#pending.delete(socket);
      callback?.(error, socket);
    };
    socket.once('error', settle);
    socket.once('close', () => settle(new PeerFailure({ code: 'peer.unreachable' })));
    socket.once('secureConnect', () => {
      const pin = presentedPin(socket);
      if (pin === undefined || !this.#settings.pins().includes(pin)) {
        socket.destroy();
        settle(new PeerFailure({ code: 'peer.wrong-certificate' }));
        return;
      }
      this.#pinOfSocket.set(socket, pin);
      settle(null);
    });
    return undefined;
  }

  /** How often everything under way was cut from this side: who sees it change does not try again. */
  get cuts(): number {
    return this.#cuts;
  }

  override destroy(): void {
    this.#cuts++;
    for (const socket of this.#pending) socket.destroy();
    super.destroy();
  }

  /** Ends idle connections whose key is no longer good, so that the next request makes a new one. */
  dropUnpinned(): void {
    const pins = this.#settings.pins();
    for (const socket of Object.values(this.freeSockets).flatMap((idle) => idle ?? [])) {
      const pin = this.#pinOfSocket.get(socket);
      if (pin === undefined || !pins.includes(pin)) socket.destroy();
    }
  }

  /** Cuts the request, before its head is sent, when its socket is not one that was checked against today's pins. */
  guard(request: ClientRequest): void {
    request.once('socket', (socket) => {
      const pin = this.#pinOfSocket.get(socket);
      if (pin === undefined || !this.#settings.pins().includes(pin)) {
        request.destroy(new PeerFailure({ code: 'peer.wrong-certificate' }));
      }
    });
  }
}

function presentedPin(socket: TLSSocket): Pin | undefined {
  const { raw } = socket.getPeerCertificate();
  if (raw === undefined || raw.length === 0) return undefined;
  try {
    return pinOf(new X509Certificate(raw));
  } catch {
    return undefined;
  }
}
