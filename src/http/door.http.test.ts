import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { officerOperations } from '../features/officers/contract.ts';
import { folderOperations } from '../features/folder/contract.ts';
import { fileAnswer, operation, rawBody, type Operation } from '../kernel/operation.ts';
import { problem } from '../kernel/problem.ts';
import { ok, refuse } from '../kernel/result.ts';
import { instantOf, millisOf } from '../kernel/time.ts';
import { IntegrityFault } from '../kernel/fault.ts';
import { StoreFault } from '../node/store-fault.ts';
import { handle, handlePublic } from './handler.ts';
import { ORIGIN, serving, type Browser, type Serving } from './serving.testkit.ts';

const echo = operation({
  id: 'test.echo', method: 'POST', path: '/api/test/echo/:name', params: z.object({ name: z.string().max(5) }), query: z.object({ n: z.coerce.number().int().optional() }),
  body: z.strictObject({ words: z.string().max(40) }), answer: z.strictObject({ words: z.string(), n: z.number().optional() }), refusals: ['session.unknown'],
});
const open = operation({ id: 'test.open', method: 'GET', path: '/api/test/open', access: 'public', answer: z.strictObject({ language: z.string() }), refusals: [] });
const nothing = operation({ id: 'test.nothing', method: 'POST', path: '/api/test/nothing', answer: z.undefined(), refusals: [] });
const talkative = operation({ id: 'test.talkative', method: 'GET', path: '/api/test/talkative', answer: z.strictObject({ said: z.string() }), refusals: [] });
const fault = operation({ id: 'test.fault', method: 'GET', path: '/api/test/fault/:kind', params: z.object({ kind: z.string() }), answer: z.undefined(), refusals: [] });
const upload = operation({ id: 'test.upload', method: 'POST', path: '/api/test/upload', consumes: 'application/x-test', body: rawBody, produces: ['application/x-test'], answer: fileAnswer, refusals: [] });

const faults: Record<string, () => Error> = {
  bug: () => new Error('secret words of the handler'),
  integrity: () => new IntegrityFault({ code: 'record.head-damaged' }, { party: 'ma' }),
  'disk-full': () => new StoreFault('store.disk-full'),
};
const reported: { incident: string; error: unknown }[] = [];

let space: Serving;
let officer: Browser;
let webRoot: string;
beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'alternat-web-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><html><head><title>Alternat</title></head><body><div id="root"></div></body></html>');
  writeFileSync(join(webRoot, 'assets', 'main-abc.js'), `console.log(${JSON.stringify('x'.repeat(4000))})`);
  space = await serving({
    webRoot, report: (incident, error) => reported.push({ incident, error }),
    routes: [
      handle(echo, async (_context, { body, query }) => (body.words === 'refuse' ? refuse('session.unknown') : ok({ words: body.words, ...(query.n === undefined ? {} : { n: query.n }) }))),
      handlePublic(open, async ({ language }) => ok({ language })),
      handle(nothing, async () => ok(undefined)),
      handle(talkative, async () => ok({ said: 'a', planted: 'too much' } as { said: string })),
      handle(fault, async (_context, { params }) => { throw (faults[params.kind] as () => Error)(); }),
      handle(upload, async (_context, { body }) => ok({ media: 'application/x-test', name: 'نسخة 1.txt', bytes: body })),
    ],
  });
  officer = await space.signedIn(space.administrator);
});
afterAll(async () => {
  await space.close();
  rmSync(webRoot, { recursive: true });
});

const say = (words: unknown, more: object = {}): ReturnType<Browser['call']> => officer.call(echo as never, { params: { name: 'a' }, body: { words }, ...more });
const codeOf = (reply: { body: unknown }): string => problem.parse(reply.body).code;

test('without a session every operation but the doors answers 401, before its input is looked at', async () => {
  const all = [...officerOperations, ...folderOperations, echo, nothing, talkative, fault, upload] as unknown as Operation[];
  const guarded = all.filter((one) => one.access !== 'public');
  expect(guarded.length).toBeGreaterThan(30);
  for (const one of guarded) {
    const reply = await space.browser().call(one as never, { body: one.method === 'GET' ? undefined : '{"not":' });
    expect([one.id, reply.status, codeOf(reply)]).toEqual([one.id, 401, 'session.missing']);
  }
});

test('the public operations are exactly the doors', () => {
  const open = ([...officerOperations, ...folderOperations] as unknown as Operation[]).filter((one) => one.access === 'public').map((one) => one.id);
  expect(open.sort()).toEqual(['enrol.begin', 'enrol.finish', 'enrol.look', 'here.get', 'session.end', 'sign-in.begin', 'sign-in.demo', 'sign-in.finish']);
});

test('input is parsed by the contract and the answer is what the contract says', async () => {
  expect((await say('hello', { query: { n: '3' } })).body).toEqual({ words: 'hello', n: 3 });
  expect((await officer.call(nothing as never)).status).toBe(204);
});

test('a refusal is a problem in the reader’s language, with code and type', async () => {
  const reply = await say('refuse', { headers: { 'accept-language': 'es-ES,es;q=0.9,en;q=0.1' } });
  expect(reply.raw.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(reply.body).toEqual({
    type: '/problems/session.unknown', title: 'No encontrado', status: 404, detail: 'Esta sesión ya ha terminado.', code: 'session.unknown', params: {}, language: 'es',
  });
});

test('where the browser names no known language the party’s own is spoken', async () => {
  expect((await space.browser().call(open as never, { headers: { 'accept-language': 'de' } })).body).toEqual({ language: 'ar' });
});

test('malformed, ill-encoded, unfitting and foreign bodies are each their own problem', async () => {
  const send = async (payload: string, headers: Record<string, string> = {}): Promise<string> => codeOf(await officer.call(echo as never, { params: { name: 'a' }, body: payload, headers }));
  expect(await send('{"words":')).toBe('request.malformed');
  expect(await send('{"words":"\\ud800"}')).toBe('request.encoding');
  expect(await send('{"words":"a\\u0000b"}')).toBe('request.encoding');
  expect(await send('{"words":"a"}', { 'content-type': 'application/json; charset=latin1' })).toBe('request.encoding');
  expect(await send('{"words":"a"}', { 'content-type': 'text/plain' })).toBe('request.media-unsupported');
  expect(await send('{"words":"a","more":1}')).toBe('request.invalid');
  expect(await send('{"__proto__":{"words":"a"}}')).toBe('request.malformed');
  expect(await send(`${'['.repeat(40)}${']'.repeat(40)}`)).toBe('request.malformed');
  expect(await send(JSON.stringify({ words: 'x'.repeat(4_000_000) }))).toBe('request.too-large');
  const bytes = await space.served.app.inject({ method: 'POST', url: '/api/test/echo/a', headers: { host: 'localhost:4700', 'sec-fetch-site': 'same-origin', cookie: officer.cookie, 'content-type': 'application/json' }, payload: Buffer.from([0x22, 0xff, 0x22]) });
  expect(codeOf({ body: bytes.json() })).toBe('request.encoding');
});

test('what does not fit is named by its place', async () => {
  const reply = await say(5);
  expect(problem.parse(reply.body).errors).toEqual([{ at: 'body.words', reason: 'invalid_type' }]);
  const long = await officer.call(echo as never, { params: { name: 'abcdef' }, body: { words: 'a' } });
  expect(problem.parse(long.body).errors).toEqual([{ at: 'path.name', reason: 'too_big' }]);
});

test('a write from another site, another port or from nowhere is not carried out', async () => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:4701' }]) {
    expect(codeOf(await say('a', { headers }))).toBe('request.cross-site');
  }
  const bare = await space.served.app.inject({ method: 'POST', url: '/api/test/nothing', headers: { host: 'localhost:4700', cookie: officer.cookie } });
  expect(codeOf({ body: bare.json() })).toBe('request.cross-site');
  const program = await space.served.app.inject({ method: 'POST', url: '/api/test/nothing', headers: { host: 'localhost:4700', cookie: officer.cookie, origin: ORIGIN } });
  expect(program.statusCode).toBe(204);
});

test('under another name nothing is served, but the probes are', async () => {
  const reply = await space.browser().call(open as never, { headers: { host: 'rebound.example' } });
  expect([reply.status, codeOf(reply)]).toEqual([421, 'request.host-unknown']);
  expect((await space.served.app.inject({ url: '/healthz', headers: { host: '10.0.0.1' } })).statusCode).toBe(200);
});

test('an answer that says more than its contract is not sent', async () => {
  const reply = await officer.call(talkative as never);
  expect([reply.status, codeOf(reply)]).toEqual([500, 'server.unexpected']);
  expect(reply.raw.body).not.toContain('too much');
});

test('bugs, damage and a full disk say what the reader needs and nothing of the inside', async () => {
  const expected = { bug: [500, 'server.unexpected'], integrity: [500, 'server.integrity'], 'disk-full': [507, 'store.disk-full'] };
  for (const [kind, outcome] of Object.entries(expected)) {
    const reply = await officer.call(fault as never, { params: { kind } });
    expect([reply.status, codeOf(reply)]).toEqual(outcome);
    expect(reply.raw.body).not.toMatch(/secret words|\bat .*\.ts|node_modules|stack/);
    const { incident } = problem.parse(reply.body);
    expect(reported.some((report) => report.incident === incident)).toBe(true);
  }
});

test('unknown addresses, assets and undecodable ones are coded problems', async () => {
  const get = async (url: string): Promise<[number, string]> => {
    const reply = await space.served.app.inject({ url, headers: { host: 'localhost:4700' } });
    return [reply.statusCode, codeOf({ body: reply.json() })];
  };
  expect(await get('/api/nothing-here')).toEqual([404, 'request.route-unknown']);
  expect(await get('/assets/gone-123.js')).toEqual([404, 'request.asset-unknown']);
  expect(await get('/api/%E0%A4%A')).toEqual([400, 'request.malformed']);
  expect(await get('/problems/no.such-code')).toEqual([404, 'request.route-unknown']);
});

test('every screen is the one page, whose scripts are files of this origin alone', async () => {
  const reply = await space.served.app.inject({ url: '/texts/abc?x=1', headers: { host: 'localhost:4700', accept: 'text/html' } });
  expect([reply.statusCode, reply.headers['cache-control']]).toEqual([200, 'no-store']);
  const policy = String(reply.headers['content-security-policy']);
  const nonce = /<meta property="csp-nonce" nonce="([^"]+)">/.exec(reply.body)?.[1];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(policy).not.toContain('unsafe');
  expect(reply.headers['x-content-type-options']).toBe('nosniff');
  expect(reply.headers['referrer-policy']).toBe('no-referrer');
});

test('assets are compressed, kept for a year and revalidated by their digest', async () => {
  const reply = await space.served.app.inject({ url: '/assets/main-abc.js', headers: { host: 'localhost:4700', 'accept-encoding': 'gzip, br' } });
  expect([reply.headers['content-encoding'], reply.headers['cache-control']]).toEqual(['br', 'public, max-age=31536000, immutable']);
  expect(brotliDecompressSync(reply.rawPayload).toString()).toContain('xxxx');
  const again = await space.served.app.inject({ url: '/assets/main-abc.js', headers: { host: 'localhost:4700', 'if-none-match': String(reply.headers.etag) } });
  expect(again.statusCode).toBe(304);
});

test('a file comes and goes as its bytes, with a name that any script can have', async () => {
  const reply = await officer.call(upload as never, { body: '\u0001bytes', headers: { 'content-type': 'application/x-test' } });
  expect(reply.raw.rawPayload.toString()).toBe('\u0001bytes');
  expect(reply.raw.headers['content-disposition']).toBe(`attachment; filename="-1.txt"; filename*=UTF-8''${encodeURIComponent('نسخة 1.txt')}`);
});

test('a session ends when it was idle too long, at its absolute end, and when its mandate is gone', async () => {
  const begin = space.clock.now();
  const at = (minutes: number): void => space.clock.set(instantOf(millisOf(begin) + minutes * 60_000));
  const browser = await space.signedIn(space.administrator);
  at(59);
  expect((await browser.call(nothing as never)).status).toBe(204);
  at(59 + 59);
  expect((await browser.call(nothing as never)).status).toBe(204);
  at(59 + 59 + 61);
  expect(codeOf(await browser.call(nothing as never))).toBe('session.ended');
  space.clock.set(begin);
  const busy = await space.signedIn(space.administrator);
  for (let minutes = 0; minutes < 720; minutes += 30) {
    at(minutes);
    expect((await busy.call(nothing as never)).status).toBe(204);
  }
  at(720);
  expect(codeOf(await busy.call(nothing as never))).toBe('session.ended');
  space.clock.set(begin);
  const stranger = await space.signedIn(space.open.node.mint.id());
  expect(codeOf(await stranger.call(nothing as never))).toBe('session.mandate-ended');
});

test('a door that is tried too often closes for a while, and says for how long', async () => {
  const begin = space.clock.now();
  const knock = async (): Promise<Awaited<ReturnType<Browser['call']>>> => space.browser().call({ method: 'POST', path: '/api/sign-in/demo' }, { body: { secret: 'A'.repeat(43) } });
  let refused: Awaited<ReturnType<typeof knock>> | undefined;
  for (let i = 0; i < 130 && refused?.status !== 429; i++) refused = await knock();
  expect(refused?.status).toBe(429);
  expect(problem.parse(refused?.body).code).toBe('request.too-many');
  expect(Number(refused?.raw.headers['retry-after'])).toBeGreaterThan(0);
  space.clock.set(instantOf(millisOf(begin) + 61_000));
  expect((await knock()).status).not.toBe(429);
  space.clock.set(begin);
});

test('the probes: alive, ready, and measurements for this machine only', async () => {
  const { app } = space.served;
  expect((await app.inject({ url: '/readyz' })).json()).toEqual({ state: space.open.node.state() });
  const metrics = await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' });
  expect(metrics.body).toMatch(/alternat_log_size\{party="ma"\} \d+/);
  expect(metrics.body).toMatch(/alternat_request_seconds_count\{operation="test.echo",status="200"\}/);
  expect((await app.inject({ url: '/metrics', remoteAddress: '192.0.2.7' })).statusCode).toBe(403);
  expect((await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1', headers: { 'x-forwarded-for': '192.0.2.7' } })).statusCode).toBe(403);
});

test('the type of a problem leads to its message in four languages', async () => {
  const reply = await space.served.app.inject({ url: '/problems/session.unknown', headers: { host: 'localhost:4700' } });
  expect(Object.keys(reply.json().messages)).toEqual(['ar', 'es', 'fr', 'en']);
});

test('the OpenAPI document names every bound operation and its refusals', async () => {
  const document = (await space.served.app.inject({ url: '/api/openapi.json', headers: { host: 'localhost:4700' } })).json();
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/api/test/echo/{name}'].post.operationId).toBe('test.echo');
  expect(document['x-refusals'].find((row: { code: string }) => row.code === 'session.unknown')).toEqual({ code: 'session.unknown', status: 404, type: '/problems/session.unknown', message: 'This session has ended already.' });
});
