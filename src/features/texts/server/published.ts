/** What other slices ask of joint texts on this node. */
import { fromUtf8 } from '../../../kernel/bytes.ts';
import type { Tx } from '../../../node/ports.ts';
import type { Charter } from '../../../record/charter.ts';

export { listTexts } from './queries.ts';

/** The first charter of the space, as it was founded. */
export async function storedGenesis(tx: Tx): Promise<Charter> {
  const { charter } = await tx.db.selectFrom('space').select('charter').executeTakeFirstOrThrow();
  return JSON.parse(fromUtf8(charter) as string) as Charter;
}
