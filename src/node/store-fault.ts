import type { Refusal } from '../kernel/result.ts';

/**
 * The database cannot do what was asked, for a reason outside the program: full, corrupt, unreachable,
 * busy for too long, written by a newer version. Nothing of the transaction remains. The write paths
 * turn it into their refusal, so that an officer reads what happened instead of a stack trace.
 */
export class StoreFault extends Error {
  readonly refusal: Refusal;
  constructor(code: string, params?: Refusal['params'], options?: ErrorOptions) {
    super(code, options);
    this.name = 'StoreFault';
    this.refusal = params === undefined ? { code } : { code, params };
  }
}
