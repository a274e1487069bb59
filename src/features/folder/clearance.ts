/**
 * The signature folder's own rules: who is to look at a text before the office signs, in which order,
 * and what follows from each answer. Internal to one party, local to one node, no part of the record:
 * none of it is an act, and nothing of it travels.
 */
import type { ObjectId } from '../../kernel/ids.ts';
import type { PlainDate } from '../../kernel/time.ts';

export const modes = ['sequence', 'parallel'] as const;
export type Mode = (typeof modes)[number];

export const outcomes = ['waiting', 'cleared', 'returned'] as const;
export interface Step {
  /** From 0. */
  readonly n: number;
  readonly officer: ObjectId;
  readonly outcome: (typeof outcomes)[number];
}

/** What is stored; *signed* and *refused* follow from the record and are never stored. */
export type EntryState = 'clearing' | 'returned' | 'cleared' | 'withdrawn';

/** State after the answers so far: one return sends the text back, whoever else has cleared it. */
export function stateOf(steps: readonly Step[]): Exclude<EntryState, 'withdrawn'> {
  if (steps.some((step) => step.outcome === 'returned')) return 'returned';
  return steps.every((step) => step.outcome === 'cleared') ? 'cleared' : 'clearing';
}

/** Steps whose turn it is: in sequence the first that waits, in parallel all that wait. */
export function turnsOf(steps: readonly Step[], mode: Mode): readonly Step[] {
  if (stateOf(steps) !== 'clearing') return [];
  const waiting = steps.filter((step) => step.outcome === 'waiting').toSorted((a, b) => a.n - b.n);
  return mode === 'parallel' ? waiting : waiting.slice(0, 1);
}

export interface Absence {
  readonly officer: ObjectId;
  readonly substitute: ObjectId;
  /** First and last day, by the party's own calendar. */
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Who stands in for the officer on that day; the one named last, when several absences overlap. Absences in the order in which they were entered. */
export function substituteOn(absences: readonly Absence[], officer: ObjectId, today: PlainDate): ObjectId | undefined {
  return absences.findLast((absence) => absence.officer === officer && absence.from <= today && today <= absence.to)?.substitute;
}

/** The step that `who` may answer now, for themselves or as the substitute of somebody absent. Their own first. */
export function stepFor(steps: readonly Step[], mode: Mode, who: ObjectId, absences: readonly Absence[], today: PlainDate): Step | undefined {
  const turns = turnsOf(steps, mode);
  return turns.find((step) => step.officer === who) ?? turns.find((step) => substituteOn(absences, step.officer, today) === who);
}
