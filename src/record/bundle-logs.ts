/**
 * The logs of a bundle: checkpoint, tree and entries held against each other. docs/spec/bundle.md §3.
 *
 * Every hash of every tile is bound to the root of the checkpoint: the partial tiles at the right edge
 * make the root, every full tile makes one hash of the tile above. Every entry is bound by its leaf
 * hash in a tile of level 0. What does not fit is a fault with its place; what fits is handed on.
 */
import { equalBytes, toHex, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { bundleName, bundlePlace, type BundleFault, type OpenBundle } from './bundle.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Engine } from './engine.ts';
import { createHashTree, rootAt, type HashTree } from './hash-tree.ts';
import { parseNote, type Note } from './note.ts';
import { decodeEntries, MissingTile, parseTilePath, tileHashes, tileReader, tileRoot, tilesOf, tileWidth, TILE_WIDTH } from './tile.ts';
import { leafHash, type HashReader } from './tree.ts';

export interface BundledLog {
  readonly party: PartyId;
  readonly note: Note;
  readonly source: string;
  readonly checkpoint: Checkpoint;
  readonly size: number;
  /** Indices of the entries at hand, ascending: all of a SPACE bundle, few of a TEXT bundle. */
  readonly indices: readonly number[];
  entry(index: number): Bytes | undefined;
  /** Root of the log at a size; undefined where the bundle has no tiles for it. */
  root(size: number): Hash | undefined;
}

export interface ReadLogs {
  readonly logs: readonly BundledLog[];
  readonly faults: readonly BundleFault[];
}

/** Logs of more leaves than this cannot be counted exactly. */
const SIZE_MAX = BigInt(Number.MAX_SAFE_INTEGER);

export function readLogs(engine: Engine, bundle: OpenBundle): ReadLogs {
  const logs: BundledLog[] = [];
  const faults: BundleFault[] = [];
  const filesOf = groupFiles(bundle);
  for (const listed of bundle.manifest.logs) {
    const { party } = listed;
    const file = bundleName({ kind: 'checkpoint', party });
    const head = readHead(bundle.files.get(file));
    if (head === undefined) {
      faults.push({ code: 'bundle.checkpoint-malformed', file, log: party });
      continue;
    }
    const size = Number(head.checkpoint.size);
    if (size !== listed.size || toHex(head.checkpoint.root) !== listed.root) faults.push({ code: 'bundle.checkpoint-not-as-listed', file, log: party });
    const files = filesOf.get(party) ?? [];
    const read = bundle.manifest.bundle === 'space' ? readWhole(engine, bundle, party, head.checkpoint) : readSparse(engine, bundle, party, head.checkpoint, files);
    faults.push(...read.faults, ...strangers(files, bundle.manifest.bundle, size));
    logs.push({ party, size, ...head, ...read.log });
  }
  for (const party of filesOf.keys()) {
    if (!bundle.manifest.logs.some((log) => log.party === party)) faults.push({ code: 'bundle.log-not-listed', file: `logs/${party}`, log: party });
  }
  return { logs, faults };
}

type LogContent = Pick<BundledLog, 'indices' | 'entry' | 'root'>;
interface ReadContent {
  readonly log: LogContent;
  readonly faults: readonly BundleFault[];
}

function groupFiles(bundle: OpenBundle): ReadonlyMap<PartyId, readonly string[]> {
  const groups = new Map<PartyId, string[]>();
  for (const name of bundle.files.keys()) {
    const place = bundlePlace(name);
    if (place === undefined || !('party' in place)) continue;
    const group = groups.get(place.party);
    if (group === undefined) groups.set(place.party, [name]);
    else group.push(name);
  }
  return groups;
}

function readHead(bytes: Bytes | undefined): { note: Note; source: string; checkpoint: Checkpoint } | undefined {
  const note = bytes === undefined ? undefined : parseNote(bytes);
  if (bytes === undefined || note?.ok !== true) return undefined;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok || checkpoint.value.size > SIZE_MAX) return undefined;
  return { note: note.value, source: new TextDecoder().decode(bytes), checkpoint: checkpoint.value };
}

/** Files of a log that a bundle of this kind and a log of this size does not have. */
function strangers(files: readonly string[], kind: 'space' | 'text', size: number): BundleFault[] {
  return files.flatMap((file) => {
    const place = bundlePlace(file);
    if (place === undefined || !('party' in place) || place.kind === 'checkpoint') return [];
    const known = place.kind === 'entry' ? kind === 'text' && place.index < size : tileWidth(place.tile.level, place.tile.index, size) === place.tile.width && (kind === 'space' || place.tile.level !== 'entries');
    return known ? [] : [{ code: 'bundle.file-not-of-this-log', file, log: place.party }];
  });
}

/** A SPACE bundle: all entries and all tiles. The tree is computed from the entries and every tile compared with it. */
function readWhole(engine: Engine, bundle: OpenBundle, party: PartyId, checkpoint: Checkpoint): ReadContent {
  const size = Number(checkpoint.size);
  const faults: BundleFault[] = [];
  const entries: Bytes[] = [];
  for (const tile of tilesOf(size).filter(({ level }) => level === 'entries')) {
    const file = bundleName({ kind: 'tile', party, tile });
    const bytes = bundle.files.get(file);
    const decoded = bytes === undefined ? undefined : decodeEntries(bytes, tile.width);
    if (decoded?.ok !== true) {
      faults.push({ code: 'bundle.entries-malformed', file, log: party, index: entries.length });
      break;
    }
    entries.push(...decoded.value);
  }
  const tree = createHashTree(engine);
  for (const entry of entries) tree.append(leafHash(engine, entry));
  const fault = entries.length === size ? compareTree(engine, bundle, party, checkpoint, tree) : undefined;
  if (fault !== undefined) faults.push(fault);
  const log = { indices: entries.map((_, i) => i), entry: (i: number) => entries[i], root: (at: number) => (at <= tree.size ? tree.root(at) : undefined) };
  return { log, faults };
}

/** The first place at which tiles or checkpoint differ from the tree that the entries make. */
function compareTree(engine: Engine, bundle: OpenBundle, party: PartyId, checkpoint: Checkpoint, tree: HashTree): BundleFault | undefined {
  for (const tile of tilesOf(tree.size)) {
    if (tile.level === 'entries') continue;
    const file = bundleName({ kind: 'tile', party, tile });
    const hashes = tileHashes(bundle.files.get(file) ?? new Uint8Array(0), tile.width);
    if (hashes === undefined) return { code: 'bundle.tile-malformed', file, log: party };
    for (const [i, hash] of hashes.entries()) {
      const index = tile.index * TILE_WIDTH + i;
      if (!equalBytes(hash, tree.read(tile.level * 8, index))) return { code: 'bundle.entry-not-in-tree', file, log: party, index: index * TILE_WIDTH ** tile.level };
    }
  }
  const root = rootAt(engine, tree.size, tree.read);
  return equalBytes(root, checkpoint.root) ? undefined : { code: 'bundle.root-differs', file: bundleName({ kind: 'checkpoint', party }), log: party };
}

/** A TEXT bundle: some entries, and the tiles that bind them, and the roots they claim, to the checkpoint. */
function readSparse(engine: Engine, bundle: OpenBundle, party: PartyId, checkpoint: Checkpoint, files: readonly string[]): ReadContent {
  const size = Number(checkpoint.size);
  const entries = new Map<number, Bytes>();
  const tiles = new Map<string, readonly Bytes[]>();
  const faults: BundleFault[] = [];
  for (const file of files) {
    const place = bundlePlace(file);
    const bytes = bundle.files.get(file) as Bytes;
    if (place?.kind === 'entry') entries.set(place.index, bytes);
    if (place?.kind !== 'tile' || place.tile.level === 'entries') continue;
    const hashes = tileHashes(bytes, place.tile.width);
    if (hashes === undefined) faults.push({ code: 'bundle.tile-malformed', file, log: party });
    else tiles.set(`${place.tile.level}/${place.tile.index}`, hashes);
  }
  const tileAt = (level: number, index: number): readonly Bytes[] | undefined => tiles.get(`${level}/${index}`);
  const read = remembering(tileReader(engine, tileAt));
  const root = (at: number): Hash | undefined => whereComplete(() => (at <= size ? toHex(rootAt(engine, at, read)) : undefined));
  const indices = [...entries.keys()].sort((a, b) => a - b);
  faults.push(...bindTiles(engine, party, files, tileAt));
  if (root(size) !== toHex(checkpoint.root)) faults.push({ code: 'bundle.root-differs', file: bundleName({ kind: 'checkpoint', party }), log: party });
  for (const index of indices) {
    const hash = tileAt(0, Math.floor(index / TILE_WIDTH))?.[index % TILE_WIDTH];
    if (hash === undefined || !equalBytes(hash, leafHash(engine, entries.get(index) as Bytes))) {
      faults.push({ code: 'bundle.entry-not-in-tree', file: bundleName({ kind: 'entry', party, index }), log: party, index });
    }
  }
  return { log: { indices, entry: (index) => entries.get(index), root }, faults };
}

/** Every full tile must be one hash of the tile above it; partial ones are bound by the root. */
function bindTiles(engine: Engine, party: PartyId, files: readonly string[], tileAt: (level: number, index: number) => readonly Bytes[] | undefined): BundleFault[] {
  return files.flatMap((file) => {
    const tile = parseTilePath(file.slice(`logs/${party}/`.length));
    const hashes = tile === undefined || tile.level === 'entries' || tile.width < TILE_WIDTH ? undefined : tileAt(tile.level, tile.index);
    if (tile === undefined || tile.level === 'entries' || hashes === undefined) return [];
    const above = tileAt(tile.level + 1, Math.floor(tile.index / TILE_WIDTH))?.[tile.index % TILE_WIDTH];
    return above !== undefined && equalBytes(above, tileRoot(engine, hashes)) ? [] : [{ code: 'bundle.tile-not-in-tree', file, log: party }];
  });
}

function remembering(read: HashReader): HashReader {
  const known = new Map<string, Bytes>();
  return (level, index) => {
    const place = `${level}/${index}`;
    let hash = known.get(place);
    if (hash === undefined) known.set(place, (hash = read(level, index)));
    return hash;
  };
}

function whereComplete<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof MissingTile) return undefined;
    throw error;
  }
}
