/** A way to another node in the same process: what its door serves, without the line. */
import type { Bytes } from '../../kernel/bytes.ts';
import type { PartyId } from '../../kernel/ids.ts';
import type { Engine } from '../../record/engine.ts';
import { TILE_WIDTH } from '../../record/tile.ts';
import type { Node } from '../../node/node.ts';
import type { Peer } from '../../node/ports.ts';
import { PeerFailure } from '../../node/sync/peer-failure.ts';
import { parsePeerPath, checkpointPath, entriesPath, partPath, tilePath } from '../../node/sync/paths.ts';
import { answerGet } from './serve.ts';

/** `reach` is asked before every request: false is a line that is down. */
export function memoryPeer(engine: Engine, from: PartyId, to: () => Node, party: PartyId, reach: () => boolean): Peer {
  async function get(path: string): Promise<{ status: number; body: Bytes }> {
    if (!reach()) throw new PeerFailure({ code: 'peer.unreachable' });
    const parsed = parsePeerPath(path);
    if (parsed === undefined || parsed.kind === 'poke' || parsed.kind === 'bundle') throw new Error(`no path: ${path}`);
    const served = await answerGet(engine, to(), from, parsed);
    return 'refusal' in served ? { status: served.status, body: new Uint8Array(0) } : { status: 200, body: new Uint8Array(served.body) };
  }
  async function bytesAt(path: string): Promise<Bytes> {
    const { status, body } = await get(path);
    if (status !== 200) throw new PeerFailure({ code: 'peer.refused', params: { status } });
    return body;
  }
  return {
    party,
    async checkpoint(log) {
      const { status, body } = await get(checkpointPath(to().space, log));
      return status === 200 ? new TextDecoder().decode(body) : undefined;
    },
    entries: (log, bundle, width) => bytesAt(entriesPath(to().space, log, bundle, width)),
    tile: (log, level, index, width) => bytesAt(tilePath(to().space, log, { level, index, width: width ?? TILE_WIDTH })),
    async part(commit) {
      const { status, body } = await get(partPath(to().space, commit));
      if (status === 410) return 'erased';
      return status === 200 ? body : undefined;
    },
    poke: async () => undefined,
    sendBundle: async () => undefined,
    close: async () => undefined,
  };
}
