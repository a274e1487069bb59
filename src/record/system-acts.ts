/**
 * Acts about the record itself: erasure, evidence of a fork, exports, anchors of the access journal,
 * and statements of one party. docs/spec/act.md, docs/spec/part.md.
 */
import { z } from 'zod';
import { equalBytes, fromBase64, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { PLAIN_DATE } from '../kernel/time.ts';
import { hash, instant, partRef, partyId, type PlacedAct } from './act.ts';
import { logKey, originOf, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { PART } from './decide.ts';
import type { Engine } from './engine.ts';
import { parseNote } from './note.ts';
import { defineAct } from './registry.ts';
import { facts, factsOf, valid, without, type Asking, type RuleContext } from './rule.ts';
import type { SignatureCheck } from './signing.ts';
import { charterChain } from './stances.ts';
import { verifyInclusion } from './tree.ts';

/** By commitment: words of a joint text, which nobody can take back alone. Established by the texts slice. */
export const PART_KEPT = 'part.kept';
/** By commitment: its owner orders it destroyed. */
export const PART_ERASE = 'part.erase';
/** By commitment: a party destroyed its copy. */
export const PART_ERASED = 'part.erased';
/** By party. */
export const FORK = 'fork.report';
/** By party: the last size of its access journal. */
export const JOURNAL = 'journal.anchor';

/** Orders the erasure of parts that this party recorded. */
export const partEraseV1 = z.strictObject({
  parts: z.array(hash).min(1).max(200),
  basis: z.enum(['retention', 'request', 'order', 'mistake']),
});

/** States that this party destroyed salt, key and ciphertext; from the second date on also in its key-store backups. */
export const partErasedV1 = z.strictObject({
  erase: hash,
  parts: z.array(hash).min(1).max(200),
  destroyedAt: instant,
  backupsGoneOn: z.string().regex(PLAIN_DATE),
});

const base64Hash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const forkSide = z.strictObject({
  /** The signed note, exactly. */
  note: z.string().max(8_000),
  /** Leaf hash at `index` and its inclusion proof under the note. */
  leaf: base64Hash.optional(),
  proof: z.array(base64Hash).max(63).optional(),
});

/** Two notes of one log that disagree: a proof that needs nobody's word. */
export const forkReportV1 = z.strictObject({
  log: partyId,
  epoch: z.int().min(1),
  index: z.int().min(0).optional(),
  /** Number of leaves on which both sides agree, as the reporter knows it. */
  common: z.int().min(0).optional(),
  sides: z.array(forkSide).length(2),
});

/** What left the system as a bundle: what an auditor holds counts as released. */
export const exportRecordV1 = z.strictObject({
  bundle: z.enum(['space', 'text']),
  subject: hash,
  /** SHA-256 of the bundle's manifest. */
  manifest: hash,
  sizes: z.array(z.strictObject({ party: partyId, size: z.int().min(0), root: hash })).min(1).max(16),
  personal: z.boolean(),
  purpose: partRef.optional(),
});

/** Size and root of the party's access journal, a log of its own that is never mirrored. */
export const journalAnchorV1 = z.strictObject({ size: z.int().min(0), root: hash });

/** A statement by one party about something, without effect but to be read. */
export const noteMakeV1 = z.strictObject({
  about: z.strictObject({ kind: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/).max(40), id: z.string().regex(/^[a-z0-9.-]{1,80}$/), revision: hash.optional() }).optional(),
  words: partRef,
});

export const partErase = defineAct<z.infer<typeof partEraseV1>>({
  type: 'part.erase', v: 1, body: partEraseV1, signers: { any: ['administer', 'service'] }, since: 1,
  *rule(placed) {
    const { parts, basis } = placed.act.body;
    for (const part of parts) {
      if ((yield* factsOf(placed.act.party, PART, part)).length === 0) return without('part.not-recorded-here', { part });
      if ((yield* factsOf(placed.act.party, PART_KEPT, part)).length > 0) return without('part.kept', { part });
    }
    return valid(...parts.map((part) => ({ kind: PART_ERASE, key: part, data: { basis } })));
  },
});

export const partErased = defineAct<z.infer<typeof partErasedV1>>({
  type: 'part.erased', v: 1, body: partErasedV1, signers: { any: ['administer', 'service'] }, since: 1,
  *rule(placed) {
    const { erase, parts, destroyedAt, backupsGoneOn } = placed.act.body;
    for (const part of parts) {
      const ordered = yield* facts(PART_ERASE, part);
      if (!ordered.some((order) => order.act === erase)) return without('part.erase-unknown', { part });
    }
    return valid(...parts.map((part) => ({ kind: PART_ERASED, key: part, data: { erase, destroyedAt, backupsGoneOn } })));
  },
});

interface Side {
  readonly checkpoint: Checkpoint;
  readonly check: SignatureCheck;
  readonly leaf: Bytes | undefined;
  readonly proof: readonly (Bytes | undefined)[];
}

/** Hashes, and nothing else: rules verify no signature themselves. */
function hashing(context: RuleContext): Engine {
  return { sha256: context.sha256 as Engine['sha256'], ed25519: () => false, p256: () => false };
}

/** Both sides read under the log's key of that epoch, or undefined when one is no note of that log. */
function* sidesOf(placed: PlacedAct<z.infer<typeof forkReportV1>>, context: RuleContext): Asking<readonly Side[] | undefined> {
  const { log, epoch, sides } = placed.act.body;
  const members = (yield* charterChain(context.genesis)).flatMap(({ charter }) => charter.parties);
  const member = members.find((one) => one.id === log && one.epoch === epoch);
  const publicKey = member === undefined ? undefined : fromBase64(member.log);
  if (publicKey === undefined) return undefined;
  const key = logKey(hashing(context), originOf(placed.act.space, log, epoch), publicKey);
  const read: Side[] = [];
  for (const side of sides) {
    const note = parseNote(side.note);
    const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
    if (!note.ok || !checkpoint.ok || checkpoint.value.origin !== key.name) return undefined;
    const line = note.value.signatures.find((signature) => signature.name === key.name && signature.keyId === key.keyId);
    if (line === undefined) return undefined;
    read.push({
      checkpoint: checkpoint.value,
      check: { alg: 'ed25519', publicKey, message: utf8(note.value.text), signature: line.signature },
      leaf: side.leaf === undefined ? undefined : fromBase64(side.leaf),
      proof: (side.proof ?? []).map(fromBase64),
    });
  }
  return read;
}

function disagree(context: RuleContext, left: Side, right: Side, index: number | undefined): boolean {
  const sameSize = left.checkpoint.size === right.checkpoint.size;
  if (sameSize && !equalBytes(left.checkpoint.root, right.checkpoint.root)) return true;
  const leaves = [left, right].map((side) => leafUnder(context, side, index));
  return leaves[0] !== undefined && leaves[1] !== undefined && !equalBytes(leaves[0], leaves[1]);
}

function leafUnder(context: RuleContext, side: Side, index: number | undefined): Bytes | undefined {
  const proof = side.proof.filter((one) => one !== undefined);
  if (index === undefined || side.leaf === undefined || proof.length !== side.proof.length) return undefined;
  const { size, root } = side.checkpoint;
  return verifyInclusion(hashing(context), BigInt(index), size, side.leaf, proof, root).ok ? side.leaf : undefined;
}

export const forkReport = defineAct<z.infer<typeof forkReportV1>>({
  type: 'fork.report', v: 1, body: forkReportV1, signers: { any: ['administer', 'service'] }, since: 1,
  *proofs(placed, context) {
    return ((yield* sidesOf(placed, context)) ?? []).map((side) => side.check);
  },
  *rule(placed, context) {
    const [left, right] = (yield* sidesOf(placed, context)) ?? [];
    if (left === undefined || right === undefined) return without('fork.note-of-other-log');
    const { log, epoch, index, common } = placed.act.body;
    if (!disagree(context, left, right, index)) return without('fork.notes-agree');
    return valid({ kind: FORK, key: log, data: { epoch, ...(common === undefined ? {} : { common }) } });
  },
});

export const exportRecord = defineAct<z.infer<typeof exportRecordV1>>({
  type: 'export.record', v: 1, body: exportRecordV1, signers: { any: ['service', 'report', 'audit', 'administer'] }, since: 1,
  *rule(placed) {
    const { personal, purpose } = placed.act.body;
    return personal && purpose === undefined ? without('export.purpose-missing') : valid();
  },
});

export const journalAnchor = defineAct<z.infer<typeof journalAnchorV1>>({
  type: 'journal.anchor', v: 1, body: journalAnchorV1, signers: { any: ['service', 'administer'] }, since: 1,
  *rule(placed) {
    const { size, root } = placed.act.body;
    const last = (yield* factsOf<{ readonly size: number; readonly root: Hash }>(placed.act.party, JOURNAL, placed.act.party)).at(-1)?.data;
    if (last !== undefined && (size < last.size || (size === last.size && root !== last.root))) return without('journal.goes-back', { size, last: last.size });
    return valid({ kind: JOURNAL, key: placed.act.party, data: { size, root } });
  },
});

export const noteMake = defineAct<z.infer<typeof noteMakeV1>>({
  type: 'note.make', v: 1, body: noteMakeV1, signers: { any: ['draft', 'report', 'sign', 'centre'] }, since: 1,
  *rule() {
    return valid();
  },
});

export const systemDefinitions = [partErase, partErased, forkReport, exportRecord, journalAnchor, noteMake] as const;
