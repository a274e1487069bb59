import { handle, type Route } from '../../../http/handler.ts';
import { ok } from '../../../kernel/result.ts';
import { getDesk } from '../contract.ts';
import { ordered } from '../order.ts';
import type { DeskSource } from './published.ts';

/** The desk over the sources of the slices (features/server-slices.ts). */
export function deskRoutes(sources: readonly DeskSource[]): readonly Route[] {
  return [
    handle(getDesk, async (context) => {
      const { node } = context;
      const rows = (await Promise.all(sources.map((source) => source(context)))).flat();
      const links = await node.links();
      return ok({
        rows: ordered(rows),
        links: links.map((link) => ({
          party: link.party, ourSize: link.ourSize, theyHaveOurs: link.theyHaveOurs, theirSize: link.theirSize, weHaveTheirs: link.weHaveTheirs, state: link.state,
          ...(link.waitingSince === undefined ? {} : { waitingSince: link.waitingSince }),
          ...(link.lastContact === undefined ? {} : { lastContact: link.lastContact }),
          ...(link.reason === undefined ? {} : { reason: link.reason }),
        })),
        node: node.state(),
      });
    }),
  ];
}
