/** What other slices may use of officers: signing a prepared act, and the offices and corps that were declared. */
import type { PlacedAct } from '../../record/act.ts';
import type { RegisterEntry } from '../registers/published.ts';

export { cancelSigning, completeSigning } from './contract.ts';

/** The office that an act declares, again or for the first time. */
export function officeEntry(placed: PlacedAct): RegisterEntry | undefined {
  return placed.act.type === 'office.declare' ? { kind: 'office', id: (placed.act.body as { office: string }).office } : undefined;
}

/** The corps that an act declares, again or for the first time. */
export function corpsEntry(placed: PlacedAct): RegisterEntry | undefined {
  return placed.act.type === 'corps.declare' ? { kind: 'corps', id: (placed.act.body as { corps: string }).corps } : undefined;
}
