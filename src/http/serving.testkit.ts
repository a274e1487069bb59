/** A real space of two parties on SQLite with one node served: what the tests of the people's door stand on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { standingClock } from '../adapters/clock/system-clock.ts';
import { folderRoutes } from '../features/folder/server/routes.ts';
import { officersProjection } from '../features/officers/server/project.ts';
import { concatBytes, type Bytes } from '../kernel/bytes.ts';
import type { ObjectId } from '../kernel/ids.ts';
import type { Operation } from '../kernel/operation.ts';
import { expectOk } from '../kernel/result.ts';
import type { Projection } from '../node/projection.ts';
import { exportAnchor, foundSpace, importAnchor, init, joinSpace, type Founded } from '../main/found.ts';
import { openParty, type OpenParty } from '../main/open.ts';
import { partsOf } from '../record/act.ts';
import { decodeAct } from '../record/codec.ts';
import { parseEnvelope } from '../record/envelope.ts';
import type { Config } from '../main/config.ts';
import type { Node } from '../node/node.ts';
import type { Route } from './handler.ts';
import { serveNode, type Served, type ServeOptions } from './serve.ts';

export const ORIGIN = 'http://localhost:4700';
const AT = '2026-11-23T10:42:00.000Z';

export interface ServingOptions extends Partial<Pick<ServeOptions, 'demo' | 'sessions' | 'live' | 'metrics' | 'webRoot' | 'report' | 'publicListen' | 'probesListen'>> {
  readonly exercise?: boolean;
  readonly nodeKeys?: boolean;
  readonly quorum?: number;
  readonly projections?: readonly Projection[];
  readonly routes?: readonly Route[];
}

export interface Serving {
  readonly served: Served;
  readonly open: OpenParty;
  readonly other: OpenParty;
  readonly administrator: ObjectId;
  readonly clock: ReturnType<typeof standingClock>;
  /** A browser without a session. */
  browser(): Browser;
  /** A browser signed in as the officer by a session made for it. */
  signedIn(officer: ObjectId): Promise<Browser>;
  close(): Promise<void>;
}

function partyConfig(id: 'ma' | 'es', quorum: number, nodeKeys: boolean): Omit<Config, 'v'> {
  const own = id === 'ma'
    ? { name: { ar: 'المديرية', en: 'Directorate' }, short: { ar: 'المديرية', en: 'Directorate' }, country: 'MA', language: 'ar' as const, zone: 'Africa/Casablanca' }
    : { name: { es: 'Dirección', en: 'Office' }, short: { es: 'Dirección', en: 'Office' }, country: 'ES', language: 'es' as const, zone: 'Europe/Madrid' };
  const listener = { host: '127.0.0.1', port: 0 };
  return {
    party: { id, ...own, epoch: 1, quorum }, engine: { kind: 'sqlite' }, listen: { people: listener, federation: listener },
    profile: { endpoints: [], passkeys: { rpIds: ['localhost'], origins: [ORIGIN] }, policy: { nodeKeys } },
  };
}

export async function serving(options: ServingOptions = {}): Promise<Serving> {
  const folder = mkdtempSync(join(tmpdir(), 'alternat-http-'));
  const [ma, es] = [join(folder, 'ma'), join(folder, 'es')];
  const quorum = options.quorum ?? 1;
  expectOk(await init({ data: ma, config: partyConfig('ma', quorum, options.nodeKeys ?? true) }));
  expectOk(await init({ data: es, config: partyConfig('es', quorum, true) }));
  expectOk(await importAnchor(ma, expectOk(await exportAnchor(es))));
  expectOk(await importAnchor(es, expectOk(await exportAnchor(ma))));
  const terms = {
    name: { en: 'Test space' }, authentic: ['ar' as const, 'es' as const], exercise: options.exercise ?? true, highestMark: 'AMBER' as const,
    limits: { textBytes: 1_048_576, fileBytes: 10_000_000 }, retention: { file: 3650, personal: 365 },
  };
  const clock = standingClock(AT);
  const founded: Founded = expectOk(await foundSpace({ data: ma, clock }, terms));
  expectOk(await joinSpace({ data: es, clock }, founded.charter));
  const projections = options.projections ?? [officersProjection];
  const open = await openParty({ data: ma, projections, clock, peers: [] });
  const other = await openParty({ data: es, projections, clock, peers: [] });
  await exchange(open.node, other.node);
  const served = expectOk(await serveNode({
    node: open.node, keys: open.keys, webRoot: options.webRoot ?? join(folder, 'no-web'), listen: { host: '127.0.0.1', port: 0 }, origin: ORIGIN,
    report: (_incident, error) => { throw error; }, ...options, routes: [...folderRoutes, ...(options.routes ?? [])],
  }));
  return {
    served, open, other, administrator: founded.administrator.officer, clock,
    browser: () => new Browser(served),
    async signedIn(officer) {
      const { secret } = await served.people.sessions.open(officer, 'passkey', 'test');
      return new Browser(served, secret);
    },
    async close() {
      await served.close();
      await open.close();
      await other.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Hands over what the two nodes lack of each other's logs, as a pull would. */
export async function exchange(a: Node, b: Node): Promise<void> {
  for (const [from, to] of [[a, b], [b, a]] as const) {
    const note = await from.checkpoint(from.party);
    const held = (await to.heads()).find((head) => head.party === from.party)?.size ?? 0;
    const size = (await from.heads()).find((head) => head.party === from.party)?.size ?? 0;
    if (note === undefined || size === held) continue;
    const leaves = await from.store.read((tx) => tx.leaves(from.party, held, size));
    const parts = new Map<string, Bytes>();
    for (const leaf of leaves) {
      const act = expectOk(decodeAct(expectOk(parseEnvelope(leaf.envelope)).payload));
      for (const ref of partsOf(act.body).filter((part) => part.class === 'text')) {
        const opened = expectOk(await from.openPart(ref.part));
        parts.set(ref.part, concatBytes(opened.salt, opened.plaintext));
      }
    }
    expectOk(await to.ingest({ party: from.party, from: held, entries: leaves.map((leaf) => leaf.envelope), note, parts }));
  }
}

export interface Reply<A> {
  readonly status: number;
  readonly body: A;
  readonly raw: LightMyRequestResponse;
}

/** Sends what the application would send, with the headers of a browser on this origin. */
export class Browser {
  readonly #served: Served;
  readonly #cookies = new Map<string, string>();
  constructor(served: Served, secret?: string) {
    this.#served = served;
    const { node } = served.people;
    if (secret !== undefined) this.#cookies.set(`alternat-${node.party}-${node.space.slice(0, 8)}`, secret);
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async call<A>(operation: Operation<never, never, never, A> | Operation<undefined, undefined, undefined, A> | { method: string; path: string }, sent: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; headers?: Record<string, string> } = {}): Promise<Reply<A>> {
    const path = operation.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(sent.params?.[name] ?? 'missing'));
    const raw = await this.#served.app.inject({
      method: operation.method as 'GET', url: sent.query === undefined ? path : `${path}?${new URLSearchParams(sent.query)}`,
      headers: { host: new URL(ORIGIN).host, 'sec-fetch-site': 'same-origin', 'accept-language': 'en', ...(this.cookie === '' ? {} : { cookie: this.cookie }), ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }), ...sent.headers },
      ...(sent.body === undefined ? {} : { payload: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
    });
    for (const { name, value } of raw.cookies) {
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const json = /json/.test(String(raw.headers['content-type'])) ? (raw.json() as A) : (undefined as A);
    return { status: raw.statusCode, body: json, raw };
  }
}
