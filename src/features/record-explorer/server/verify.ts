/**
 * Checking here and now, from the stored bytes: what the note signs, whether every leaf is what the tree
 * says, whether the signatures verify by the keys that stood at that place. It is our own node's word;
 * the offline page rests on nobody's (src/record/bundle-verify.ts).
 */
import { setImmediate } from 'node:timers/promises';
import { nodeEngine } from '../../../adapters/engine/node-engine.ts';
import { fromBase64, fromHex, toHex, type Bytes } from '../../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../../kernel/ids.ts';
import type { Node } from '../../../node/node.ts';
import type { Head, LeafRow, Tx } from '../../../node/ports.ts';
import { cosignersOf } from '../../../node/core.ts';
import { partsOf, type PlacedAct } from '../../../record/act.ts';
import { logKey, openCheckpoint, originOf } from '../../../record/checkpoint.ts';
import { decodeEntry, type Entry } from '../../../record/codec.ts';
import { askAsync } from '../../../record/decide.ts';
import type { NoteKey } from '../../../record/note.ts';
import { commitment } from '../../../record/part.ts';
import type { Registry } from '../../../record/registry.ts';
import { keyId } from '../../../record/signature.ts';
import { signatureChecks } from '../../../record/signers.ts';
import { verifySignature } from '../../../record/signing.ts';
import { charterChain, partyIn, type ChainLink } from '../../../record/stances.ts';
import { EMPTY_RANGE, extendRange, leafHash, rootOf, verifyInclusion } from '../../../record/tree.ts';
import { storedGenesis } from '../../texts/server/published.ts';
import type { Verification } from '../views.ts';
import { storedProof } from './proof.ts';

type Check = Verification['checks'][number];

interface Judging {
  readonly node: Node;
  readonly registry: Registry;
  readonly chain: readonly ChainLink[];
}

const engine = nodeEngine();
/** Leaves checked at a stretch before other requests have their turn. */
const STRETCH = 64;

/** Checks the whole log, or the entry at `index`; `log` or `act` when there is none. */
export async function verifyStored(node: Node, registry: Registry, party: PartyId, index: number | undefined): Promise<readonly Check[] | 'log' | 'act'> {
  const head = await node.store.read((tx) => tx.head(party));
  if (head === undefined) return 'log';
  if (index !== undefined && index >= head.size) return 'act';
  const chain = await node.store.read(async (tx) => askAsync(charterChain(await storedGenesis(tx)), tx));
  const judging: Judging = { node, registry, chain };
  const note = await checkNote(judging, head);
  return [...note, ...(index === undefined ? await checkLeaves(judging, head) : await checkEntry(judging, head, index))];
}

/** The released note: by whom it is signed, that it states this tree, who has cosigned it. */
async function checkNote({ node, chain }: Judging, head: Head): Promise<Check[]> {
  const note = await node.checkpoint(head.party);
  const key = fromBase64(partyIn(chain, head.party)?.log ?? '');
  if (note === undefined || key === undefined) return [{ check: 'note', outcome: 'not-checked' }];
  const parties = [...new Set(chain.flatMap(({ charter }) => charter.parties.map((party) => party.id)))].filter((party) => party !== head.party);
  const cosigners = await node.store.read(async (tx) => {
    const keys = new Map<NoteKey, PartyId>();
    for (const party of parties) for (const one of await cosignersOf({ engine }, tx, party)) keys.set(one, party);
    return keys;
  });
  const opened = openCheckpoint(engine, note, logKey(engine, originOf(node.space, head.party, head.epoch), key), [...cosigners.keys()]);
  if (!opened.ok) return [{ check: 'note', outcome: 'fails', params: { reason: opened.refusal.code } }];
  const { size, root, cosigned } = opened.value;
  const stated = Number(size) === head.size ? head.root : undefined;
  return [
    { check: 'note', outcome: 'holds', params: { size: Number(size) } },
    stated === undefined ? { check: 'note-root', outcome: 'not-checked', params: { size: Number(size) } } : { check: 'note-root', outcome: toHex(root) === stated ? 'holds' : 'fails', params: { size: Number(size) } },
    ...parties.map((party): Check => {
      const by = [...cosigners].some(([one, owner]) => owner === party && cosigned.some((line) => line.name === one.name && line.keyId === one.keyId));
      return { check: 'cosigned', outcome: by ? 'holds' : 'not-checked', params: { party } };
    }),
  ];
}

async function checkLeaves(judging: Judging, head: Head): Promise<Check[]> {
  let range = EMPTY_RANGE;
  const bad: Record<'digest' | 'form' | 'signature', number> = { digest: 0, form: 0, signature: 0 };
  const first: Partial<Record<keyof typeof bad, number>> = {};
  const note = (kind: keyof typeof bad, index: number): void => {
    bad[kind]++;
    first[kind] ??= index;
  };
  for (let from = 0; from < head.size; from += STRETCH) {
    await judging.node.store.read(async (tx) => {
      const leaves = await tx.leaves(head.party, from, Math.min(from + STRETCH, head.size));
      const hashes: Bytes[] = [];
      for (const leaf of leaves) {
        const hash = leafHash(engine, leaf.envelope);
        hashes.push(hash);
        if (toHex(hash) !== leaf.hash) note('digest', leaf.index);
        const entry = decodeEntry(engine, leaf.envelope);
        if (!entry.ok) note('form', leaf.index);
        else if (!(await signed(tx, judging, leaf, entry.value))) note('signature', leaf.index);
      }
      range = extendRange(engine, range, hashes);
    });
    await setImmediate();
  }
  const root = toHex(rootOf(engine, range));
  const outcome = (kind: keyof typeof bad, check: string): Check => bad[kind] === 0
    ? { check, outcome: 'holds', params: { count: head.size } }
    : { check: `${check}-bad`, outcome: 'fails', params: { count: bad[kind], index: first[kind] ?? 0 } };
  return [
    { check: 'root', outcome: root === head.root ? 'holds' : 'fails', params: { count: head.size } },
    outcome('digest', 'leaves'), outcome('form', 'forms'), outcome('signature', 'signatures'),
    { check: 'effect', outcome: 'not-checked' },
  ];
}

async function checkEntry(judging: Judging, head: Head, index: number): Promise<Check[]> {
  const checks: Check[] = [];
  let entry: Entry | undefined;
  await judging.node.store.read(async (tx) => {
    const leaf = await tx.leaf(head.party, index);
    if (leaf === undefined) throw new Error(`leaf ${head.party}/${index} is missing below the size of its log`);
    const hash = leafHash(engine, leaf.envelope);
    checks.push({ check: 'leaf', outcome: toHex(hash) === leaf.hash ? 'holds' : 'fails' });
    const included = verifyInclusion(engine, BigInt(index), BigInt(head.size), hash, await storedProof(tx, head, index), fromHex(head.root) as Bytes);
    checks.push({ check: 'inclusion', outcome: included.ok ? 'holds' : 'fails', params: { index, size: head.size } });
    const decoded = decodeEntry(engine, leaf.envelope);
    if (!decoded.ok) {
      checks.push({ check: 'form', outcome: 'fails', params: { reason: decoded.refusal.code } });
      return;
    }
    entry = decoded.value;
    checks.push({ check: 'form', outcome: 'holds' });
    checks.push({ check: 'id', outcome: entry.id === leaf.act ? 'holds' : 'fails' });
    checks.push({ check: 'signature', outcome: (await signed(tx, judging, leaf, entry)) ? 'holds' : 'fails', params: { count: entry.signatures.length } });
  });
  return [...checks, ...(entry === undefined ? [] : await checkParts(judging.node, entry)), { check: 'effect', outcome: 'not-checked' }];
}

/** The parts that are here open to what the act commits to; what is not here cannot be checked, and is said. */
async function checkParts(node: Node, entry: Entry): Promise<Check[]> {
  const refs = partsOf(entry.act.body);
  if (refs.length === 0) return [];
  let held = 0;
  let bad = 0;
  for (const ref of refs) {
    const opened = await node.openPart(ref.part);
    if (!opened.ok) continue;
    held++;
    if (commitment(engine, opened.value.salt, opened.value.plaintext) !== ref.part || opened.value.plaintext.length !== ref.size) bad++;
  }
  return [
    ...(held > 0 ? [{ check: 'parts', outcome: bad === 0 ? 'holds' as const : 'fails' as const, params: { count: held } }] : []),
    ...(held < refs.length ? [{ check: 'parts-absent', outcome: 'not-checked' as const, params: { count: refs.length - held } }] : []),
  ];
}

/** Whether everybody who signs, signed: by the keys that stood below this place in the party's own log. */
async function signed(tx: Tx, { registry, chain }: Judging, leaf: LeafRow, entry: Entry): Promise<boolean> {
  const { act, id, payload, signatures } = entry;
  if (act.party !== leaf.party) return false;
  const placed: PlacedAct = { id, index: leaf.index, act, keys: signatures.map((signature) => signature.keyid) };
  const definition = registry.lookup(act.type, act.v);
  if (!definition.ok) return false;
  const asking = signatureChecks(engine, definition.value, placed, payload, signatures, chainFor(chain, act.party, placed.keys[0] ?? ''));
  const below = { facts: async (kind: string, key: string) => (await tx.facts(kind, key)).filter((fact) => fact.party !== leaf.party || fact.index < leaf.index) };
  const checks = await askAsync(asking, below);
  return checks.ok && checks.value.every((check) => verifySignature(engine, check));
}

/** The charters up to the one whose root key this is: a root that was replaced later was good before. */
function chainFor(chain: readonly ChainLink[], party: PartyId, root: Hash): readonly ChainLink[] {
  for (let length = chain.length; length > 0; length--) {
    const publicKey = fromBase64(partyIn(chain.slice(0, length), party)?.root ?? '');
    if (publicKey !== undefined && keyId(engine, 'ed25519', publicKey) === root) return chain.slice(0, length);
  }
  return chain;
}
