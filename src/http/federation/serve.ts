/**
 * What a node gives to a party of its space: its own log and its mirrors alike, so that any node can
 * relay any log. Nothing beyond the last released checkpoint leaves the node: entries that a crash could
 * still take back were never seen by anyone.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Engine } from '../../record/engine.ts';
import { parseCheckpoint } from '../../record/checkpoint.ts';
import { parseNote } from '../../record/note.ts';
import { encodeOpening } from '../../record/part.ts';
import { TILE_WIDTH, encodeEntries, tileWidth, type TilePlace } from '../../record/tile.ts';
import { readTile } from '../../node/log.ts';
import type { Node } from '../../node/node.ts';
import type { PeerPath } from '../../node/sync/paths.ts';

const HASH_SIZE = 32;

export type Served =
  | { readonly media: string; readonly body: Buffer }
  | { readonly status: 403 | 404 | 410 | 503; readonly refusal: Refusal };

type GetPath = Exclude<PeerPath, { kind: 'poke' } | { kind: 'bundle' }>;

/** Answers one GET by `from`. */
export async function answerGet(engine: Engine, node: Node, from: PartyId, path: GetPath): Promise<Served> {
  if (path.kind === 'part') return servePart(node, from, path.commit);
  const note = await node.checkpoint(path.log);
  if (note === undefined) return { status: 404, refusal: { code: 'federation.no-such-log' } };
  if (path.kind === 'checkpoint') return { media: 'text/plain; charset=utf-8', body: Buffer.from(note) };
  return serveTile(engine, node, path.log, path.place, releasedSize(note));
}

/** A tile of the tree as released, or of any smaller one: the width may be less than there is now. */
async function serveTile(engine: Engine, node: Node, log: PartyId, place: TilePlace, size: number): Promise<Served> {
  const { level, index, width } = place;
  if (width > tileWidth(level, index, size)) return { status: 404, refusal: { code: 'federation.no-such-tile' } };
  const body = await node.store.read(async (tx) => {
    if (level !== 'entries') return (await readTile(engine, tx, log, level, index, size)).slice(0, width * HASH_SIZE);
    const leaves = await tx.leaves(log, index * TILE_WIDTH, index * TILE_WIDTH + width);
    return encodeEntries(leaves.map((leaf) => leaf.envelope));
  });
  return octets(body);
}

/**
 * salt ‖ plaintext of a part held here, for a party in its audience. To anybody else it is not there:
 * the answer must not tell who holds what.
 */
async function servePart(node: Node, from: PartyId, commit: Hash): Promise<Served> {
  const missing: Served = { status: 404, refusal: { code: 'federation.no-such-part' } };
  const opened = await node.openPart(commit, { operation: 'disclosure', who: 'service', form: 'sync', why: { code: 'audience' }, recipients: [{ party: from }] });
  if (!opened.ok) return opened.refusal.code === 'part.erased' ? { status: 410, refusal: { code: 'federation.part-erased' } } : missing;
  const { ref, salt, plaintext } = opened.value;
  if (ref.audience !== undefined && !ref.audience.includes(from)) return missing;
  return octets(encodeOpening({ salt, plaintext }));
}

function octets(bytes: Bytes): Served {
  return { media: 'application/octet-stream', body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Own notes and those that ingest took in parse; anything else is a fault of this node. */
function releasedSize(note: string): number {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) throw new Error(`stored note: ${checkpoint.refusal.code}`);
  return Number(checkpoint.value.size);
}
