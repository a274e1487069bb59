import { handle, type Route } from '../../../http/handler.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import type { Registry } from '../../../record/registry.ts';
import { findAct, getAct, getBackupState, listActs, listLogs, verifyHere } from '../contract.ts';
import { actView } from './act.ts';
import { backupState } from './backup-state.ts';
import { actPage, logViews } from './logs.ts';
import { verifyStored } from './verify.ts';

export function recordRoutes(registry: Registry): readonly Route[] {
  return [
    handle(listLogs, async ({ node }) => {
      const evidence = await node.store.read((tx) => tx.db.selectFrom('evidence').select(['id', 'party', 'at', 'code']).orderBy('at').execute());
      return ok({ space: node.space, own: node.party, logs: await logViews(node), evidence });
    }),
    handle(listActs, async ({ node, reader }, { params, query }) => {
      const page = await actPage(node, reader, params.party, query);
      return page === undefined ? refuse('record.log-unknown', { party: params.party }) : ok(page);
    }),
    handle(findAct, async ({ node }, { params }) => {
      // Position and digest are for everybody; whose they are says no more than the log's list does.
      const [leaf] = await node.store.read((tx) => tx.leafByAct(params.act));
      return leaf === undefined ? refuse('record.act-unknown') : ok({ party: leaf.party, index: leaf.index });
    }),
    handle(getAct, async ({ node, reader }, { params }) => {
      const view = await actView(node, reader, params.party, params.index);
      if (view === 'log') return refuse('record.log-unknown', { party: params.party });
      return view === 'act' ? refuse('record.act-unknown') : ok(view);
    }),
    handle(verifyHere, async ({ node, now }, { params, body }) => {
      const checks = await verifyStored(node, registry, params.party, body.index);
      if (checks === 'log') return refuse('record.log-unknown', { party: params.party });
      if (checks === 'act') return refuse('record.act-unknown');
      return ok({ party: params.party, ...(body.index === undefined ? {} : { index: body.index }), at: now, holds: checks.every((check) => check.outcome !== 'fails'), checks: [...checks] });
    }),
    handle(getBackupState, async ({ node }) => ok(await backupState(node))),
  ];
}
