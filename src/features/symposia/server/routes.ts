import { handle, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { registerEntries, type Entry } from '../../registers/server/published.ts';
import type { EditionRegister, SeriesCreate } from '../acts.ts';
import { createSeries, registerEdition } from '../commands.ts';
import { createSeriesOperation, getEdition, listSymposia, registerEditionOperation } from '../contract.ts';
import { editionRowOf, seriesRowOf } from './published.ts';

export const symposiaRoutes: readonly Route[] = [
  handle(listSymposia, async ({ node, reader }) => {
    const entries = await registerEntries<SeriesCreate | EditionRegister>(node, reader, ['series', 'edition']);
    return ok({
      series: entries.filter((entry) => entry.kind === 'series').map((entry) => seriesRowOf(entry as Entry<SeriesCreate>)),
      editions: entries.filter((entry) => entry.kind === 'edition').map((entry) => editionRowOf(entry as Entry<EditionRegister>))
        .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.number - b.number)),
    });
  }),
  handle(getEdition, async ({ node, reader }, { params }) => {
    const [entry] = await registerEntries<EditionRegister>(node, reader, ['edition'], params.edition);
    return entry === undefined ? refuse('symposium.edition-unknown') : ok(editionRowOf(entry));
  }),
  handle(createSeriesOperation, ({ node, actor }, { body }) => node.submit([createSeries(body, node.mint)], actor)),
  handle(registerEditionOperation, ({ node, actor }, { body }) => node.submit([registerEdition(body, node.mint)], actor)),
];
