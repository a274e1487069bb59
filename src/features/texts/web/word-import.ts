/** A Word document taken over into a draft: which clauses come, which of the draft's own are kept. */
import type { z } from 'zod';
import type { Clause } from '../content.ts';
import type { readDocument } from '../files-contract.ts';
import type { VersionContent } from './changes.ts';

export type WordPreview = z.infer<typeof readDocument.answer>;
export type WordVersion = WordPreview['versions'][number];

/**
 * The draft after the document was taken over. Clauses come in the document's order; a clause that the
 * document lacks is kept after the one it follows in the draft, or left out when `dropped` names it. A
 * document without a title leaves the draft's.
 */
export function takenOver(draft: VersionContent, version: WordVersion, dropped: ReadonlySet<string>): VersionContent {
  const clauses: Clause[] = version.clauses.map((one) => one.clause);
  let at = 0;
  for (const clause of draft.clauses) {
    const stands = clauses.findIndex((one) => one.id === clause.id);
    if (stands !== -1) at = stands + 1;
    else if (!dropped.has(clause.id)) clauses.splice(at++, 0, clause);
  }
  return { title: version.title.trim() === '' ? draft.title : version.title, clauses };
}
