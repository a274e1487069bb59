/**
 * The parts of a bundle against the acts that refer to them. Every part that an entry refers to is
 * OK (it opens its commitment), ERASED (an act in the bundle says that it was destroyed), WITHHELD
 * (not in this bundle) or BAD (it does not open, or no entry refers to it).
 */
import type { Hash } from '../kernel/ids.ts';
import { partsOf, type PartRef } from './act.ts';
import { bundleName, bundlePlace, type BundleFault, type OpenBundle } from './bundle.ts';
import type { BundleLedger } from './bundle-ledger.ts';
import type { BundledLog } from './bundle-logs.ts';
import { decodeEntry } from './codec.ts';
import type { Engine } from './engine.ts';
import { openPart, type Opening } from './part.ts';
import { PART_ERASED } from './system-acts.ts';

export type PartVerdict = 'OK' | 'ERASED' | 'WITHHELD' | 'BAD';

export interface BundledParts {
  readonly counts: { readonly ok: number; readonly erased: number; readonly withheld: number; readonly bad: number };
  readonly faults: readonly BundleFault[];
  verdict(commit: Hash): PartVerdict | undefined;
  /** Opened again at each call, so that a large record does not lie in memory twice. */
  open(commit: Hash): Opening | undefined;
}

/** `referred`: what the decided entries refer to; entries without a verdict are read here. */
export function readParts(engine: Engine, bundle: OpenBundle, logs: readonly BundledLog[], ledger: BundleLedger, referred: Map<Hash, PartRef>): BundledParts {
  const faults: BundleFault[] = [];
  for (const log of logs) for (const index of log.indices.slice(ledger.decided(log.party))) for (const ref of refsIn(engine, log, index)) referred.set(ref.part, ref);
  const verdicts = new Map<Hash, PartVerdict>();
  const counts = { ok: 0, erased: 0, withheld: 0, bad: 0 };
  const judge = (commit: Hash, verdict: PartVerdict): void => {
    verdicts.set(commit, verdict);
    counts[verdict.toLowerCase() as keyof typeof counts]++;
  };
  for (const [commit, ref] of referred) {
    const file = bundleName({ kind: 'part', commit });
    const bytes = bundle.files.get(file);
    const opened = bytes === undefined ? undefined : openPart(engine, commit, bytes, ref.size);
    if (opened?.ok === false) faults.push({ code: opened.refusal.code, file });
    judge(commit, opened === undefined ? (ledger.facts(PART_ERASED, commit).length > 0 ? 'ERASED' : 'WITHHELD') : opened.ok ? 'OK' : 'BAD');
  }
  for (const file of bundle.files.keys()) {
    const place = bundlePlace(file);
    if (place?.kind !== 'part' || referred.has(place.commit)) continue;
    faults.push({ code: 'bundle.part-of-no-entry', file });
    judge(place.commit, 'BAD');
  }
  return {
    counts,
    faults,
    verdict: (commit) => verdicts.get(commit),
    open(commit) {
      const bytes = verdicts.get(commit) === 'OK' ? bundle.files.get(bundleName({ kind: 'part', commit })) : undefined;
      const opened = bytes === undefined ? undefined : openPart(engine, commit, bytes);
      return opened?.ok === true ? opened.value : undefined;
    },
  };
}


/** References in one entry. An entry that is no act refers to nothing. */
function refsIn(engine: Engine, log: BundledLog, index: number): readonly PartRef[] {
  const envelope = log.entry(index);
  const entry = envelope === undefined ? undefined : decodeEntry(engine, envelope);
  return entry?.ok === true ? partsOf(entry.value.act.body) : [];
}
