/**
 * A SPACE bundle for another party's node: what this node would serve it, as one file. `personal` parts
 * are never among it, since they leave a node only on request and with a purpose.
 */
import { fromBase64, type Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import { buildSpaceBundle } from '../../record/bundle-build.ts';
import type { Engine } from '../../record/engine.ts';
import { encodeZip } from '../../record/zip.ts';
import { bundleSource } from '../bundle-source.ts';
import type { Node } from '../node.ts';

export interface ExportOptions {
  readonly node: Node;
  readonly engine: Engine;
  /** The party that will take it in: parts outside its audience stay here. */
  readonly reader: PartyId;
  /** Signs the manifest with this node's log key. */
  readonly sign: (message: Bytes) => Promise<Bytes>;
}

/** The bundle's bytes. Memory: the whole file; it grows with the record. */
export async function exportForPeer({ node, engine, reader, sign }: ExportOptions): Promise<Bytes> {
  const { charter } = await node.charter();
  const own = charter.parties.find(({ id }) => id === node.party);
  const logKey = own === undefined ? undefined : fromBase64(own.log);
  if (logKey === undefined) throw new Error(`${node.party} is no party of the charter`);
  const source = await bundleSource({ node, engine, mayGive: (ref) => ref.audience === undefined || ref.audience.includes(reader) });
  const built = await buildSpaceBundle(engine, source, { party: node.party, logKey, sign }, { at: node.mint.now() });
  return encodeZip(built.files);
}
