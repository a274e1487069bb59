/** The two write paths as the node's interface has them: what each does after its commit. */
import { fromBase64, type Bytes } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Receipt } from '../record/answers.ts';
import { keyId } from '../record/signature.ts';
import type { Signer } from './append.ts';
import { chainNow, memberOf, Refused, type Core } from './core.ts';
import { evidenceByNotes } from './evidence.ts';
import { ingestBatch } from './ingest.ts';
import { committed, type Live } from './live.ts';
import type { ActDraft, IngestBatch, Ingested, Node, RootSigner } from './node.ts';
import type { Tx } from './ports.ts';
import { completePrepared, prepareAct } from './prepare.ts';
import { cancelPrepared, showPrepared, waitingFor } from './prepared.ts';
import { settleHeld } from './settle.ts';
import { appendDrafts, attempt, nodeSigner, requireNodeKeysAllowed, type Written } from './submit.ts';

type WritePaths = Pick<Node, 'submit' | 'submitByRoot' | 'prepare' | 'complete' | 'prepared' | 'waitingFor' | 'cancel' | 'ingest'>;

/** `self` is the whole node: a proven fork is reported through it. */
export function writePaths(live: Live, self: () => Node): WritePaths {
  const { core, booted } = live;
  return {
    submit: (drafts, actor) =>
      record(live, drafts, async (tx) => {
        await requireNodeKeysAllowed(core, tx, drafts);
        return nodeSigner(core, tx, actor);
      }),
    submitByRoot: (drafts, sign) => record(live, drafts, (tx) => rootSigner(core, tx, sign)),
    async prepare(draft, actor, cosigners) {
      await booted.promise;
      return prepareAct(core, draft, actor, cosigners);
    },
    async complete(prepared, signature, actor) {
      await booted.promise;
      return finish(live, await completePrepared(core, prepared, signature, actor));
    },
    prepared: async (prepared, actor) => (actor === 'service' ? refuse('act.not-asked-to-sign') : showPrepared(core, prepared, actor.officer)),
    waitingFor: (officer) => waitingFor(core, officer),
    cancel: async (prepared, actor) => (actor === 'service' ? refuse('act.not-asked-to-sign') : cancelPrepared(core, prepared, actor.officer)),
    ingest: (batch) => ingest(live, self, batch),
  };
}

/** Appends drafts under a signer; also the way in which the node's own office records. */
export async function record(live: Live, drafts: readonly ActDraft[], signerOf: (tx: Tx) => Promise<Signer>): Promise<Result<Receipt>> {
  await live.booted.promise;
  return finish(live, await appendDrafts(live.core, drafts, signerOf));
}

async function finish<T>(live: Live, written: Result<Written<T>>): Promise<Result<T>> {
  if (!written.ok) return written;
  await committed(live, written.value.settled);
  return ok(written.value.value);
}

async function ingest(live: Live, self: () => Node, batch: IngestBatch): Promise<Result<Ingested>> {
  const { core, recovery } = live;
  const written = await ingestBatch(core, batch);
  if (!written.ok) {
    if (written.refusal.code === 'ingest.log-differs') await freezeIfProven(core, self, batch, Number(written.refusal.params?.['size']));
    return written;
  }
  const { value, settled } = written.value;
  if (value.ownLost && recovery.state() !== 'recovering') await recovery.lost('node.peer-holds-more');
  let more = value.more;
  while (more) {
    const next = await attempt(core, (work, also) => settleHeld(work, also));
    if (!next.ok) return next;
    more = next.value.value;
    for (const [party, entry] of next.value.settled) settled.set(party, entry);
  }
  await committed(live, settled);
  return ok({ stored: value.stored, size: value.size, missingParts: value.missingParts });
}

async function freezeIfProven(core: Core, self: () => Node, batch: IngestBatch, size: number): Promise<void> {
  const evidence = await evidenceByNotes(core, batch.party, batch.note, size);
  if (evidence !== undefined) await self().forked(evidence);
}

async function rootSigner(core: Core, tx: Tx, sign: RootSigner): Promise<Signer> {
  const member = memberOf(await chainNow(core, tx), core.party);
  const root: Bytes | undefined = member === undefined ? undefined : fromBase64(member.root);
  if (root === undefined) throw new Refused({ code: 'act.party-not-in-charter' });
  const keyid = keyId(core.engine, 'ed25519', root);
  return { officers: [], sign: async (message) => ({ keyid, sig: await sign(message) }) };
}
