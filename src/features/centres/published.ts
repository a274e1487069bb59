/** What other slices may know of the centres: which exist, and where. */
import type { PartyId } from '../../kernel/ids.ts';
import type { PlacedAct } from '../../record/act.ts';
import type { RegisterEntry } from '../registers/published.ts';
import type { Searchable } from '../search/published.ts';
import type { CentreRegister } from './acts.ts';

export type { CentreRegister } from './acts.ts';
export { centreRow } from './views.ts';

/** Fact kind; key: the centre's id. */
export const CENTRE = 'centre';

export interface CentreFact {
  readonly host: PartyId;
}

export function centreEntry(placed: PlacedAct): RegisterEntry | undefined {
  return placed.act.type === 'centre.register' ? { kind: 'centre', id: (placed.act.body as CentreRegister).centre } : undefined;
}

export function searchCentres(placed: PlacedAct): readonly Searchable[] {
  if (placed.act.type !== 'centre.register') return [];
  const body = placed.act.body as CentreRegister;
  return [{ kind: 'centre', id: body.centre, parts: [body.port, body.source].filter((ref) => ref !== undefined).map((ref) => ({ ref })) }];
}
