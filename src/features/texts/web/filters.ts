/** The filters of the list as they stand in the address: what one officer sees, another opens by the link. */
import { textState, type TextState } from '../views.ts';

export interface Filters {
  readonly state?: TextState;
  readonly kind?: string;
  readonly q?: string;
}

const QUERY_MAX = 200;

/** Filters of an address; what is not understood is left out, never guessed. */
export function filtersOf(search: Readonly<Record<string, unknown>>): Filters {
  const state = textState.safeParse(search.state);
  const kind = typeof search.kind === 'string' && /^[a-z]+(?:-[a-z]+)*$/.test(search.kind) && search.kind.length <= 40 ? search.kind : undefined;
  const q = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).slice(0, QUERY_MAX) : '';
  return {
    ...(state.success ? { state: state.data } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(q.trim() === '' ? {} : { q }),
  };
}

/** `filters` with one of them changed; an empty value takes it away. */
export function withFilter(filters: Filters, name: keyof Filters, value: string): Filters {
  const { [name]: _old, ...rest } = filters;
  return value === '' ? rest : filtersOf({ ...rest, [name]: value });
}

export function isFiltered(filters: Filters): boolean {
  return Object.keys(filters).length > 0;
}
