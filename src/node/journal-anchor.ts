/**
 * The journal's head in the party's main log: (size, root) alone, so that the others keep a promise about
 * a journal that they never see. Written by the node's own office at each export and each day on which
 * the journal grew.
 */
import type { PlainDate } from '../kernel/time.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, type Result } from '../kernel/result.ts';
import { decodeEntry } from '../record/codec.ts';
import type { Engine } from '../record/engine.ts';
import type { JournalAnchor } from '../record/journal.ts';
import { JOURNAL } from '../record/system-acts.ts';
import { journalHead } from './journal.ts';
import type { Node } from './node.ts';
import type { Tx } from './ports.ts';

/** Every anchor of the party's journal, in the order of its log: sizes never fall. */
export async function journalAnchors(tx: Tx, party: PartyId): Promise<readonly JournalAnchor[]> {
  return (await tx.facts(JOURNAL, party)).filter((fact) => fact.party === party)
    .map(({ index, data }) => ({ index, ...(data as { readonly size: number; readonly root: Hash }) }));
}

/**
 * Anchors the journal as it is now; nothing to do when the last anchor says the same. A refusal
 * `journal.goes-back` means that another process anchored more meanwhile, or that the journal lost entries.
 */
export async function anchorJournal(node: Node): Promise<Result<undefined>> {
  const { head, last } = await node.store.read(async (tx) => ({ head: await journalHead(tx), last: (await journalAnchors(tx, node.party)).at(-1) }));
  if (head === undefined || (last?.size === head.size && last.root === head.root)) return ok(undefined);
  const { size, root } = head;
  const recorded = await node.submit([{ type: 'journal.anchor', v: 1, scope: 'space', body: { size, root }, parts: [] }], 'service');
  return recorded.ok ? ok(undefined) : recorded;
}

/** The same once a day: `dayOf` says on which calendar day of the party an instant lies. */
export async function anchorJournalOn(node: Node, engine: Engine, today: PlainDate, dayOf: (instant: string) => PlainDate): Promise<Result<undefined>> {
  const at = await node.store.read(async (tx) => {
    const last = (await journalAnchors(tx, node.party)).at(-1);
    const leaf = last === undefined ? undefined : await tx.leaf(node.party, last.index);
    const decoded = leaf === undefined ? undefined : decodeEntry(engine, leaf.envelope);
    return decoded?.ok === true ? decoded.value.act.at : undefined;
  });
  return at !== undefined && dayOf(at) >= today ? ok(undefined) : anchorJournal(node);
}
