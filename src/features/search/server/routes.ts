import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import type { Label } from '../../../kernel/language.ts';
import { ok } from '../../../kernel/result.ts';
import { readLabel } from '../../labels/published.ts';
import { LABEL_MEDIA } from '../../texts/content.ts';
import { readable } from '../../officers/server/reading.ts';
import { searchAll } from '../contract.ts';
import { searchObjects, type Hit } from './published.ts';

const HITS_MAX = 50;

export const searchRoutes: readonly Route[] = [
  handle(searchAll, async (context, { query }) => {
    const { node, reader } = context;
    const hits = await searchObjects(node, reader, query.q, { limit: HITS_MAX, ...(query.kind === undefined ? {} : { kinds: [query.kind] }) });
    const titles = await titlesOf(context, hits);
    const behind = await node.store.read(async (tx) => {
      const fed = await tx.db.selectFrom('projection').select('done').where('name', '=', 'search').executeTakeFirst();
      const last = await tx.db.selectFrom('leaf').select((all) => all.fn.max('seq').as('seq')).executeTakeFirst();
      return Number(fed?.done ?? 0) < Number(last?.seq ?? 0);
    });
    return ok({
      hits: hits.map(({ kind, id, act }) => ({ kind, id, act, title: titles.get(`${kind} ${id}`) ?? {}, href: kind === 'text' ? `/texts/${id}` : `/mechanism#${id}` })),
      behind,
    });
  }),
];

/** The title of an object: its first label part in the index, opened now. */
async function titlesOf({ node, reader }: HandlerContext, hits: readonly Hit[]): Promise<ReadonlyMap<string, Label>> {
  if (hits.length === 0) return new Map();
  const rows = await node.store.read((tx) => tx.db.selectFrom('search_entry').innerJoin('part', 'part.commit', 'search_entry.part')
    .select(['search_entry.kind', 'search_entry.id', 'search_entry.part', 'search_entry.entry', 'search_entry.at']).where('part.media', '=', LABEL_MEDIA)
    .where('search_entry.id', 'in', hits.map((hit) => hit.id)).where(readable(reader, { scope: 'search_entry.scope' }))
    .orderBy('search_entry.at', 'desc').orderBy('search_entry.entry').execute());
  const titles = new Map<string, Label>();
  for (const row of rows) {
    const key = `${row.kind} ${row.id}`;
    if (titles.has(key)) continue;
    const opened = await node.openPart(row.part);
    const label = opened.ok ? readLabel(opened.value.plaintext) : undefined;
    if (label !== undefined) titles.set(key, label);
  }
  return titles;
}
