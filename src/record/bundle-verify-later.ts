/**
 * Verification with the signatures checked apart: in workers, or in slices so that a page stays alive.
 *
 * The bundle is folded once as if every signature were sound, which shows what has to be checked; if all
 * are, that fold stands. If one is not, the bundle is folded again with the verdicts known, so the report
 * is always the one that `verifyBundle` would give.
 */
import { toHex, type Bytes } from '../kernel/bytes.ts';
import { verifyBundle, type Verified, type VerifyOptions } from './bundle-verify.ts';
import type { Engine } from './engine.ts';
import { verifySignature, type SignatureCheck } from './signing.ts';

/** Verdicts of the checks, in their order. */
export type CheckAll = (checks: readonly SignatureCheck[]) => Promise<readonly boolean[]>;

export async function verifyBundleLater(bytes: Bytes, options: Omit<VerifyOptions, 'verify'>, checkAll: CheckAll): Promise<Verified> {
  const checks: SignatureCheck[] = [];
  const hopeful = verifyBundle(bytes, { ...options, verify: (check) => checks.push(check) > 0 });
  const verdicts = await checkAll(checks);
  if (checks.every((_, i) => verdicts[i] === true)) return hopeful;
  const known = new Map(checks.map((check, i) => [nameOf(options.engine, check), verdicts[i] === true]));
  return verifyBundle(bytes, { ...options, verify: (check) => known.get(nameOf(options.engine, check)) ?? verifySignature(options.engine, check) });
}

function nameOf(engine: Engine, check: SignatureCheck): string {
  const { rpIds, origins } = check.trust ?? { rpIds: [], origins: [] };
  return `${toHex(engine.sha256(check.message))} ${toHex(engine.sha256(check.signature))} ${toHex(check.publicKey)} ${check.alg} ${JSON.stringify([rpIds, origins])}`;
}
