import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from './catalogue.ts';
import { buildPublicApp } from './public.ts';
import { serving, type Serving } from './serving.testkit.ts';

let space: Serving;
beforeAll(async () => { space = await serving({ publicListen: { host: '127.0.0.1', port: 0 } }); });
afterAll(async () => space.close());

const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${space.served.publicUrl}${path}`, init);

test('the public listener says that nothing was released, in four languages, and that it is an exercise', async () => {
  const page = await (await get('/')).text();
  for (const words of ['Nothing has been released', 'no se ha publicado nada', 'Rien n’a été rendu public', 'لم يُنشر أي شيء', 'Exercise: not an act of either institution']) expect(page).toContain(words);
  expect(await (await get('/released.json')).json()).toEqual({ exercise: true, released: [] });
});

test('everything else is not there: no API, no screen, no write, no cookie', async () => {
  for (const path of ['/api/here', '/api/texts', '/api/openapi.json', '/metrics', '/sign-in', '/index.html']) expect([path, (await get(path)).status]).toEqual([path, 404]);
  const post = await get('/', { method: 'POST', body: 'x' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect((await get('/')).headers.get('set-cookie')).toBe(null);
});

test('it is off unless asked for', async () => {
  const plain = await serving();
  expect(plain.served.publicUrl).toBe(undefined);
  await plain.close();
});

test('what was released is named, and nothing of it is taken for markup', async () => {
  const app = await buildPublicApp({ name: { en: 'Space' }, exercise: false, catalogue: loadCatalogue(), released: async () => [{ id: 'a', title: { en: '<b>Declaration</b>' }, releasedAt: '2026-11-23T10:00:00.000Z' }] });
  const page = (await app.inject({ url: '/' })).body;
  expect(page).toContain('&lt;b&gt;Declaration&lt;/b&gt;');
  expect(page).not.toContain('Exercise');
});

test('probes can have a listener of their own; then the people’s gives no measurements', async () => {
  const plain = await serving({ probesListen: { host: '127.0.0.1', port: 0 } });
  const status = async (path: string): Promise<number> => (await fetch(`${plain.served.probesUrl}${path}`)).status;
  expect([await status('/healthz'), await status('/readyz'), await status('/metrics'), await status('/api/here')]).toEqual([200, 200, 200, 404]);
  expect((await plain.served.app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })).statusCode).toBe(404);
  await plain.close();
});
