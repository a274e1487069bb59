/**
 * Making bundles out of what a node holds. docs/spec/bundle.md. The source answers from one consistent
 * snapshot; the exporter's log key signs the manifest. Files are handed back unzipped, so that a large
 * record is written out chunk by chunk (zip.ts `zipChunks`).
 */
import { toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { partsOf, type PartRef } from './act.ts';
import { bundleName, encodeManifest, encodeManifestSignature, MANIFEST, MANIFEST_SIGNATURE, manifestMessage, type BundleManifest } from './bundle.ts';
import { closeOver, type ClosureSource, type Follow } from './bundle-closure.ts';
import { tilesNeeded } from './bundle-tiles.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { decodeEntry } from './codec.ts';
import type { Engine } from './engine.ts';
import { createHashTree } from './hash-tree.ts';
import { parseNote } from './note.ts';
import type { Registry } from './registry.ts';
import { encodeEntries, TILE_WIDTH, tilesOf } from './tile.ts';
import { leafHash } from './tree.ts';
import type { ZipFile } from './zip.ts';

/** A log as released: the latest signed note, with the cosignatures known here. */
export interface ReleasedLog {
  readonly party: PartyId;
  readonly note: string;
}

export interface BundleSource extends ClosureSource {
  logs(): Promise<readonly ReleasedLog[]>;
  /** Exact envelopes [from, to). */
  entries(party: PartyId, from: number, to: number): Promise<readonly Bytes[]>;
  /** Hash tile of the log at the released size. */
  tile(party: PartyId, level: number, index: number, width: number): Promise<Bytes>;
  /** salt ‖ plaintext of a part that is held here and that the exporter may hand on; undefined otherwise. */
  part(ref: PartRef): Promise<Bytes | undefined>;
}

export interface Exporter {
  readonly party: PartyId;
  /** Ed25519 public key of the party's log, and signatures by it. */
  readonly logKey: Bytes;
  sign(message: Bytes): Promise<Bytes>;
}

export interface ExportOptions {
  readonly at: Instant;
  /** Parts of class `personal` too: only on request, with a purpose that the node has recorded. */
  readonly personal?: boolean;
  /** Called with how many entries are done, of how many. */
  readonly progress?: (done: number, of: number) => void;
}

export interface BuiltBundle {
  readonly files: readonly ZipFile[];
  /** The logs as released here: an `export.record` states them. */
  readonly logs: BundleManifest['logs'];
  /** SHA-256 of the manifest, as an `export.record` names it. */
  readonly digest: Hash;
}

interface Head {
  readonly party: PartyId;
  readonly size: number;
  readonly root: Hash;
  readonly note: string;
}

/** The whole record: every log with its tiles, and every part that may be handed on. */
export async function buildSpaceBundle(engine: Engine, source: BundleSource, exporter: Exporter, options: ExportOptions): Promise<BuiltBundle> {
  const heads = await headsOf(source);
  const of = heads.reduce((sum, head) => sum + head.size, 0);
  const files: ZipFile[] = heads.map(checkpointFile);
  const parts = new PartFiles(source, options.personal ?? false);
  let done = 0;
  for (const { party, size } of heads) {
    const tree = createHashTree(engine);
    for (const tile of tilesOf(size)) {
      if (tile.level === 'entries') {
        const from = tile.index * TILE_WIDTH;
        const entries = await source.entries(party, from, from + tile.width);
        for (const entry of entries) tree.append(leafHash(engine, entry));
        for (const entry of entries) await parts.add(engine, entry);
        files.push({ name: bundleName({ kind: 'tile', party, tile }), bytes: encodeEntries(entries) });
        options.progress?.((done += entries.length), of);
      } else {
        const { level, index, width } = tile;
        const bytes = new Uint8Array(width * 32);
        for (let i = 0; i < width; i++) bytes.set(tree.read(level * 8, index * TILE_WIDTH + i), i * 32);
        files.push({ name: bundleName({ kind: 'tile', party, tile }), bytes });
      }
    }
  }
  return seal(engine, [...files, ...parts.files()], { bundle: 'space', space: source.space.id, exercise: source.space.genesis.exercise, exporter: exporter.party, at: options.at, personal: options.personal ?? false, logs: heads.map(listed) }, exporter);
}

export interface TextExport extends ExportOptions {
  readonly text: Hash;
  /** What else belongs to the text: its register numbers, attestations, the titles of the offices that signed. */
  readonly follow?: Follow;
  /** The exporter's renderings, by plain file name (`text.pdf`). */
  readonly renderings?: readonly { readonly name: string; readonly bytes: Bytes }[];
}

/**
 * One text and what it rests on, and nothing else of the logs. Refusals `text.unknown`,
 * `bundle.not-self-contained`.
 */
export async function buildTextBundle(engine: Engine, registry: Registry, source: BundleSource, exporter: Exporter, options: TextExport): Promise<Result<BuiltBundle>> {
  const heads = await headsOf(source);
  const closed = await closeOver(engine, registry, source, new Map(heads.map(({ party, size }) => [party, size])), options.text, options.follow ?? (() => []));
  if (!closed.ok) return closed;
  const files: ZipFile[] = heads.map(checkpointFile);
  const parts = new PartFiles(source, options.personal ?? false);
  for (const { party, size } of heads) {
    const indices = closed.value.indices(party);
    for (const index of indices) {
      const [bytes] = (await source.entries(party, index, index + 1)) as [Bytes];
      files.push({ name: bundleName({ kind: 'entry', party, index }), bytes });
      if (closed.value.belongs(party, index)) await parts.add(engine, bytes);
    }
    for (const tile of tilesNeeded(size, indices, closed.value.sizes(party))) {
      const bytes = await source.tile(party, tile.level as number, tile.index, tile.width);
      files.push({ name: bundleName({ kind: 'tile', party, tile }), bytes });
    }
  }
  const renderings = (options.renderings ?? []).map(({ name, bytes }) => ({ name: bundleName({ kind: 'rendering', name }), bytes }));
  const about = { bundle: 'text' as const, space: source.space.id, text: options.text, exercise: source.space.genesis.exercise, exporter: exporter.party, at: options.at, personal: options.personal ?? false, logs: heads.map(listed) };
  return ok(await seal(engine, [...files, ...parts.files(), ...renderings], about, exporter));
}

async function headsOf(source: BundleSource): Promise<Head[]> {
  const heads = (await source.logs()).map(({ party, note }) => {
    const parsed = parseNote(note);
    const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
    if (!checkpoint.ok) throw new Error(`the stored note of ${party} does not parse: ${checkpoint.refusal.code}`);
    return { party, note, size: Number(checkpoint.value.size), root: toHex(checkpoint.value.root) };
  });
  return heads.sort((a, b) => (a.party < b.party ? -1 : 1));
}

function listed({ party, size, root }: Head): BundleManifest['logs'][number] {
  return { party, size, root };
}

function checkpointFile({ party, note }: Head): ZipFile {
  return { name: bundleName({ kind: 'checkpoint', party }), bytes: utf8(note) };
}

async function seal(engine: Engine, files: readonly ZipFile[], about: Omit<BundleManifest, 'v' | 'files'>, exporter: Exporter): Promise<BuiltBundle> {
  const manifest = encodeManifest(engine, about, files);
  const signature = encodeManifestSignature(engine, exporter.logKey, await exporter.sign(manifestMessage(manifest)));
  const all = [...files, { name: MANIFEST, bytes: manifest }, { name: MANIFEST_SIGNATURE, bytes: signature }];
  return { files: all, logs: about.logs, digest: toHex(engine.sha256(manifest)) };
}

/** The parts that entries refer to, each once. */
class PartFiles {
  readonly #source: BundleSource;
  readonly #personal: boolean;
  readonly #files = new Map<Hash, ZipFile | undefined>();

  constructor(source: BundleSource, personal: boolean) {
    this.#source = source;
    this.#personal = personal;
  }

  async add(engine: Engine, envelope: Bytes): Promise<void> {
    const entry = decodeEntry(engine, envelope);
    if (!entry.ok) return;
    for (const ref of partsOf(entry.value.act.body)) {
      if (this.#files.has(ref.part) || (ref.class === 'personal' && !this.#personal)) continue;
      const bytes = await this.#source.part(ref);
      this.#files.set(ref.part, bytes === undefined ? undefined : { name: bundleName({ kind: 'part', commit: ref.part }), bytes });
    }
  }

  files(): ZipFile[] {
    return [...this.#files.values()].filter((file) => file !== undefined);
  }
}
