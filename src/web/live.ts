/**
 * Live updates: the node's events (server-sent) make what is on the screen be read again, without a
 * reload. The event says only that something changed; what the reader may see is decided by the read.
 */
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';

/** Events within this many milliseconds are answered by one reading. */
const GATHER_MS = 150;
const PATH = '/api/live';

export type LiveState = 'connecting' | 'live' | 'lost';

/** Holds one event stream while `enabled`; the browser itself reconnects, and every reconnection reads anew. */
export function useLive(enabled: boolean): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!enabled) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasLost = false;
    const readAgain = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries();
      }, GATHER_MS);
    };
    const source = new EventSource(PATH);
    source.onopen = () => {
      setState('live');
      if (wasLost) readAgain();
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
      setState('lost');
    };
    source.onmessage = readAgain;
    for (const kind of ['appended', 'delivered', 'link', 'state', 'alarm']) source.addEventListener(kind, readAgain);
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [enabled, queries]);
  return state;
}
