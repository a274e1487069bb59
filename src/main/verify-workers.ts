/** Checks signatures on all cores, for one verification. */
import { verifierPool } from '../adapters/engine/verifier-pool.ts';
import type { SignatureCheck } from '../record/signing.ts';

/** Verdicts in the order of the checks. Rejects when a worker fails: no verdict is made up. */
export async function checkInWorkers(checks: readonly SignatureCheck[]): Promise<readonly boolean[]> {
  const pool = verifierPool();
  try {
    return await pool.verify(checks);
  } finally {
    await pool.close();
  }
}
