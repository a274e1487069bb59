/** The node's events: hints for screens and for the federation, sent after the commit, never before. */
import type { NodeEvent } from './node.ts';

export interface Events {
  emit(event: NodeEvent): void;
  subscribe(listener: (event: NodeEvent) => void): () => void;
  clear(): void;
}

/** A listener that throws is a bug of its own; it must not make a committed act look failed. */
export function createEvents(onListenerError: (error: unknown) => void): Events {
  const listeners = new Set<(event: NodeEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}
