import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantMandate, revokeMandate } from '../features/officers/contract.ts';
import { liveEvent, LIVE_PATH, type LiveEvent } from '../features/officers/live.ts';
import { officersProjection } from '../features/officers/server/project.ts';
import { utf8 } from '../kernel/bytes.ts';
import type { ObjectId } from '../kernel/ids.ts';
import { expectOk } from '../kernel/result.ts';
import { openParty } from '../main/open.ts';
import { ORIGIN, serving, type Browser, type Serving } from './serving.testkit.ts';

let space: Serving;
let admin: Browser;
let narrow: string;
const streams: AbortController[] = [];
beforeAll(async () => {
  space = await serving({ live: { heartbeatMs: 60, gatherMs: 20 } });
  admin = await space.signedIn(space.administrator);
  narrow = `body:${space.open.node.mint.id()}`;
});
afterAll(async () => {
  for (const stream of streams) stream.abort();
  await space.close();
});

async function appoint(scopes: readonly string[]): Promise<ObjectId> {
  const made = await admin.call<{ officer: ObjectId }>(grantMandate as never, { body: { office: { en: 'Office' }, powers: ['draft'], scopes, clearance: 'AMBER' } });
  return made.body.officer;
}

/** Reads the stream as a browser would; every event is held against the contract, and everything that came is kept. */
async function listen(officer: ObjectId): Promise<{ events: LiveEvent[]; raw: () => string; until: (found: (event: LiveEvent) => boolean) => Promise<LiveEvent>; ended: Promise<void> }> {
  const browser = await space.signedIn(officer);
  const address = space.served.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = new AbortController();
  streams.push(stop);
  const http = await import('node:http');
  const events: LiveEvent[] = [];
  let raw = '';
  const waiting: { found: (event: LiveEvent) => boolean; resolve: (event: LiveEvent) => void }[] = [];
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path: LIVE_PATH, headers: { host: new URL(ORIGIN).host, cookie: browser.cookie }, signal: stop.signal }, resolve).on('error', reject);
  });
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    raw += chunk;
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks.filter((one) => one.startsWith('data: '))) {
      const event = liveEvent.parse(JSON.parse(block.slice(6)));
      events.push(event);
      for (const one of waiting.filter(({ found }) => found(event))) one.resolve(event);
    }
  });
  const ended = new Promise<void>((resolve) => { response.on('close', resolve).on('error', () => resolve()); });
  const until = (found: (event: LiveEvent) => boolean): Promise<LiveEvent> => {
    const there = events.find(found);
    return there === undefined ? new Promise((resolve) => { waiting.push({ found, resolve }); }) : Promise.resolve(there);
  };
  await until((event) => event.kind === 'hello');
  return { events, raw: () => raw, until, ended };
}

async function note(scope: string, officer: ObjectId, words = 'words'): Promise<number> {
  const { node } = space.open;
  const part = node.mint.part('text', 'text/plain', utf8(words));
  return expectOk(await node.submit([{ type: 'note.make', v: 1, scope, body: { words: part.ref }, parts: [part] }], { officer })).size;
}

test('without a session there is no stream', async () => {
  const reply = await space.browser().call({ method: 'GET', path: LIVE_PATH });
  expect(reply.status).toBe(401);
});

test('what was appended is told by its type; the page reads the rest by itself', async () => {
  const officer = await appoint(['space']);
  const stream = await listen(officer);
  const size = await note('space', officer);
  expect(await stream.until((event) => event.kind === 'appended' && event.size === size)).toEqual({ kind: 'appended', party: 'ma', size, types: ['note.make'] });
});

test('a secret under a narrow scope is in no event for whoever may not read it; who may, is told', async () => {
  const [outsider, insider] = [await appoint(['space']), await appoint(['space', narrow])];
  const [out, inside] = [await listen(outsider), await listen(insider)];
  const size = await note(narrow, insider, 'planted secret');
  expect(await inside.until((event) => event.kind === 'appended' && event.size === size)).toMatchObject({ types: ['note.make'] });
  expect(await out.until((event) => event.kind === 'appended' && event.size === size)).toMatchObject({ types: [] });
  expect(out.raw()).not.toMatch(/planted|note\.make|body:/);
});

test('a mandate that ends, ends the stream', async () => {
  const officer = await appoint(['space']);
  const stream = await listen(officer);
  await admin.call(revokeMandate as never, { params: { officer }, body: { reason: 'ended' } });
  await stream.until((event) => event.kind === 'ended');
  await stream.ended;
});

test('an open page does not prolong a session', async () => {
  const officer = await appoint(['space']);
  await listen(officer);
  const [row] = await space.served.people.sessions.list(officer);
  space.clock.set('2026-11-23T11:12:00.000Z');
  await new Promise((resolve) => { setTimeout(resolve, 150); });
  const [after] = await space.served.people.sessions.list(officer);
  space.clock.set('2026-11-23T10:42:00.000Z');
  expect(after?.seenAt).toBe(row?.seenAt);
});

test('what another process of the node committed is told with the next heartbeat', async () => {
  const officer = await appoint(['space']);
  const stream = await listen(officer);
  const other = await openParty({ data: space.open.data.root, projections: [officersProjection], clock: space.clock, peers: [] });
  const part = other.node.mint.part('text', 'text/plain', utf8('elsewhere'));
  const { size } = expectOk(await other.node.submit([{ type: 'note.make', v: 1, scope: 'space', body: { words: part.ref }, parts: [part] }], { officer }));
  expect(await stream.until((event) => event.kind === 'appended' && event.size === size)).toMatchObject({ types: ['note.make'] });
  await other.close();
});
