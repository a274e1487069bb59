/**
 * The record that a case measures: two parties with real data directories, keys and databases, every
 * projection of the product, and a log that grows to the size of the case by the product's own write path.
 */
import { join } from 'node:path';
import { appoint, type Officer } from '../src/features/slices.testkit.ts';
import { serverProjections } from '../src/features/server-slices.ts';
import { fromBase64, utf8, type Bytes } from '../src/kernel/bytes.ts';
import { expectOk } from '../src/kernel/result.ts';
import { nodeEngine } from '../src/adapters/engine/node-engine.ts';
import { heal, twoHouses, type House } from '../src/main/house.testkit.ts';
import type { ActDraft, MintedPart } from '../src/node/node.ts';
import { ACT_TYPE } from '../src/record/act.ts';
import { decodeEntry } from '../src/record/codec.ts';
import { activeKey } from '../src/record/mandate-facts.ts';
import { askAsync } from '../src/record/decide.ts';
import { pae } from '../src/record/pae.ts';
import type { Signed } from './limits.ts';
import type { CaseInput } from './row.ts';

const PARTS = 1000;
const GROUP = 100;
const SAMPLE = 512;

export interface Stage {
  readonly input: CaseInput;
  readonly owner: House;
  readonly mirror: House;
  readonly writer: Officer;
  /** Drafts of acts of ordinary size, each about something else. */
  drafts(count: number): readonly ActDraft[];
  /** Drafts of acts that bring a short text of their own. */
  withText(count: number): readonly ActDraft[];
  submit(drafts: readonly ActDraft[]): Promise<void>;
  /** Appends until the log has `size` leaves. */
  fill(size: number): Promise<void>;
  size(house?: House): Promise<number>;
  say(what: string): void;
}

export async function openStage(input: CaseInput, say: (what: string) => void): Promise<Stage> {
  const engine = input.databases;
  const [owner, mirror] = await twoHouses(join(input.folder, 'nodes'), {
    projections: serverProjections,
    ...(engine === undefined ? {} : { engine: (party: string) => ({ kind: 'postgres' as const, url: engine[party] as string }) }),
  });
  await heal([owner, mirror]);
  const writer = await appoint(owner, 'Secretariat', ['draft', 'sign', 'administer']);
  const parts = await mintParts(owner, writer);
  await heal([owner, mirror]);
  let made = 0;

  function drafts(count: number): readonly ActDraft[] {
    return Array.from({ length: count }, () => {
      const id = made++;
      // Spread over the parts, so that neighbours in the log are not neighbours in the index of facts.
      const { ref } = parts[(id * 617) % parts.length] as MintedPart;
      return { type: 'note.make', v: 1, scope: 'space', body: { words: ref, about: { kind: 'line', id: String(id) } }, parts: [] };
    });
  }

  function withText(count: number): readonly ActDraft[] {
    return Array.from({ length: count }, () => {
      const part = owner.node.mint.part('text', 'text/plain', utf8(`A statement of ordinary length, number ${made++}. `.repeat(4)));
      return { type: 'note.make', v: 1, scope: 'space', body: { words: part.ref }, parts: [part] };
    });
  }

  async function submit(list: readonly ActDraft[]): Promise<void> {
    expectOk(await owner.node.submit(list, { officer: writer.officer }));
  }

  async function size(house: House = owner): Promise<number> {
    return (await house.node.heads()).find((head) => head.party === owner.party)?.size ?? 0;
  }

  async function fill(to: number): Promise<void> {
    for (let at = await size(); at < to; at += GROUP) {
      await submit(drafts(Math.min(GROUP, to - at)));
      if (at % 10_000 < GROUP) say(`appending ${at} of ${to}`);
    }
  }

  return { input, owner, mirror, writer, drafts, withText, submit, fill, size, say };
}

async function mintParts(owner: House, writer: Officer): Promise<readonly MintedPart[]> {
  const parts = Array.from({ length: PARTS }, (_, i) => owner.node.mint.part('text', 'text/plain', utf8(`part ${i}`)));
  for (let from = 0; from < PARTS; from += GROUP) {
    const drafts = parts.slice(from, from + GROUP).map((part) => ({ type: 'note.make', v: 1, scope: 'space', body: { words: part.ref }, parts: [part] }));
    expectOk(await owner.node.submit(drafts, { officer: writer.officer }));
  }
  return parts;
}

/** The last leaves of the owner's log: what limits write and verify. */
export async function lastLeaves(stage: Stage): Promise<readonly Bytes[]> {
  const size = await stage.size();
  const leaves = await stage.owner.node.store.read((tx) => tx.leaves(stage.owner.party, Math.max(0, size - SAMPLE), size));
  return leaves.map((leaf) => leaf.envelope);
}

export async function signaturesOf(stage: Stage, leaves: readonly Bytes[]): Promise<readonly Signed[]> {
  const engine = nodeEngine();
  return stage.owner.node.store.read(async (tx) => {
    const signed: Signed[] = [];
    for (const leaf of leaves) {
      const { payload, signatures: [signature] } = expectOk(decodeEntry(engine, leaf));
      const key = signature === undefined ? undefined : await askAsync(activeKey(stage.owner.party, signature.keyid), tx);
      if (signature !== undefined && key !== undefined) signed.push({ publicKey: fromBase64(key.public) as Bytes, message: pae(ACT_TYPE, payload), signature: signature.sig });
    }
    return signed;
  });
}
