/** What this browser remembers between visits. Storage may be closed to the page: then nothing is remembered. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`alternat.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`alternat.${key}`);
    else localStorage.setItem(`alternat.${key}`, value);
  } catch {
    // Closed storage: the choice holds for this visit.
  }
}
