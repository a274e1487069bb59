/**
 * The loop of one link: rounds, one at a time, for as long as the node runs. Woken by the peer's poke or
 * by the interval; a failing link is tried less and less often, at moments that no two nodes share.
 */
import { PeerFailure } from './peer-failure.ts';
import type { Peer } from '../ports.ts';
import type { Round } from './round.ts';

export interface LinkTimes {
  /** Between rounds while all is well: what a lost poke can cost. */
  readonly intervalMs: number;
  /** Longest wait between attempts on a failing link. */
  readonly backoffMaxMs: number;
  /** Shortest time between rounds, however often the peer pokes. */
  readonly gapMs: number;
}

export const LINK_TIMES: LinkTimes = { intervalMs: 5_000, backoffMaxMs: 60_000, gapMs: 50 };

export interface LinkOptions {
  readonly peer: Peer;
  readonly round: () => Promise<Round>;
  /** Called after a round that brought something new. */
  readonly onStored: () => void;
  /** A fault of this node, not of the peer: kept out of the loop, never lost. */
  readonly onFault: (error: unknown) => void;
  /** In [0, 1). */
  readonly random: () => number;
  readonly times: LinkTimes;
}

export interface Link {
  /** The peer says that there is something new, or it is known to be back. */
  wake(): void;
  /** Tells the peer that there is something new here; failures are of no consequence. */
  poke(): void;
  /** A round now, after any that is under way. */
  run(): Promise<Round>;
  /** Ends after the round under way; its requests are cut. */
  close(): Promise<void>;
}

export function openLink(options: LinkOptions): Link {
  const { peer, times } = options;
  const state = { closed: false };
  let woken = false;
  let failures = 0;
  let stopWaiting = (): void => undefined;
  let under: Promise<unknown> = Promise.resolve();

  async function run(): Promise<Round> {
    const turn = under.then(oneRound, oneRound);
    under = turn;
    return turn;
  }

  async function oneRound(): Promise<Round> {
    const round = await options.round();
    failures = round.problem === undefined ? 0 : failures + 1;
    if (round.stored > 0) options.onStored();
    return round;
  }

  function pause(): Promise<void> {
    if (state.closed || woken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs(times, failures, options.random()));
      stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function loop(): Promise<void> {
    while (!state.closed) {
      woken = false;
      try {
        await run();
      } catch (error) {
        failures++;
        if (!state.closed) options.onFault(error);
      }
      await pause();
      if (!state.closed) await gap(times.gapMs);
    }
  }

  const poke = poker(peer, options.onFault);
  const looping = loop();
  return {
    wake() {
      woken = true;
      stopWaiting();
    },
    poke,
    run,
    async close() {
      state.closed = true;
      stopWaiting();
      await peer.close();
      await looping;
      await under.catch(() => undefined);
    },
  };
}

/** Exponential with full jitter in the upper half: two nodes that lost each other do not come back in step. */
export function delayMs(times: LinkTimes, failures: number, random: number): number {
  const spread = 0.5 + random / 2;
  if (failures === 0) return times.intervalMs * spread;
  return Math.min(times.backoffMaxMs, times.intervalMs * 2 ** Math.min(failures, 16)) * spread;
}

/** At most one poke under way; whatever happens meanwhile is told by one more. */
function poker(peer: Peer, onFault: (error: unknown) => void): () => void {
  let sending = false;
  let again = false;
  async function send(): Promise<void> {
    sending = true;
    try {
      do {
        again = false;
        await peer.poke();
      } while (again);
    } catch (error) {
      if (!(error instanceof PeerFailure)) onFault(error);
    } finally {
      sending = false;
    }
  }
  return () => {
    if (sending) again = true;
    else void send();
  };
}

function gap(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
