/** What other slices may know of the committee: that a body exists, and what kind it is. */
import type { ObjectId } from '../../kernel/ids.ts';
import type { PlacedAct } from '../../record/act.ts';
import { facts, type Asking, type Fact } from '../../record/rule.ts';
import type { RegisterEntry } from '../registers/published.ts';
import type { Searchable } from '../search/published.ts';
import type { BodyCreate, bodyKinds } from './acts.ts';

export type { BodyCreate } from './acts.ts';
export { bodyRow } from './views.ts';

/** Fact kind; key: the body's id. */
export const BODY = 'body';

export interface BodyFact {
  readonly kind: (typeof bodyKinds)[number];
  readonly yearly: boolean;
}

/** The body as the act's cut knows it, or undefined. */
export function* bodyKnown(body: ObjectId): Asking<Fact<BodyFact> | undefined> {
  return (yield* facts<BodyFact>(BODY, body))[0];
}

export function bodyEntry(placed: PlacedAct): RegisterEntry | undefined {
  return placed.act.type === 'body.create' ? { kind: 'committee', id: (placed.act.body as BodyCreate).body } : undefined;
}

export function searchBodies(placed: PlacedAct): readonly Searchable[] {
  if (placed.act.type !== 'body.create') return [];
  const body = placed.act.body as BodyCreate;
  return [{ kind: 'committee', id: body.body, parts: [body.name, body.source].filter((ref) => ref !== undefined).map((ref) => ({ ref })) }];
}
