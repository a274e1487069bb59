/**
 * Live updates: the node's events (server-sent) make what is on the screen be read again, without a
 * reload. The event says only that something changed; what the reader may see is decided by the read.
 */
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { LIVE_PATH } from '../features/officers/live.ts';

/** Events within this many milliseconds are answered by one reading. */
const GATHER_MS = 150;
/** How long after an answer that was no event stream it is asked for again. */
const AGAIN_MS = 3_000;

export type LiveState = 'connecting' | 'live' | 'lost';

/** Holds one event stream while `enabled`. Every connection after a loss reads anew what is on the screen. */
export function useLive(enabled: boolean): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!enabled) return undefined;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | undefined;
    let wasLost = false;
    const readAgain = (): void => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void queries.invalidateQueries();
      }, GATHER_MS);
    };
    const connect = (): void => {
      source = new EventSource(LIVE_PATH);
      source.onopen = () => {
        setState('live');
        if (wasLost) readAgain();
        wasLost = false;
      };
      source.onmessage = readAgain;
      source.onerror = () => {
        wasLost = true;
        setState('lost');
        // The browser tries again by itself after a lost connection, but gives up for good on an error page.
        if (source?.readyState === EventSource.CLOSED) waiting = setTimeout(connect, AGAIN_MS);
      };
    };
    connect();
    return () => {
      source?.close();
      clearTimeout(gathering);
      clearTimeout(waiting);
    };
  }, [enabled, queries]);
  return state;
}
