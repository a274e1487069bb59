/** What signing asks of the folder: whether the office's own clearance still stands in the way. */
import type { Hash } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Node } from '../../../node/node.ts';

/**
 * Refuses `folder.not-cleared` while a text lies in the folder and not everybody has cleared it. A text
 * that was never laid there, or was withdrawn from it, may be signed: the folder is the office's own rule.
 */
export async function requireCleared(node: Pick<Node, 'store'>, text: Hash): Promise<Result<undefined>> {
  const open = await node.store.read((tx) => tx.db.selectFrom('folder_entry').select('state').where('text', '=', text).where('state', 'in', ['clearing', 'returned']).executeTakeFirst());
  return open === undefined ? ok(undefined) : refuse('folder.not-cleared');
}
