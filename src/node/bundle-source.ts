/**
 * What a node holds, as the source of a bundle (record/bundle-build.ts). Logs only grow and their notes
 * are read first, so everything below those sizes is one consistent state without a long transaction.
 */
import { equalBytes, fromBase64, fromUtf8, type Bytes } from '../kernel/bytes.ts';
import type { PartRef } from '../record/act.ts';
import type { BundleSource, Exporter } from '../record/bundle-build.ts';
import { charter as charterShape } from '../record/charter.ts';
import type { Engine } from '../record/engine.ts';
import { encodeOpening } from '../record/part.ts';
import { readTile, rootAt } from './log.ts';
import type { Node } from './node.ts';
import type { KeyStore } from './ports.ts';

export interface BundleSourceOptions {
  readonly node: Node;
  readonly engine: Engine;
  /** Whether a part may be handed on in this bundle; asked for each part that is held here. */
  readonly mayGive: (ref: PartRef) => boolean;
}

export async function bundleSource({ node, engine, mayGive }: BundleSourceOptions): Promise<BundleSource> {
  const { store } = node;
  const row = await store.read((tx) => tx.db.selectFrom('space').select('charter').executeTakeFirstOrThrow());
  const genesis = charterShape.parse(JSON.parse(fromUtf8(row.charter) ?? ''));
  return {
    space: { id: node.space, genesis },
    async logs() {
      const { charter } = await node.charter();
      const notes = await Promise.all(charter.parties.map(async ({ id }) => ({ party: id, note: await node.checkpoint(id) })));
      return notes.flatMap(({ party, note }) => (note === undefined ? [] : [{ party, note }]));
    },
    entries: (party, from, to) => store.read(async (tx) => (await tx.leaves(party, from, to)).map((leaf) => leaf.envelope)),
    tile: (party, level, index, width) => store.read(async (tx) => {
      const { size } = await requireHead(tx.head(party));
      return (await readTile(engine, tx, party, level, index, size)).slice(0, width * 32);
    }),
    root: (party, size) => store.read(async (tx) => rootAt(engine, tx, await requireHead(tx.head(party)), size)),
    facts: (kind, key) => store.read((tx) => tx.facts(kind, key)),
    async part(ref): Promise<Bytes | undefined> {
      if (!mayGive(ref)) return undefined;
      const opened = await node.openPart(ref.part);
      return opened.ok ? encodeOpening(opened.value) : undefined;
    },
  };
}

/** This party as the signer of manifests: by the key of its log under the charter in force. */
export async function exporterOf(node: Node, keys: Pick<KeyStore, 'keys' | 'sign'>): Promise<Exporter> {
  const { charter } = await node.charter();
  const member = charter.parties.find(({ id }) => id === node.party);
  const logKey = member === undefined ? undefined : fromBase64(member.log);
  const kept = logKey === undefined ? undefined : (await keys.keys('log')).find(({ publicKey }) => equalBytes(publicKey, logKey));
  if (logKey === undefined || kept === undefined) throw new Error(`the log key of ${node.party} is not in the key store`);
  return { party: node.party, logKey, sign: (message) => keys.sign(kept.key, message) };
}

async function requireHead<T>(head: Promise<T | undefined>): Promise<T> {
  const found = await head;
  if (found === undefined) throw new Error('a log that was listed has no head');
  return found;
}
