/**
 * Taking in a SPACE bundle: a pull from a file. The same file by POST or on a stick does the same, and a
 * second time nothing. The file is held against its manifest first, so that a damaged one is refused
 * before anything is stored; what it says is then believed no more than a peer.
 */
import { fromBase64, fromUtf8, type Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { bundleName, openBundle, verifyManifest, type OpenBundle } from '../../record/bundle.ts';
import type { Charter } from '../../record/charter.ts';
import type { Engine } from '../../record/engine.ts';
import { TILE_WIDTH } from '../../record/tile.ts';
import { parseZip } from '../../record/zip.ts';
import type { Node } from '../node.ts';
import { fetchParts, missingParts } from './parts.ts';
import { PeerFailure } from './peer-failure.ts';
import { pullLog, type PullContext } from './pull.ts';
import type { LogSource } from './source.ts';

export interface ImportOptions {
  readonly node: Node;
  readonly engine: Engine;
}

export interface ImportedLog {
  readonly party: PartyId;
  /** Leaves that were new here, and the size held afterwards. */
  readonly stored: number;
  readonly size: number;
  /** Why not everything of this log was taken in. */
  readonly problem?: Refusal;
}

export interface Imported {
  readonly exporter: PartyId;
  readonly logs: readonly ImportedLog[];
}

/**
 * Refusals `zip.…`, `bundle.…`, `sync.bundle-damaged`, `sync.bundle-of-other-space`, `sync.bundle-not-whole`
 * (a TEXT bundle has no whole logs): nothing was taken in. A log that is refused by itself is in `logs`.
 */
export async function importBundle(options: ImportOptions, file: Bytes): Promise<Result<Imported>> {
  const { node, engine } = options;
  const { charter } = await node.charter();
  const opened = readSpaceBundle(options, charter, file);
  if (!opened.ok) return opened;
  const { manifest } = opened.value;
  const source = bundleSource(opened.value);
  const context: PullContext = { node, engine, charter, others: [], signal: new AbortController().signal };
  const logs: ImportedLog[] = [];
  const members = new Set(charter.parties.map(({ id }) => id));
  for (const { party } of manifest.logs) {
    if (!members.has(party)) continue;
    try {
      logs.push(party === node.party ? await readBackOwn(options, context, manifest.exporter, source) : await pullFrom(options, context, source, party));
      await takeFiles(options, source, party);
    } catch (error) {
      if (!(error instanceof PeerFailure)) throw error;
      return refuse('sync.bundle-damaged', { file: bundleName({ kind: 'checkpoint', party }) });
    }
  }
  return ok({ exporter: manifest.exporter, logs });
}

/** For a sender at the door: refuses with the first log's problem, although what could be taken in was. */
export async function acceptBundle(options: ImportOptions, file: Bytes): Promise<Result<Imported>> {
  const imported = await importBundle(options, file);
  const problem = imported.ok ? imported.value.logs.find((log) => log.problem !== undefined)?.problem : undefined;
  return problem === undefined ? imported : { ok: false, refusal: problem };
}

function readSpaceBundle({ node, engine }: ImportOptions, charter: Charter, file: Bytes): Result<OpenBundle> {
  const zipped = parseZip(file);
  if (!zipped.ok) return zipped;
  const opened = openBundle(engine, zipped.value);
  if (!opened.ok) return opened;
  const { manifest, manifestBytes, signature, faults } = opened.value;
  if (manifest.space !== node.space) return refuse('sync.bundle-of-other-space');
  if (manifest.bundle !== 'space') return refuse('sync.bundle-not-whole');
  const [fault] = faults;
  if (fault !== undefined) return refuse('sync.bundle-damaged', { file: fault.file });
  const exporter = charter.parties.find(({ id }) => id === manifest.exporter);
  const logKey = exporter === undefined ? undefined : fromBase64(exporter.log);
  if (logKey === undefined || signature === undefined) return refuse('sync.bundle-unsigned');
  const signed = verifyManifest(engine, manifestBytes, signature, logKey);
  return signed.ok ? opened : refuse('sync.bundle-unsigned');
}

/** The exporter's copy of our own log: delivery, or what we lost. */
async function readBackOwn({ node }: ImportOptions, context: PullContext, exporter: PartyId, source: LogSource): Promise<ImportedLog> {
  const party = node.party;
  const note = await source.checkpoint(party);
  const heard = note === undefined ? undefined : await node.acknowledge(exporter, note);
  const pulled = await pullLog(context, source, party);
  const problem = heard?.ok === false ? heard.refusal : pulled.problem;
  return { party, stored: pulled.stored, size: pulled.size, ...(problem === undefined ? {} : { problem }) };
}

async function pullFrom({ node }: ImportOptions, context: PullContext, source: LogSource, party: PartyId): Promise<ImportedLog> {
  const { stored, size, problem, fork } = await pullLog(context, source, party);
  if (fork !== undefined) await node.forked(fork);
  return { party, stored, size, ...(problem === undefined ? {} : { problem }) };
}

/** Parts of class `file` are fetched when wanted over a link; a stick comes once, so they are taken now. */
async function takeFiles({ node, engine }: ImportOptions, source: LogSource, party: PartyId): Promise<void> {
  const note = await node.checkpoint(party);
  if (note === undefined) return;
  for (;;) {
    const wanted = await node.store.read((tx) => missingParts(tx, party, 'file'));
    const { parts } = await fetchParts(engine, wanted.map((part) => [part]), [source]);
    if (parts.size === 0) return;
    const size = (await node.store.read((tx) => tx.head(party)))?.size ?? 0;
    const taken = await node.ingest({ party, from: size, entries: [], note, parts });
    if (!taken.ok) return;
  }
}

/** The bundle as something to pull from. A file that its own checkpoint implies and that is not there is no answer. */
function bundleSource({ files }: OpenBundle): LogSource {
  const tile = async (party: PartyId, level: number | 'entries', index: number, width = TILE_WIDTH): Promise<Bytes> => {
    const bytes = files.get(bundleName({ kind: 'tile', party, tile: { level, index, width } }));
    if (bytes === undefined) throw new PeerFailure({ code: 'peer.answer-malformed' });
    return bytes;
  };
  return {
    async checkpoint(party) {
      const bytes = files.get(bundleName({ kind: 'checkpoint', party }));
      return bytes === undefined ? undefined : fromUtf8(bytes);
    },
    entries: (party, bundle, width) => tile(party, 'entries', bundle, width),
    tile,
    part: async (commit) => files.get(bundleName({ kind: 'part', commit })),
  };
}
