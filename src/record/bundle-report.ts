/** What a verification says: what held, what did not and where, what could not be checked. docs/spec/bundle.md §4. */
import { toHex } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/result.ts';
import { MANIFEST, MANIFEST_SIGNATURE, type BundleFault, type BundleManifest, type OpenBundle } from './bundle.ts';
import type { BundleLedger } from './bundle-ledger.ts';
import type { BundledParts } from './bundle-parts.ts';
import type { TextReport } from './bundle-texts.ts';
import type { Charter } from './charter.ts';
import type { Engine } from './engine.ts';
import type { ChainLink } from './stances.ts';

export interface LogReport {
  readonly party: PartyId;
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Entries in the bundle, and of those how many have a verdict and how many no effect. */
  readonly entries: number;
  readonly decided: number;
  readonly withoutEffect: number;
  readonly withheld: number;
  /** Peers whose cosignature states that they stored exactly this log; POSIX seconds. */
  readonly cosigned: readonly { readonly party: PartyId; readonly time: number }[];
}

/** Something that was checked, or could not be: `code` is a message key (`verify.<code>`). */
export interface Finding {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface BundleReport {
  readonly verdict: 'verified' | 'not-verified' | 'unreadable';
  readonly firstFault?: BundleFault;
  readonly faults: readonly BundleFault[];
  readonly manifest?: Omit<BundleManifest, 'files'> & { readonly files: number };
  /** SHA-256 of the manifest: stands for every byte of the bundle. */
  readonly digest?: Hash;
  readonly exercise?: boolean;
  readonly charter?: Charter;
  readonly logs: readonly LogReport[];
  readonly parts: { readonly ok: number; readonly erased: number; readonly withheld: number; readonly bad: number };
  readonly texts: readonly TextReport[];
  readonly checked: readonly Finding[];
  readonly unchecked: readonly Finding[];
}

/** Signatures that verified. */
export interface Counts {
  ed25519: number;
  passkey: number;
}

/** Of a file that is no bundle. */
export function unreadableReport(refusal: Refusal, file: string): BundleReport {
  const fault: BundleFault = { code: refusal.code, file, ...(refusal.params === undefined ? {} : { params: refusal.params }) };
  return { verdict: 'unreadable', firstFault: fault, faults: [fault], logs: [], parts: { ok: 0, erased: 0, withheld: 0, bad: 0 }, texts: [], checked: [], unchecked: [] };
}

/** What is known when the report is written; of a bundle without a readable charter, little. */
export interface Known {
  readonly chain?: readonly ChainLink[];
  readonly logs?: readonly LogReport[];
  readonly parts?: BundledParts;
  readonly texts?: readonly TextReport[];
  readonly ledger?: BundleLedger;
  readonly counts?: Counts;
}

export function reportOf(engine: Engine, bundle: OpenBundle, faults: readonly BundleFault[], known: Known): BundleReport {
  const { files, ...about } = bundle.manifest;
  const charter = known.chain?.at(-1)?.charter;
  const [firstFault] = faults;
  return {
    verdict: faults.length === 0 ? 'verified' : 'not-verified',
    ...(firstFault === undefined ? {} : { firstFault }),
    faults,
    manifest: { ...about, files: files.length },
    digest: toHex(engine.sha256(bundle.manifestBytes)),
    exercise: charter?.exercise === true || about.exercise,
    ...(charter === undefined ? {} : { charter }),
    logs: known.logs ?? [],
    parts: known.parts?.counts ?? { ok: 0, erased: 0, withheld: 0, bad: 0 },
    texts: known.texts ?? [],
    checked: checkedFindings(bundle, known, faults),
    unchecked: uncheckedFindings(bundle, known),
  };
}

/** Only what held: a check that failed is among the faults. */
function checkedFindings(bundle: OpenBundle, known: Known, faults: readonly BundleFault[]): Finding[] {
  const logs = known.logs ?? [];
  const failed = (test: (fault: BundleFault) => boolean): boolean => faults.some(test);
  const entries = logs.reduce((sum, log) => sum + log.decided, 0);
  const findings: Finding[] = [];
  if (bundle.faults.length === 0) findings.push({ code: 'files', params: { count: bundle.manifest.files.length, algorithm: 'SHA-256' } });
  if (known.chain !== undefined && !failed(({ file }) => file === MANIFEST || file === MANIFEST_SIGNATURE)) findings.push({ code: 'manifest-signature', params: { exporter: bundle.manifest.exporter, algorithm: 'Ed25519' } });
  for (const log of logs) {
    if (failed((fault) => fault.log === log.party)) continue;
    findings.push({ code: 'tree', params: { party: log.party, size: log.size, entries: log.entries } });
    for (const { party, time } of log.cosigned) findings.push({ code: 'cosigned', params: { party: log.party, by: party, time } });
  }
  if (entries > 0) findings.push({ code: 'rules', params: { entries, without: logs.reduce((sum, log) => sum + log.withoutEffect, 0) } });
  if (known.counts !== undefined) findings.push({ code: 'signatures', params: { ...known.counts } });
  if (known.parts !== undefined) findings.push({ code: 'parts', params: { ok: known.parts.counts.ok } });
  return findings;
}

/** What no bundle can show, and what this one does not. */
function uncheckedFindings(bundle: OpenBundle, known: Known): Finding[] {
  const findings: Finding[] = [{ code: 'space-id', params: { space: bundle.manifest.space } }, { code: 'claimed-times', params: {} }, { code: 'latest', params: {} }];
  for (const log of known.logs ?? []) {
    if (log.withheld > 0) findings.push({ code: 'withheld-entries', params: { party: log.party, count: log.withheld } });
    if (log.cosigned.length === 0) findings.push({ code: 'not-cosigned', params: { party: log.party } });
    const pending = known.ledger?.pending(log.party);
    if (pending?.decision.state === 'waiting') findings.push({ code: 'waiting', params: { party: log.party, index: pending.index, on: pending.decision.party, size: pending.decision.size } });
    if (pending?.decision.state === 'unsupported') findings.push({ code: 'unsupported', params: { party: log.party, index: pending.index, rules: pending.decision.rules } });
  }
  const { withheld, erased } = known.parts?.counts ?? { withheld: 0, erased: 0 };
  if (withheld > 0) findings.push({ code: 'parts-withheld', params: { count: withheld } });
  if (erased > 0) findings.push({ code: 'parts-erased', params: { count: erased } });
  if ([...bundle.files.keys()].some((name) => name.startsWith('rendering/'))) findings.push({ code: 'rendering', params: {} });
  return findings;
}
