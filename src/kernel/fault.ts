import type { Refusal } from './result.ts';

/**
 * Something that must not be retried away: a root that does not match, a log that forked, a stored
 * byte that changed. Carries evidence that can be exported; freezes what it concerns, nothing else.
 */
export class IntegrityFault extends Error {
  readonly refusal: Refusal;
  readonly evidence: Readonly<Record<string, string | number>>;
  constructor(refusal: Refusal, evidence: Readonly<Record<string, string | number>> = {}) {
    super(`integrity: ${refusal.code}`);
    this.name = 'IntegrityFault';
    this.refusal = refusal;
    this.evidence = evidence;
  }
}
