/** What a row asks of its reader, in one word that a message spells out. */
import type { PartyId } from '../../../kernel/ids.ts';
import type { Power } from '../../../record/rule.ts';
import type { TextRow } from '../views.ts';

/**
 * `sign`: own signature or refusal is awaited; `other`: only the other side's is; `write`: a draft goes on;
 * `none`: nothing is open. Ordered by what it costs to leave it.
 */
export type Asked = 'sign' | 'sign-by-others' | 'other' | 'write' | 'none';

/** What `row` asks of an officer of `own` with these powers. */
export function askedOf(row: Pick<TextRow, 'state' | 'parties'>, own: PartyId, powers: readonly Power[]): Asked {
  if (row.state === 'local' || row.state === 'drafting') return powers.includes('draft') ? 'write' : 'none';
  if (row.state !== 'proposed' && row.state !== 'partly-signed') return 'none';
  const mine = row.parties.find((stance) => stance.party === own);
  if (mine === undefined || mine.stance === 'none') return powers.includes('sign') ? 'sign' : 'sign-by-others';
  return 'other';
}

/** Parties whose stance is still open, in the given order. */
export function awaited(row: Pick<TextRow, 'parties'>): readonly PartyId[] {
  return row.parties.filter((stance) => stance.stance === 'none').map((stance) => stance.party);
}
