/** `/problems/<code>`: what the type of a problem leads to. Its message as written, in four languages. */
import type { FastifyInstance } from 'fastify';
import { languages } from '../kernel/language.ts';
import type { Catalogue } from './catalogue.ts';
import { RefusedRequest } from './problem.ts';
import { statusOf } from './status.ts';

export function installProblemPages(app: FastifyInstance, catalogue: Catalogue): void {
  app.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const { code } = request.params;
    if (!/^[a-z-]+\.[a-z-]+$/.test(code) || catalogue.pattern('en', `refusal.${code}`) === undefined) throw new RefusedRequest({ code: 'request.route-unknown' });
    const messages = Object.fromEntries(languages.map((language) => [language, catalogue.pattern(language, `refusal.${code}`)]));
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(JSON.stringify({ type: `/problems/${code}`, code, status: statusOf(code), messages }));
  });
}
