/**
 * Expected outcomes are values. A `Refusal` is the one shape of every expected "no": its code is
 * at the same time the translation key, the problem+json type and a row in the OpenAPI document.
 * Bugs throw; integrity faults are `IntegrityFault` (fault.ts) and are never retried away.
 */
export interface Refusal {
  /** `area.reason-in-words`, e.g. `text.clause-without-sibling`. Registered in refusals.ts of its slice. */
  readonly code: string;
  /** Values for the ICU message of the same key. Never secrets, never personal data. */
  readonly params?: Readonly<Record<string, string | number>>;
}

export type Ok<T> = { readonly ok: true; readonly value: T };
export type No = { readonly ok: false; readonly refusal: Refusal };
export type Result<T> = Ok<T> | No;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function refuse(code: string, params?: Refusal['params']): No {
  return { ok: false, refusal: params === undefined ? { code } : { code, params } };
}

/** Returns the value or throws: only where a refusal would be a bug (tests, seeds, own fixtures). */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`unexpected refusal ${result.refusal.code} ${JSON.stringify(result.refusal.params ?? {})}`);
}
