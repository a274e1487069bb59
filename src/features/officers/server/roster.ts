/** Officers of the own party with a standing mandate, for the command line: id, office, powers. */
import type { ObjectId } from '../../../kernel/ids.ts';
import type { Label } from '../../../kernel/language.ts';
import type { Node } from '../../../node/node.ts';
import { officeTitles } from './published.ts';
import './tables.ts';

export async function roster(node: Node): Promise<readonly { officer: ObjectId; title: Label; powers: readonly string[] }[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('officers_mandate').selectAll().where('party', '=', node.party).where('ended_by', 'is', null).orderBy('idx').execute());
  const titles = await officeTitles(node, [...new Set(rows.map((row) => row.office))]);
  return [...Map.groupBy(rows, (row) => row.officer)].map(([officer, held]) => ({
    officer, title: titles.get(held[0]?.office ?? '')?.title ?? {}, powers: [...new Set(held.flatMap((row) => JSON.parse(row.powers) as string[]))],
  }));
}
