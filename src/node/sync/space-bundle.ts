/**
 * A SPACE bundle for another party's node: what this node would serve it, as one file. `personal` parts
 * are never among it, since they leave a node only on request and with a purpose.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import { buildSpaceBundle } from '../../record/bundle-build.ts';
import type { Engine } from '../../record/engine.ts';
import { encodeZip } from '../../record/zip.ts';
import { bundleSource, exporterOf } from '../bundle-source.ts';
import type { Node } from '../node.ts';
import type { KeyStore } from '../ports.ts';

export interface ExportOptions {
  readonly node: Node;
  readonly engine: Engine;
  /** Signs the manifest with this node's log key. */
  readonly keys: Pick<KeyStore, 'keys' | 'sign'>;
  /** The party that will take it in: parts outside its audience stay here. */
  readonly reader: PartyId;
}

/** The bundle's bytes. Memory: the whole file; it grows with the record. */
export async function exportForPeer({ node, engine, keys, reader }: ExportOptions): Promise<Bytes> {
  const source = await bundleSource({ node, engine, mayGive: (ref) => ref.audience === undefined || ref.audience.includes(reader) });
  const built = await buildSpaceBundle(engine, source, await exporterOf(node, keys), { at: node.mint.now() });
  return encodeZip(built.files);
}
