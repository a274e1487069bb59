/** The whole journal read again: entries against their digests, the tree against its signed head and every anchor. */
import type { Instant } from '../../../kernel/time.ts';
import { journalAnchors } from '../../../node/journal-anchor.ts';
import { journalHead, journalKeys } from '../../../node/journal.ts';
import type { Node } from '../../../node/node.ts';
import { askAsync } from '../../../record/decide.ts';
import type { Engine } from '../../../record/engine.ts';
import { JournalCheck } from '../../../record/journal.ts';
import { charterChain } from '../../../record/stances.ts';
import { charter as charterShape } from '../../../record/charter.ts';
import { fromUtf8 } from '../../../kernel/bytes.ts';
import type { JournalVerdictView } from '../views.ts';

/** Entries read at a time. */
const PAGE = 512;
/** Faults that are told; one change can show at every later anchor. */
const FAULTS_MAX = 20;

/** Reads in one snapshot, page by page: what is added meanwhile is not looked at. */
export async function verifyStoredJournal(node: Node, engine: Engine, now: Instant): Promise<JournalVerdictView> {
  return node.store.read(async (tx) => {
    const space = await tx.db.selectFrom('space').select('charter').executeTakeFirstOrThrow();
    const chain = await askAsync(charterChain(charterShape.parse(JSON.parse(fromUtf8(space.charter) ?? ''))), tx);
    const [anchors, head] = [await journalAnchors(tx, node.party), await journalHead(tx)];
    const check = new JournalCheck(engine, anchors);
    for (let next = -1; ; ) {
      const rows = await tx.db.selectFrom('journal_entry').selectAll().where('n', '>', next).orderBy('n').limit(PAGE).execute();
      for (const row of rows) check.add({ ...row, n: Number(row.n) });
      if (rows.length < PAGE) break;
      next = Number(rows.at(-1)?.n);
    }
    const { size, root, faults, anchors: held } = check.end(head?.note, journalKeys(node, engine, chain));
    return { at: now, holds: faults.length === 0, size, root, anchors: anchors.length, anchorsHeld: held, faults: faults.slice(0, FAULTS_MAX) };
  });
}
