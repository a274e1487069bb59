/** Whose turn it is: hosts follow each other in the charter's order. Computed, never stored. */
import type { ObjectId, PartyId } from '../../kernel/ids.ts';

interface Hosted {
  readonly series: ObjectId;
  readonly edition: ObjectId;
  readonly number: number;
  readonly host: PartyId;
}

/** Per series with an edition, the party after the host of the edition with the highest number. A host that left the charter hands over to the first party. */
export function nextHosts(parties: readonly PartyId[], editions: readonly Hosted[]): { series: ObjectId; host: PartyId; after: ObjectId }[] {
  const latest = new Map<ObjectId, Hosted>();
  for (const edition of editions) if (edition.number >= (latest.get(edition.series)?.number ?? 0)) latest.set(edition.series, edition);
  return [...latest.values()].flatMap(({ series, edition, host }) => {
    const next = parties[(parties.indexOf(host) + 1) % parties.length];
    return next === undefined ? [] : [{ series, host: next, after: edition }];
  });
}
