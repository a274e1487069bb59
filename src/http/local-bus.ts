/** Tells open pages that a local table changed (drafts, folder): the area, never what. Within this process. */
export interface LocalBus {
  announce(area: string): void;
  subscribe(listener: (area: string) => void): () => void;
}

export function createLocalBus(): LocalBus {
  const listeners = new Set<(area: string) => void>();
  return {
    announce(area) {
      for (const listener of listeners) listener(area);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
