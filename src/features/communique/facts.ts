/**
 * The seventeen facts of the communiqué of March 2014, in its order. The sentences are our own words,
 * in `messages` under `communique.fact.<id>`; `communique.gap.<id>` says what is not built yet.
 * `live`: a visitor can try what the fact asks for. Each feature that completes one turns it true here.
 */
export interface Fact {
  readonly id: FactId;
  readonly live: boolean;
}

export const factIds = [
  'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12', 'F13', 'F14', 'F15', 'F16', 'F17',
] as const;
export type FactId = (typeof factIds)[number];

const LIVE: ReadonlySet<FactId> = new Set(['F1', 'F2', 'F3', 'F4', 'F5', 'F12', 'F15']);

export const facts: readonly Fact[] = factIds.map((id) => ({ id, live: LIVE.has(id) }));
