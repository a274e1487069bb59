import type { Refusal } from '../../kernel/result.ts';

/**
 * Why a peer gave no usable answer. Thrown, because it is the world that failed and not a rule; the
 * sync loop turns it into the named state of the link and tries again later.
 *
 * - `peer.unreachable`: no connection, or it broke; `peer.too-slow`: a time limit passed;
 * - `peer.wrong-certificate`: whoever answers there does not hold a key of the party's profile;
 * - `peer.refused`: the peer answered with another status than the protocol knows;
 * - `peer.answer-too-large`, `peer.answer-malformed`: what came is not an answer of the protocol;
 * - `peer.no-address`: the party's profile names no address.
 */
export class PeerFailure extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.code, { cause });
    this.name = 'PeerFailure';
    this.refusal = refusal;
  }
}
