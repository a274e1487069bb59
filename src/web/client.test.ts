import { afterEach, expect, test, vi } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { operation } from '../kernel/operation.ts';
import { addressOf, call, isSessionRefusal, refusalOf, refusalOfProblem, Refused } from './client.ts';

const greet = operation({
  id: 'test.greet', method: 'POST', path: '/api/greet/:name', params: z.object({ name: z.string() }), query: z.object({ loud: z.boolean().optional() }),
  body: z.strictObject({ words: z.string() }), answer: z.strictObject({ said: z.string() }), refusals: ['test.no'],
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
  vi.unstubAllGlobals();
});

/** A real server that answers once as told; the page's `fetch` is pointed at it. */
async function answering(status: number, type: string, body: string): Promise<{ asked: Promise<{ url: string; body: string; language: string | undefined }> }> {
  const asked = Promise.withResolvers<{ url: string; body: string; language: string | undefined }>();
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.resolve({ url: request.url ?? '', body: text, language: request.headers['accept-language'] });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(`${origin}${path}`, init));
  vi.stubGlobal('document', { documentElement: { lang: 'ar' } });
  return { asked: asked.promise };
}

const args = { params: { name: 'a b/ç' }, query: { loud: true }, body: { words: 'سلام' } };

test('the address holds the parameters, encoded, and only the query that is set', () => {
  expect(addressOf(greet, args)).toBe('/api/greet/a%20b%2F%C3%A7?loud=true');
  expect(addressOf(greet, { params: { name: 'x' }, query: { loud: undefined } })).toBe('/api/greet/x');
});

test('sends what the contract names, in the language of the page, and gives back the parsed answer', async () => {
  const { asked } = await answering(200, 'application/json', '{"said":"hello"}');
  expect(await call(greet, args)).toEqual({ ok: true, value: { said: 'hello' } });
  expect(await asked).toEqual({ url: '/api/greet/a%20b%2F%C3%A7?loud=true', body: '{"words":"سلام"}', language: 'ar' });
});

test('a problem becomes the refusal that it carries', async () => {
  await answering(409, 'application/problem+json', JSON.stringify({ type: '/problems/test.no', title: 't', status: 409, detail: 'd', code: 'test.no', params: { n: 1 }, language: 'ar' }));
  expect(await call(greet, args)).toEqual({ ok: false, refusal: { code: 'test.no', params: { n: 1 } } });
});

test('an answer outside the contract is not shown as if it were one', async () => {
  await answering(200, 'application/json', '{"said":"hello","more":1}');
  expect(await call(greet, args)).toEqual({ ok: false, refusal: { code: 'web.answer-unreadable', params: { status: 200 } } });
});

test('an error page of something in between is said to be unreadable', async () => {
  await answering(502, 'text/html', '<h1>Bad Gateway</h1>');
  expect(await call(greet, args)).toEqual({ ok: false, refusal: { code: 'web.answer-unreadable', params: { status: 502 } } });
});

test('a node that cannot be reached is a refusal, not an exception', async () => {
  await answering(200, 'application/json', '{}');
  server?.close();
  server?.closeAllConnections();
  expect(await call(greet, args)).toEqual({ ok: false, refusal: { code: 'web.node-unreachable' } });
});

test('a problem without the agreed members names no code of its own', () => {
  expect(refusalOfProblem({ type: '/problems/test.no' }, 400).code).toBe('web.answer-unreadable');
});

test('refusals of the session are told from all others', () => {
  expect(isSessionRefusal(new Refused({ code: 'session.ended' }))).toBe(true);
  expect(isSessionRefusal(new Refused({ code: 'text.unknown' }))).toBe(false);
  expect(refusalOf(new TypeError('x'))).toEqual({ code: 'web.failed' });
});
