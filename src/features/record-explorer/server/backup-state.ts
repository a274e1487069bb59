/** Where the own record is safe: with the other parties, and in copies that `alternat backup` made. */
import type { z } from 'zod';
import type { Node } from '../../../node/node.ts';
import { backupView, type BackupView } from '../views.ts';

export async function backupState(node: Node): Promise<BackupView> {
  const [heads, links] = [await node.heads(), await node.links()];
  const made = await node.store.read((tx) => tx.db.selectFrom('meta').selectAll().where('key', 'in', ['backup.database', 'backup.keys']).execute());
  const noted = <S extends z.ZodType>(key: string, shape: S): z.infer<S> | undefined => {
    const row = made.find((one) => one.key === key);
    return row === undefined ? undefined : shape.parse(JSON.parse(row.value));
  };
  const database = noted('backup.database', backupView.shape.database.unwrap());
  const keys = noted('backup.keys', backupView.shape.keys.unwrap());
  return {
    size: heads.find((head) => head.party === node.party)?.size ?? 0,
    heldBy: links.map((link) => ({ party: link.party, size: link.theyHaveOurs })),
    ...(database === undefined ? {} : { database }),
    ...(keys === undefined ? {} : { keys }),
    engine: node.store.engine,
  };
}
