import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Engine } from '../../../record/engine.ts';
import { holds } from '../../officers/reading.ts';
import { listJournal, verifyJournal } from '../contract.ts';
import { journalPage } from './entries.ts';
import { verifyStoredJournal } from './verify.ts';

export function journalRoutes(engine: Engine): readonly Route[] {
  return [
    handle(listJournal, async (context, { query }) => {
      const allowed = audits(context);
      return allowed.ok ? ok(await journalPage(context.node, query)) : allowed;
    }),
    handle(verifyJournal, async (context) => {
      const allowed = audits(context);
      return allowed.ok ? ok(await verifyStoredJournal(context.node, engine, context.now)) : allowed;
    }),
  ];
}

/** Administering a node is no reason to read who looked at what. */
function audits({ reader }: HandlerContext): Result<undefined> {
  return holds(reader, 'audit', 'space') ? ok(undefined) : refuse('mandate.power-missing', { power: 'audit' });
}
