import { Label, useLabelIn } from './Label.tsx';
import { useAccent, useParty, useStanding } from './standing.tsx';
import type { PartyId } from '../../kernel/ids.ts';

/** A party by its own short or full name, underlined in its accent. The word carries the meaning, not the colour. */
export function PartyName({ party, full = false }: { party: PartyId; full?: boolean }) {
  const known = useParty(party);
  const accent = useAccent(party);
  if (known === undefined) return <bdi dir="ltr">{party}</bdi>;
  return <span className="party" data-accent={accent % 4}><Label label={full ? known.name : known.short} /></span>;
}

/** The short name as plain text, isolated for use inside a sentence of either direction. */
export function usePartyText(): (party: PartyId) => string {
  const labelIn = useLabelIn();
  const { parties } = useStanding();
  return (party) => {
    const known = parties.find((one) => one.id === party);
    return known === undefined ? party : `\u2068${labelIn(known.short).text}\u2069`;
  };
}
