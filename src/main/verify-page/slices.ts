/** Checks signatures a few at a time, so that the page stays alive and can say how far it is. */
import type { Engine } from '../../record/engine.ts';
import { verifySignature } from '../../record/signing.ts';
import type { CheckAll } from '../../record/bundle-verify-later.ts';

const SLICE_MILLIS = 40;

export function checkInSlices(engine: Engine, progress: (done: number, of: number) => void): CheckAll {
  return async (checks) => {
    const verdicts: boolean[] = [];
    let until = performance.now() + SLICE_MILLIS;
    for (const check of checks) {
      verdicts.push(verifySignature(engine, check));
      if (performance.now() < until) continue;
      progress(verdicts.length, checks.length);
      await new Promise((resolve) => setTimeout(resolve, 0));
      until = performance.now() + SLICE_MILLIS;
    }
    return verdicts;
  };
}
