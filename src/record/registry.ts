/**
 * Every act type and version that this release knows. A type takes effect only under a charter whose
 * rules version reaches its `since`; a charter with a later rules version than `RULES_VERSION` cannot
 * be judged here at all (decide.ts stops there, the node goes read-only and says so).
 */
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { ActDefinition, RegisteredAct } from './rule.ts';

/** Latest rules version that this release can judge. */
export const RULES_VERSION = 1;

export interface Registry {
  /** Refuses `act.unknown-type` when no slice defines (type, v). */
  lookup(type: string, v: number): Result<RegisteredAct>;
  readonly definitions: readonly RegisteredAct[];
}

/** Checks the types of body, rule and helpers together, then forgets the body's type. */
export function defineAct<B>(definition: ActDefinition<B>): RegisteredAct {
  return definition as unknown as RegisteredAct;
}

/** Throws when two definitions claim one (type, v): a bug of the slices, not an expected outcome. */
export function createRegistry(definitions: readonly RegisteredAct[]): Registry {
  const known = new Map<string, RegisteredAct>();
  for (const definition of definitions) {
    const key = keyOf(definition.type, definition.v);
    if (known.has(key)) throw new Error(`${key} is defined twice`);
    known.set(key, definition);
  }
  return {
    lookup(type, v) {
      const found = known.get(keyOf(type, v));
      return found === undefined ? refuse('act.unknown-type', { type, v }) : ok(found);
    },
    definitions: [...known.values()],
  };
}

function keyOf(type: string, v: number): string {
  return `${type} v${v}`;
}
