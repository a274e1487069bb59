/**
 * The way to another party's node: HTTP/1.1 over TLS 1.3, both ends pinned. docs/spec/peer-api.md.
 * Addresses and pins are read before every request from what the party's profile says now.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import { PeerFailure } from '../../node/sync/peer-failure.ts';
import type { Peer } from '../../node/ports.ts';
import { bundlePath, checkpointPath, entriesPath, partPath, pokePath, tilePath } from '../../node/sync/paths.ts';
import { TILE_WIDTH } from '../../record/tile.ts';
import type { Pin } from '../../node/sync/pin.ts';
import { boundedAnswer, type Answer, type AnswerLimits } from './bounded-answer.ts';
import type { TlsIdentity } from './certificate.ts';
import { PinnedAgent } from './pinned-agent.ts';

export interface HttpsPeerOptions {
  readonly space: Hash;
  readonly party: PartyId;
  readonly identity: TlsIdentity;
  /** `https://host:port` of the party's node, best first, and the pins of its TLS keys. */
  readonly profile: () => { readonly addresses: readonly string[]; readonly pins: readonly Pin[] };
  /** Largest part in bytes (the charter's `limits`). */
  readonly partBytesMax: number;
  readonly times?: PeerTimes;
}

export interface PeerTimes {
  readonly connectMs: number;
  readonly silenceMs: number;
  readonly graceMs: number;
  readonly bytesPerSecondMin: number;
}

export const PEER_TIMES: PeerTimes = { connectMs: 10_000, silenceMs: 15_000, graceMs: 30_000, bytesPerSecondMin: 1024 };

/** 256 entries of at most 65,535 bytes, each with its length. */
const ENTRIES_BYTES_MAX = 256 * (65_535 + 2);
const TILE_BYTES_MAX = 256 * 32;
/** A note with the cosignatures of 16 parties is below 4 KiB; unknown lines are allowed and ignored. */
const CHECKPOINT_BYTES_MAX = 65_536;
const REFUSAL_BYTES_MAX = 65_536;

/** A `Peer` that opens connections when asked and keeps at most two idle ones. */
export function httpsPeer(options: HttpsPeerOptions): Peer {
  const { space, party } = options;
  const times = options.times ?? PEER_TIMES;
  const agent = new PinnedAgent({
    key: options.identity.key,
    certificate: options.identity.certificate,
    pins: () => options.profile().pins,
    connectMs: times.connectMs,
  });
  let preferred = 0;

  /** Asks the addresses in turn, the last good one first; only a missing connection moves on to the next. */
  async function ask(method: 'GET' | 'POST', path: string, bytesMax: number, body?: Bytes): Promise<Answer> {
    const { addresses } = options.profile();
    const limits: AnswerLimits = { ...times, bytesMax };
    const { cuts } = agent;
    let failure = new PeerFailure({ code: 'peer.no-address', params: { party } });
    for (let turn = 0; turn < addresses.length; turn++) {
      const chosen = (preferred + turn) % addresses.length;
      try {
        const url = new URL(path, addresses[chosen]);
        const answer = await boundedAnswer({ agent, url, method, limits, ...(body === undefined ? {} : { body }) });
        preferred = chosen;
        return answer;
      } catch (error) {
        if (!(error instanceof PeerFailure)) throw error;
        failure = error;
        if (agent.cuts !== cuts || !['peer.unreachable', 'peer.wrong-certificate', 'peer.too-slow'].includes(error.refusal.code)) break;
      }
    }
    throw failure;
  }

  async function get(path: string, bytesMax: number): Promise<Answer> {
    return ask('GET', path, Math.max(bytesMax, REFUSAL_BYTES_MAX));
  }

  return {
    party,
    async checkpoint(log) {
      const answer = await get(checkpointPath(space, log), CHECKPOINT_BYTES_MAX);
      if (answer.status === 404) return undefined;
      const text = fromUtf8(bodyOf(answer, CHECKPOINT_BYTES_MAX));
      if (text === undefined) throw new PeerFailure({ code: 'peer.answer-malformed' });
      return text;
    },
    async entries(log, bundle, width) {
      return bodyOf(await get(entriesPath(space, log, bundle, width), ENTRIES_BYTES_MAX), ENTRIES_BYTES_MAX);
    },
    async tile(log, level, index, width) {
      return bodyOf(await get(tilePath(space, log, { level, index, width: width ?? TILE_WIDTH }), TILE_BYTES_MAX), TILE_BYTES_MAX);
    },
    async part(commit) {
      const bytesMax = 32 + options.partBytesMax;
      const answer = await get(partPath(space, commit), bytesMax);
      if (answer.status === 404) return undefined;
      if (answer.status === 410) return 'erased';
      return bodyOf(answer, bytesMax);
    },
    async poke() {
      accepted(await ask('POST', pokePath(space), REFUSAL_BYTES_MAX));
    },
    async sendBundle(file) {
      accepted(await ask('POST', bundlePath(space), REFUSAL_BYTES_MAX, file));
    },
    async close() {
      agent.destroy();
    },
  };
}

function bodyOf(answer: Answer, bytesMax: number): Bytes {
  if (answer.status !== 200) throw refused(answer);
  if (answer.body.length > bytesMax) throw new PeerFailure({ code: 'peer.answer-too-large', params: { bytesMax } });
  return answer.body;
}

function accepted(answer: Answer): void {
  if (answer.status !== 200 && answer.status !== 204) throw refused(answer);
}

/** The peer's own words stay out: only the status, and its code where it looks like one. */
function refused(answer: Answer): PeerFailure {
  return new PeerFailure({ code: 'peer.refused', params: { status: answer.status, reason: reasonOf(answer.body) } });
}

function reasonOf(body: Bytes): string {
  try {
    const code: unknown = (JSON.parse(fromUtf8(body) ?? '') as { code?: unknown }).code;
    return typeof code === 'string' && /^[a-z-]{1,40}\.[a-z-]{1,80}$/.test(code) ? code : 'none';
  } catch {
    return 'none';
  }
}
