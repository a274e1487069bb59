/**
 * One request to a peer that may be hostile: bounded in size, in silence and in total time. Bytes are
 * taken as they come; nothing is decompressed, no redirect is followed, no header decides anything but
 * the declared length, which can only make the answer be refused earlier.
 */
import type { IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { concatBytes, type Bytes } from '../../kernel/bytes.ts';
import { PeerFailure } from '../../node/sync/peer-failure.ts';
import type { PinnedAgent } from './pinned-agent.ts';

export interface AnswerLimits {
  /** Largest body in bytes. */
  readonly bytesMax: number;
  /** Longest silence in milliseconds. */
  readonly silenceMs: number;
  /** After `graceMs` the average rate must be at least `bytesPerSecondMin`, or the answer is given up. */
  readonly graceMs: number;
  readonly bytesPerSecondMin: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Bytes;
}

export interface Asked {
  readonly agent: PinnedAgent;
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly body?: Bytes;
  readonly limits: AnswerLimits;
}

/** A pooled connection may have been closed at the other end while it lay idle: then a fresh one is tried. */
const STALE_MAX = 3;

class StaleConnection extends Error {}

/** Sends one request and reads the whole answer, or throws a `PeerFailure`. Every request of the protocol may be sent twice. */
export async function boundedAnswer(asked: Asked): Promise<Answer> {
  const { cuts } = asked.agent;
  for (let stale = 0; ; stale++) {
    try {
      return await sendOnce(asked);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      if (stale === STALE_MAX || asked.agent.cuts !== cuts) throw new PeerFailure({ code: 'peer.unreachable' }, error.cause);
    }
  }
}

async function sendOnce(asked: Asked): Promise<Answer> {
  const { agent, url, method, body, limits } = asked;
  const options: RequestOptions = {
    agent,
    method,
    timeout: limits.silenceMs,
    headers: body === undefined ? {} : { 'content-type': 'application/octet-stream', 'content-length': body.length },
  };
  agent.dropUnpinned();
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = request(url, options);
    const meter = rateMeter(limits, body?.length ?? 0, (failure) => outgoing.destroy(failure));
    const fail = (error: unknown): void => {
      meter.stop();
      const before = !answered && outgoing.reusedSocket && (error as { code?: unknown } | null)?.code === 'ECONNRESET';
      reject(before ? new StaleConnection('closed while idle', { cause: error }) : asFailure(error));
    };
    let answered = false;
    const take = async (incoming: IncomingMessage): Promise<void> => {
      try {
        const received = await readBody(incoming, limits.bytesMax, meter);
        meter.stop();
        resolve({ status: incoming.statusCode ?? 0, body: received });
      } catch (error) {
        outgoing.destroy();
        fail(error);
      }
    };
    agent.guard(outgoing);
    outgoing.once('timeout', () => outgoing.destroy(new PeerFailure({ code: 'peer.too-slow' })));
    outgoing.once('error', fail);
    outgoing.once('response', (incoming) => {
      answered = true;
      void take(incoming);
    });
    outgoing.end(body);
  });
}

interface RateMeter {
  add(bytes: number): void;
  stop(): void;
}

/** What is sent counts as given: a peer that takes a large bundle slowly is not slow to answer. */
function rateMeter(limits: AnswerLimits, sent: number, giveUp: (failure: PeerFailure) => void): RateMeter {
  let received = sent;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs > limits.graceMs + (received / limits.bytesPerSecondMin) * 1000) giveUp(new PeerFailure({ code: 'peer.too-slow' }));
  }, Math.min(1000, limits.graceMs));
  timer.unref();
  return {
    add(bytes) {
      received += bytes;
    },
    stop() {
      clearInterval(timer);
    },
  };
}

async function readBody(incoming: IncomingMessage, bytesMax: number, meter: RateMeter): Promise<Bytes> {
  const tooLarge = (): PeerFailure => new PeerFailure({ code: 'peer.answer-too-large', params: { bytesMax } });
  const declared = Number(incoming.headers['content-length'] ?? 0);
  if (declared > bytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > bytesMax) throw tooLarge();
    meter.add(chunk.length);
    chunks.push(chunk);
  }
  // A connection that breaks in mid-body ends the stream early on some paths; HTTP knows whether it was whole.
  if (!incoming.complete) throw new PeerFailure({ code: 'peer.unreachable' });
  return concatBytes(...chunks);
}

function asFailure(error: unknown): PeerFailure {
  if (error instanceof PeerFailure) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && code.startsWith('HPE_')) return new PeerFailure({ code: 'peer.answer-malformed' }, error);
  return new PeerFailure({ code: 'peer.unreachable' }, error);
}
