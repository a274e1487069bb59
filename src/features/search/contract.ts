/** One search over everything that the reader may read. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { hash } from '../../record/act.ts';
import { label } from '../../record/charter.ts';

export const searchAll = operation({
  id: 'search.all', method: 'GET', path: '/api/search', query: z.object({ q: z.string().min(1).max(200), kind: z.string().max(40).optional() }),
  answer: z.strictObject({
    /** Best first, at most fifty. `title`: as its own list names it. */
    hits: z.array(z.strictObject({ kind: z.string(), id: z.string(), act: hash, title: label, href: z.string() })),
    /** True while acts that were decided are not in the index yet. */
    behind: z.boolean(),
  }),
  refusals: [],
});

export const searchOperations = [searchAll] as const;
