/**
 * A SPACE bundle for another party's node: what this node would serve it, as one file. docs/spec/bundle.md.
 * Every log that is held here, with its cosignatures and tiles, and the parts that the reader may hold;
 * `personal` parts are never among them, since they leave a node only on request and with a purpose.
 */
import { fromBase64, toHex, utf8, type Bytes } from '../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import { encodeManifest, encodeManifestSignature, bundleName, manifestMessage, MANIFEST, MANIFEST_SIGNATURE, type BundleManifest } from '../../record/bundle.ts';
import { parseCheckpoint } from '../../record/checkpoint.ts';
import type { Engine } from '../../record/engine.ts';
import { parseNote } from '../../record/note.ts';
import { encodeOpening } from '../../record/part.ts';
import { encodeEntries, tilesOf, TILE_WIDTH, type TilePlace } from '../../record/tile.ts';
import { encodeZip, type ZipFile } from '../../record/zip.ts';
import { readTile } from '../log.ts';
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
export async function exportForPeer(options: ExportOptions): Promise<Bytes> {
  const { node, engine } = options;
  const { charter } = await node.charter();
  const own = charter.parties.find(({ id }) => id === node.party);
  const logKey = own === undefined ? undefined : fromBase64(own.log);
  if (logKey === undefined) throw new Error(`${node.party} is no party of the charter`);
  const files: ZipFile[] = [];
  const logs: BundleManifest['logs'] = [];
  for (const { id } of charter.parties) {
    const note = await node.checkpoint(id);
    if (note === undefined) continue;
    const { size, root } = readCheckpoint(note);
    logs.push({ party: id, size, root });
    files.push({ name: bundleName({ kind: 'checkpoint', party: id }), bytes: utf8(note) });
    for (const tile of tilesOf(size)) files.push({ name: bundleName({ kind: 'tile', party: id, tile }), bytes: await tileBytes(options, id, tile, size) });
  }
  files.push(...(await partFiles(options)));
  const about = { bundle: 'space', space: node.space, exporter: node.party, at: node.mint.now(), personal: false, logs: logs.sort((a, b) => (a.party < b.party ? -1 : 1)) } as const;
  const manifest = encodeManifest(engine, about, files);
  const signature = encodeManifestSignature(engine, logKey, await options.sign(manifestMessage(manifest)));
  return encodeZip([...files, { name: MANIFEST, bytes: manifest }, { name: MANIFEST_SIGNATURE, bytes: signature }]);
}

async function tileBytes({ node, engine }: ExportOptions, party: PartyId, { level, index, width }: TilePlace, size: number): Promise<Bytes> {
  return node.store.read(async (tx) => {
    if (level !== 'entries') return (await readTile(engine, tx, party, level, index, size)).slice(0, width * 32);
    const leaves = await tx.leaves(party, index * TILE_WIDTH, index * TILE_WIDTH + width);
    return encodeEntries(leaves.map((leaf) => leaf.envelope));
  });
}

async function partFiles({ node, reader }: ExportOptions): Promise<readonly ZipFile[]> {
  const held = await node.store.read((tx) =>
    tx.db.selectFrom('part').select(['commit', 'audience']).where('state', '=', 'held').where('class', 'in', ['text', 'file']).orderBy('commit').execute(),
  );
  const files: ZipFile[] = [];
  for (const { commit, audience } of held) {
    if (audience !== null && !(JSON.parse(audience) as PartyId[]).includes(reader)) continue;
    const opened = await node.openPart(commit);
    // Erased between the list and here: then it does not travel.
    if (opened.ok) files.push({ name: bundleName({ kind: 'part', commit }), bytes: encodeOpening(opened.value) });
  }
  return files;
}

function readCheckpoint(note: string): { readonly size: number; readonly root: Hash } {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) throw new Error(`stored note: ${checkpoint.refusal.code}`);
  return { size: Number(checkpoint.value.size), root: toHex(checkpoint.value.root) };
}
