import { instantOf, millisOf, type Instant } from '../../kernel/time.ts';
import type { Clock } from '../../node/ports.ts';

/** The wall clock of this machine. */
export function systemClock(): Clock {
  return { now: () => instantOf(Date.now()) };
}

/** A clock that shows `start` now and runs on from there: `--today`, and the demo's exercise year. */
export function clockFrom(start: Instant): Clock {
  const offset = millisOf(start) - Date.now();
  return { now: () => instantOf(Date.now() + offset) };
}

/** A clock that stands still until it is set: tests. */
export function standingClock(start: Instant): Clock & { set(to: Instant): void } {
  let now = start;
  return {
    now: () => now,
    set(to) {
      now = to;
    },
  };
}
