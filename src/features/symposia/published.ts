/** What other slices may know of the symposia: series and editions that exist. */
import type { ObjectId, PartyId } from '../../kernel/ids.ts';
import type { PlacedAct } from '../../record/act.ts';
import type { RegisterEntry } from '../registers/published.ts';
import type { Searchable } from '../search/published.ts';
import type { EditionRegister, SeriesCreate } from './acts.ts';

export type { EditionRegister, SeriesCreate } from './acts.ts';
export { editionRow, seriesRow } from './views.ts';

/** Fact kinds; keys: the id of the series, of the edition, and `<series> <number>` for the place in a series. */
export const SERIES = 'series';
export const EDITION = 'edition';
export const EDITION_NUMBER = 'edition-number';

export interface EditionFact {
  readonly series: ObjectId;
  readonly number: number;
  readonly host: PartyId;
}

export function seriesEntry(placed: PlacedAct): RegisterEntry | undefined {
  return placed.act.type === 'series.create' ? { kind: 'series', id: (placed.act.body as SeriesCreate).series } : undefined;
}

export function editionEntry(placed: PlacedAct): RegisterEntry | undefined {
  return placed.act.type === 'edition.register' ? { kind: 'edition', id: (placed.act.body as EditionRegister).edition } : undefined;
}

export function searchSymposia(placed: PlacedAct): readonly Searchable[] {
  if (placed.act.type === 'series.create') {
    const body = placed.act.body as SeriesCreate;
    return [{ kind: 'series', id: body.series, parts: present(body.title, body.source) }];
  }
  if (placed.act.type === 'edition.register') {
    const body = placed.act.body as EditionRegister;
    return [{ kind: 'edition', id: body.edition, parts: present(body.title, body.place, body.source) }];
  }
  return [];
}

function present(...refs: readonly (SeriesCreate['source'])[]): Searchable['parts'] {
  return refs.filter((ref) => ref !== undefined).map((ref) => ({ ref }));
}
