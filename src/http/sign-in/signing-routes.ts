/** Signing prepared acts: the officer's own key, or the node's where the party allows it. The node judges; this only carries. */
import { cancelSigning, completeSigning, getPrepared, listPrepared } from '../../features/officers/contract.ts';
import { requireCleared } from '../../features/folder/server/published.ts';
import { withKeyNames } from '../../features/officers/server/published.ts';
import type { OfficerSignature } from '../../node/node.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { handle, type Route } from '../handler.ts';
import { officeOf } from './here.ts';
import { assertionOf } from './passkey-routes.ts';
import type { People } from './people.ts';

export function signingRoutes(people: People): readonly Route[] {
  return [
    handle(listPrepared, async ({ node, actor }) => {
      const waiting = await node.waitingFor(actor.officer);
      const rows = await Promise.all(waiting.map(async ({ prepared, type, text, by, officers, signed, expiresAt }) => ({
        prepared, type, ...(text === undefined ? {} : { text }), by: await officeOf(people, by), mine: by === actor.officer, signed: signed.length, quorum: officers.length, expiresAt,
      })));
      return ok({ rows });
    }),
    handle(getPrepared, async ({ node, actor }, { params }) => {
      const prepared = await node.prepared(params.prepared, actor);
      return prepared.ok ? ok(await withKeyNames(node, actor.officer, prepared.value)) : prepared;
    }),
    handle(completeSigning, async ({ node, actor, session }, { params, body }) => {
      // The office's own clearance: local, so no rule of the record could ask for it.
      const waiting = (await node.waitingFor(actor.officer)).find(({ prepared }) => prepared === params.prepared);
      const cleared = waiting?.type === 'text.sign' && waiting.text !== undefined ? await requireCleared(node, waiting.text) : ok(undefined);
      if (!cleared.ok) return cleared;
      if (body.kind === 'node') return node.complete(params.prepared, body, actor);
      // The signature names its key; that the browser answered with this officer's passkey is checked here too, for a clear refusal.
      const passkey = await people.accounts.passkey(body.response.id);
      if (passkey?.officer !== session.officer || passkey.key !== body.key) return refuse('passkey.refused');
      const signature: OfficerSignature = { kind: 'passkey', key: body.key, ...assertionOf(body.response) };
      const done = await node.complete(params.prepared, signature, actor);
      if (done.ok) await people.accounts.used(passkey.credential, passkey.counter);
      return done;
    }),
    handle(cancelSigning, async ({ node, actor }, { params }) => {
      const cancelled = await node.cancel(params.prepared, actor);
      return cancelled.ok ? ok({ cancelled: true as const }) : cancelled;
    }),
  ];
}
