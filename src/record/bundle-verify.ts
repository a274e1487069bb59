/**
 * Verification of a bundle: no network, no clock, no key from outside. docs/spec/bundle.md §4.
 *
 * What is trusted is the space id alone: it is the hash of the first charter, which holds the root and
 * log keys of every party; everything else follows. Whoever verifies compares that id with the one
 * they hold. Every fault is listed with its place; what could be read is handed out none the less.
 */
import { fromBase64, toHex, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { partsOf, type PartRef, type PlacedAct } from './act.ts';
import { charterSignV1 } from './charter-rules.ts';
import { bundleName, MANIFEST, MANIFEST_SIGNATURE, openBundle, verifyManifest, type BundleFault, type OpenBundle } from './bundle.ts';
import { createBundleLedger, type BundleLedger, type WithoutEffect } from './bundle-ledger.ts';
import { readLogs, type BundledLog } from './bundle-logs.ts';
import { readParts, type BundledParts } from './bundle-parts.ts';
import { reportOf, unreadableReport, type BundleReport, type Counts, type LogReport } from './bundle-report.ts';
import { reportTexts } from './bundle-texts.ts';
import { logKey, openCheckpoint, originOf } from './checkpoint.ts';
import type { Charter } from './charter.ts';
import { decodeEntry } from './codec.ts';
import { askSync, type Space } from './decide.ts';
import type { Engine } from './engine.ts';
import { canonicalBytes } from './json.ts';
import { PROFILE, type ProfileData } from './mandate-facts.ts';
import { parseVkey, verifyNote, type NoteKey } from './note.ts';
import type { Registry } from './registry.ts';
import type { Fact } from './rule.ts';
import { verifySignature, type SignatureCheck } from './signing.ts';
import { charterChain, partyIn, type ChainLink } from './stances.ts';
import { parseZip } from './zip.ts';

export interface VerifyOptions {
  readonly engine: Engine;
  readonly registry: Registry;
  /** Id of the space that the verifier holds from elsewhere; another one is a fault. */
  readonly space?: Hash;
  /** Instead of checking each signature here: verdicts computed before, in workers. */
  readonly verify?: (check: SignatureCheck) => boolean;
}

/** The report, and what it is about, for whoever shows it. */
export interface Verified {
  readonly report: BundleReport;
  readonly space?: Space;
  readonly ledger?: BundleLedger;
  readonly logs?: readonly BundledLog[];
  readonly parts?: BundledParts;
  readonly withoutEffect?: readonly WithoutEffect[];
}

export function verifyBundle(bytes: Bytes, options: VerifyOptions): Verified {
  const zipped = parseZip(bytes, options.engine.crc32);
  if (!zipped.ok) return { report: unreadableReport(zipped.refusal, '') };
  const opened = openBundle(options.engine, zipped.value);
  if (!opened.ok) return { report: unreadableReport(opened.refusal, MANIFEST) };
  return verifyHopefully(opened.value, options);
}

/** So many signatures are checked at a stretch: an eighth faster than one between every two acts. */
const BATCH = 512;

/** A signature that was taken for sound before it was checked is not. */
class FalseSignature extends Error {}

/**
 * Takes signatures for sound and checks them in batches a little later; at the first false one all is
 * done again with each checked at its place. So the report rests on no unchecked signature either way.
 */
function verifyHopefully(bundle: OpenBundle, options: VerifyOptions): Verified {
  if (options.verify !== undefined) return verifyOpened(bundle, options.engine, options.registry, options.space, options.verify);
  const { engine, registry, space } = options;
  const each = (check: SignatureCheck): boolean => verifySignature(engine, check);
  let waiting: SignatureCheck[] = [];
  const settle = (): void => {
    if (!waiting.every(each)) throw new FalseSignature();
    waiting = [];
  };
  try {
    const verified = verifyOpened(bundle, engine, registry, space, (check) => {
      waiting.push(check);
      if (waiting.length >= BATCH) settle();
      return true;
    });
    settle();
    return verified;
  } catch (error) {
    if (error instanceof FalseSignature) return verifyOpened(bundle, engine, registry, space, each);
    throw error;
  }
}

function verifyOpened(bundle: OpenBundle, engine: Engine, registry: Registry, expected: Hash | undefined, verify: (check: SignatureCheck) => boolean): Verified {
  const read = readLogs(engine, bundle);
  const founded = foundedSpace(engine, bundle, read.logs, expected);
  const before = [...bundle.faults, ...read.faults, ...founded.faults];
  if (founded.space === undefined) return { report: reportOf(engine, bundle, before, {}) };
  const counting = countChecks(verify);
  const referred = new Map<Hash, PartRef>();
  const onAct = ({ act }: PlacedAct): void => partsOf(act.body).forEach((ref) => void referred.set(ref.part, ref));
  const ledger = createBundleLedger(engine, registry, founded.space, read.logs, { verify: counting.verify, onAct });
  ledger.settle();
  const chain = askSync(charterChain(founded.space.genesis), ledger);
  const notes = checkNotes(engine, bundle, read.logs, founded.space, ledger, chain);
  const parts = readParts(engine, bundle, read.logs, ledger, referred);
  const texts = reportTexts(engine, bundle, read.logs, ledger, founded.space);
  const faults = [...before, ...notes.faults, ...checkManifest(engine, bundle, chain), ...checkDecisions(bundle, read.logs, ledger), ...parts.faults, ...texts.faults];
  const known = { chain, logs: notes.logs, parts, texts: texts.texts, ledger, counts: counting.counts };
  return { report: reportOf(engine, bundle, faults, known), space: founded.space, ledger, logs: read.logs, parts, withoutEffect: ledger.withoutEffect() };
}

/** The first charter, out of the first entry of every log; all must carry the same, and it must be the space's. */
function foundedSpace(engine: Engine, bundle: OpenBundle, logs: readonly BundledLog[], expected: Hash | undefined): { space?: Space; faults: BundleFault[] } {
  const faults: BundleFault[] = [];
  const { manifest } = bundle;
  let space: Space | undefined;
  for (const log of logs) {
    const genesis = genesisIn(engine, log);
    if (genesis === undefined) continue;
    const id = toHex(engine.sha256(canonicalBytes(genesis)));
    if (id === manifest.space) space ??= { id, genesis };
  }
  if (space === undefined) faults.push({ code: 'bundle.charter-missing', file: MANIFEST, params: { space: manifest.space } });
  if (expected !== undefined && expected !== manifest.space) faults.push({ code: 'bundle.other-space', file: MANIFEST, params: { space: manifest.space, expected } });
  return { ...(space === undefined ? {} : { space }), faults };
}

function genesisIn(engine: Engine, log: BundledLog): Charter | undefined {
  const envelope = log.entry(0);
  const entry = envelope === undefined ? undefined : decodeEntry(engine, envelope);
  if (entry?.ok !== true || entry.value.act.type !== 'charter.sign') return undefined;
  const body = charterSignV1.safeParse(entry.value.act.body);
  return body.success ? (body.data.charter as Charter) : undefined;
}

function countChecks(check: (one: SignatureCheck) => boolean): { verify: (check: SignatureCheck) => boolean; counts: Counts } {
  const counts: Counts = { ed25519: 0, passkey: 0 };
  return {
    counts,
    verify(one) {
      const sound = check(one);
      if (sound) counts[one.alg === 'ed25519' ? 'ed25519' : 'passkey']++;
      return sound;
    },
  };
}

/** Each checkpoint under the log's key of its epoch, and the cosignatures of the other parties under their published keys. */
function checkNotes(engine: Engine, bundle: OpenBundle, logs: readonly BundledLog[], space: Space, ledger: BundleLedger, chain: readonly ChainLink[]): { logs: LogReport[]; faults: BundleFault[] } {
  const faults: BundleFault[] = [];
  const reports = logs.map((log) => {
    const file = bundleName({ kind: 'checkpoint', party: log.party });
    const key = logKeyOf(engine, space, log, chain);
    const opened = key === undefined ? undefined : openCheckpoint(engine, log.source, key);
    if (opened?.ok !== true) faults.push({ code: opened === undefined ? 'bundle.log-of-no-party' : opened.refusal.code, file, log: log.party });
    const cosigned = chain.flatMap((link) => link.charter.parties.map(({ id }) => id)).filter((id, i, all) => id !== log.party && all.indexOf(id) === i)
      .flatMap((party) => {
        const found = cosignatureBy(engine, log, party, ledger);
        if (found === 'false') faults.push({ code: 'bundle.cosignature-false', file, log: log.party, params: { by: party } });
        return typeof found === 'number' ? [{ party, time: found }] : [];
      });
    const without = ledger.withoutEffect().filter(({ party }) => party === log.party).length;
    return {
      party: log.party, origin: log.checkpoint.origin, size: log.size, root: toHex(log.checkpoint.root), entries: log.indices.length,
      decided: ledger.decided(log.party), withoutEffect: without, withheld: log.size - log.indices.length, cosigned,
    };
  });
  if (bundle.manifest.logs.length !== logs.length) faults.push({ code: 'bundle.log-missing', file: MANIFEST });
  return { logs: reports, faults };
}

/** The key of the log in the latest charter of the chain whose epoch the origin names. */
function logKeyOf(engine: Engine, space: Space, log: BundledLog, chain: readonly ChainLink[]): NoteKey | undefined {
  for (const { charter } of chain.toReversed()) {
    const party = charter.parties.find(({ id }) => id === log.party);
    const publicKey = party === undefined ? undefined : fromBase64(party.log);
    if (party === undefined || publicKey === undefined) continue;
    const origin = originOf(space.id, log.party, party.epoch);
    if (origin === log.checkpoint.origin) return logKey(engine, origin, publicKey);
  }
  return undefined;
}

/** Time of the party's cosignature; `false` when one stands there that does not verify; undefined when none does. */
function cosignatureBy(engine: Engine, log: BundledLog, party: PartyId, ledger: BundleLedger): number | 'false' | undefined {
  const published = (ledger.facts(PROFILE, party) as readonly Fact<ProfileData>[]).flatMap((fact) => fact.data.cosigners);
  const keys = [...new Set(published)].flatMap((vkey) => {
    const key = parseVkey(engine, vkey);
    return key.ok ? [key.value] : [];
  });
  const present = keys.filter((key) => log.note.signatures.some((line) => line.name === key.name && line.keyId === key.keyId));
  if (present.length === 0) return undefined;
  const verified = verifyNote(engine, log.note, present);
  return verified.ok ? Number(verified.value[0]?.time ?? 0n) : 'false';
}

function checkManifest(engine: Engine, bundle: OpenBundle, chain: readonly ChainLink[]): BundleFault[] {
  const exporter = partyIn(chain, bundle.manifest.exporter);
  const key = exporter === undefined ? undefined : fromBase64(exporter.log);
  if (bundle.manifest.exercise !== chain.at(-1)?.charter.exercise) return [{ code: 'bundle.exercise-differs', file: MANIFEST }];
  if (key === undefined) return [{ code: 'bundle.exporter-not-in-charter', file: MANIFEST }];
  if (bundle.signature === undefined) return [{ code: 'bundle.signature-missing', file: MANIFEST_SIGNATURE }];
  const verdict = verifyManifest(engine, bundle.manifestBytes, bundle.signature, key);
  return verdict.ok ? [] : [{ code: verdict.refusal.code, file: MANIFEST_SIGNATURE }];
}

/** In a TEXT bundle the exporter chose the entries: each must have effect by what stands beside it. */
function checkDecisions(bundle: OpenBundle, logs: readonly BundledLog[], ledger: BundleLedger): BundleFault[] {
  if (bundle.manifest.bundle === 'space') return [];
  const faults: BundleFault[] = ledger.withoutEffect().map(({ party, index, refusal }) => ({
    code: 'bundle.entry-without-effect', file: bundleName({ kind: 'entry', party, index }), log: party, index, params: { reason: refusal.code },
  }));
  for (const { party } of logs) {
    const pending = ledger.pending(party);
    if (pending !== undefined) faults.push({ code: 'bundle.entry-undecided', file: bundleName({ kind: 'entry', party, index: pending.index }), log: party, index: pending.index });
  }
  return faults;
}
