/**
 * The public listener: another port, read-only, off unless asked for. It serves what a party released
 * to the public and nothing else; it holds no session, no cookie, no write, and does not know the
 * node beyond the list it is handed.
 */
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';
import { exerciseWords } from '../kernel/exercise.ts';
import { directionOf, languages, type Label } from '../kernel/language.ts';
import type { Instant } from '../kernel/time.ts';
import type { Catalogue } from './catalogue.ts';

/** Something released: its page is composed from the release alone. */
export interface Released {
  readonly id: string;
  readonly title: Label;
  readonly releasedAt: Instant;
}

export interface PublicSettings {
  readonly name: Label;
  readonly exercise: boolean;
  readonly catalogue: Catalogue;
  /** What was released, newest first. */
  readonly released: () => Promise<readonly Released[]>;
}

export async function buildPublicApp(settings: PublicSettings): Promise<FastifyInstance> {
  const app = fastify({ logger: false, bodyLimit: 1, forceCloseConnections: true, exposeHeadRoutes: true });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' }, strictTransportSecurity: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return reply.code(405).header('allow', 'GET, HEAD').send();
    return undefined;
  });
  app.get('/', async (_request, reply) => reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page(settings, await settings.released())));
  app.get('/released.json', async (_request, reply) => {
    const rows = (await settings.released()).map(({ id, title, releasedAt }) => ({ id, title, releasedAt }));
    return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(JSON.stringify({ exercise: settings.exercise, released: rows }));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send('404\n'));
  app.setErrorHandler((_error, _request, reply) => reply.code(500).type('text/plain; charset=utf-8').send('500\n'));
  return app;
}

function page(settings: PublicSettings, released: readonly Released[]): string {
  const sections = languages.map((language) => {
    const say = (key: string): string => escape(settings.catalogue.message(language, key) ?? '');
    const rows = released.map((item) => `<li><bdi>${escape(item.title[language] ?? Object.values(item.title)[0] ?? '')}</bdi> <time datetime="${escape(item.releasedAt)}">${escape(item.releasedAt.slice(0, 10))}</time></li>`).join('');
    const exercise = settings.exercise ? `<p><strong>${escape(exerciseWords[language])}</strong></p>` : '';
    return `<section lang="${language}" dir="${directionOf(language)}"><h1><bdi>${escape(settings.name[language] ?? '')}</bdi></h1>${exercise}${rows === '' ? `<p>${say('public.nothing-released')}</p>` : `<ul>${rows}</ul>`}</section>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(settings.name.en ?? 'Alternat')}</title></head><body>${sections.join('')}</body></html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
