/**
 * Signatures of one writing transaction, checked on other cores while this thread goes on as if they were
 * sound. Before the commit all of them are waited for: if one is not, the transaction leaves nothing and
 * is done again with each verdict known when it is needed, so the outcome is the same as if nobody had
 * hoped. A peer that sends false signatures costs one such repetition a batch.
 */
import type { SignatureVerifier } from '../record/decide.ts';
import type { SignatureCheck } from '../record/signing.ts';

/** Checks handed over at a time: soon enough that they run beside this thread, and not one by one. */
const BATCH = 64;

export interface LaterChecks {
  /** Answers at once that every check is sound. */
  readonly verify: SignatureVerifier;
  /** Whether that was true of all that were asked. Rejects when a check could not be made. */
  allSound(): Promise<boolean>;
}

/** Ends a transaction that rested on a false signature. */
export class Unsound extends Error {}

export function laterChecks(verify: SignatureVerifier): LaterChecks {
  const asked: Promise<readonly boolean[]>[] = [];
  let gathered: SignatureCheck[] = [];

  function handOver(): void {
    if (gathered.length === 0) return;
    const verdicts = Promise.resolve(verify(gathered));
    // `allSound` hears of it; until then a rejection is not one that nobody handles.
    verdicts.catch(() => undefined);
    asked.push(verdicts);
    gathered = [];
  }

  return {
    verify(checks) {
      gathered.push(...checks);
      if (gathered.length >= BATCH) handOver();
      return checks.map(() => true);
    },
    async allSound() {
      handOver();
      return (await Promise.all(asked)).flat().every((sound) => sound);
    },
  };
}

/** Runs `work`, whose outcome counts only if every signature that it relied on is sound; throws `Unsound` otherwise. */
export async function ifSound<T>(later: LaterChecks | undefined, work: () => Promise<T>): Promise<T> {
  if (later === undefined) return work();
  let value: T;
  try {
    value = await work();
  } catch (error) {
    // A false signature hides behind whatever came of it later.
    if (!(await later.allSound())) throw new Unsound('a signature is false', { cause: error });
    throw error;
  }
  if (!(await later.allSound())) throw new Unsound('a signature is false');
  return value;
}
