/**
 * `/api/live`: what changed, as server-sent events. The officer's right to read is asked again for each
 * event and at each heartbeat, so a session that ended or a mandate that was revoked ends the stream.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { liveEvents } from '../features/officers/contract.ts';
import type { LiveEvent } from '../features/officers/live.ts';
import type { Reader } from '../features/officers/reading.ts';
import { readable } from '../features/officers/server/reading.ts';
import type { PartyId } from '../kernel/ids.ts';
import type { NodeEvent } from '../node/node.ts';
import type { Door } from './door.ts';
import { RefusedRequest } from './problem.ts';

const HEARTBEAT_MS = 15_000;
/** Bursts (a sync of many batches) become one event per log. */
const GATHER_MS = 100;
const STREAMS_PER_OFFICER = 12;

export interface LiveLimits { readonly heartbeatMs?: number; readonly gatherMs?: number }

export function installLive(app: FastifyInstance, door: Door, limits: LiveLimits = {}): void {
  const open = new Map<string, number>();
  const streams = new Set<Stream>();
  app.addHook('preClose', async () => { for (const stream of streams) stream.close(); });
  app.get(liveEvents.path, { config: { operation: liveEvents.id } }, async (request, reply) => {
    const { officer } = await admitted(door, request);
    const count = open.get(officer) ?? 0;
    if (count >= STREAMS_PER_OFFICER) throw new RefusedRequest({ code: 'request.too-many', params: { seconds: 60 } });
    open.set(officer, count + 1);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    const stream = new Stream(door, request, reply.raw, limits);
    streams.add(stream);
    reply.raw.on('close', () => {
      stream.close();
      streams.delete(stream);
      open.set(officer, (open.get(officer) ?? 1) - 1);
    });
    await stream.begin();
  });
}

async function admitted(door: Door, request: FastifyRequest, touch = true): Promise<Reader> {
  const session = await door.sessions.find(request.cookies[door.cookie], touch);
  if (typeof session === 'string') throw new RefusedRequest({ code: `session.${session}` });
  const reader = await door.readerOf(session.officer);
  if (reader === undefined) throw new RefusedRequest({ code: 'session.mandate-ended' });
  return reader;
}

class Stream {
  readonly #door: Door;
  readonly #request: FastifyRequest;
  readonly #out: ServerResponse;
  readonly #gatherMs: number;
  readonly #heartbeatMs: number;
  readonly #told = new Map<PartyId, number>();
  #pending: NodeEvent[] = [];
  readonly #areas = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void)[] = [];
  #closed = false;

  constructor(door: Door, request: FastifyRequest, out: ServerResponse, limits: LiveLimits) {
    this.#door = door;
    this.#request = request;
    this.#out = out;
    this.#gatherMs = limits.gatherMs ?? GATHER_MS;
    this.#heartbeatMs = limits.heartbeatMs ?? HEARTBEAT_MS;
  }

  async begin(): Promise<void> {
    // Subscribed before the heads are read: what happens in between is told twice rather than never.
    this.#unsubscribe.push(
      this.#door.node.subscribe((event) => { this.#pending.push(event); this.#gather(); }),
      this.#door.local.subscribe((area) => { this.#areas.add(area); this.#gather(); }),
    );
    for (const head of await this.#door.node.heads()) this.#told.set(head.party, head.size);
    this.#send({ kind: 'hello', now: this.#door.node.mint.now() });
    this.#heartbeat = setInterval(() => void this.#beat(), this.#heartbeatMs);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stop of this.#unsubscribe) stop();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    this.#out.end();
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => void this.#flush(), this.#gatherMs);
  }

  /** An open page is not an officer at work: looking for the session here does not prolong it. */
  async #reader(): Promise<Reader | undefined> {
    try {
      return await admitted(this.#door, this.#request, false);
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      this.#send({ kind: 'ended' });
      this.close();
      return undefined;
    }
  }

  async #beat(): Promise<void> {
    await this.#guarded(async () => {
      const reader = await this.#reader();
      if (reader === undefined || this.#closed) return;
      this.#out.write(': \n\n');
      // What another process of this node committed is no event here: its growth shows in the heads.
      for (const head of await this.#door.node.heads()) if (head.size > (this.#told.get(head.party) ?? 0)) await this.#tellGrowth(reader, head.party, head.size);
    });
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const events = this.#pending;
    const areas = [...this.#areas];
    this.#pending = [];
    this.#areas.clear();
    await this.#guarded(async () => {
      const reader = await this.#reader();
      if (reader === undefined) return;
      const grown = new Map<PartyId, number>();
      for (const event of events) {
        if (event.kind === 'appended') grown.set(event.party, Math.max(event.size, grown.get(event.party) ?? 0));
        else this.#send(event.kind === 'link' ? { kind: 'link', party: event.link.party } : event);
      }
      for (const area of areas) this.#send({ kind: 'local', area });
      for (const [party, size] of grown) await this.#tellGrowth(reader, party, size);
    });
  }

  async #tellGrowth(reader: Reader, party: PartyId, size: number): Promise<void> {
    const from = this.#told.get(party) ?? 0;
    if (size > from) this.#told.set(party, size);
    const rows = await this.#door.node.store.read((tx) => tx.db.selectFrom('leaf').select('type').distinct()
      .where('party', '=', party).where('idx', '>=', Math.min(from, size - 1)).where('idx', '<', size)
      .where(readable(reader, { scope: 'leaf.scope' })).orderBy('type').execute());
    this.#send({ kind: 'appended', party, size, types: rows.map((row) => row.type) });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#door.report('live', error);
      this.close();
    }
  }

  #send(event: LiveEvent): void {
    if (!this.#closed) this.#out.write(`data: ${JSON.stringify(event)}\n\n`);
  }
}
