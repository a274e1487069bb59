/**
 * The paths of the peer API, as a strict print/parse pair: what does not print back to itself is not
 * a path. docs/spec/peer-api.md.
 *
 *   /s/<space>/<party>/checkpoint
 *   /s/<space>/<party>/tile/entries/<N>[.p/<W>]
 *   /s/<space>/<party>/tile/<L>/<N>[.p/<W>]
 *   /s/<space>/part/<commit>
 *   /s/<space>/poke
 *   /s/<space>/bundle
 *
 * <N> is written in groups of three digits, all but the last with an `x` before them (C2SP tlog-tiles):
 * 1234067 is `x001/x234/067`. A party named `part` is no ambiguity: a commitment is 64 hex digits.
 */
import { HASH, PARTY_ID, type Hash, type PartyId } from '../../kernel/ids.ts';
import { TILE_WIDTH, parseTilePath, tilePath as pathOfTile, type TilePlace } from '../../record/tile.ts';

export type PeerPath =
  | { readonly kind: 'checkpoint'; readonly space: Hash; readonly log: PartyId }
  | { readonly kind: 'tile'; readonly space: Hash; readonly log: PartyId; readonly place: TilePlace }
  | { readonly kind: 'part'; readonly space: Hash; readonly commit: Hash }
  | { readonly kind: 'poke'; readonly space: Hash }
  | { readonly kind: 'bundle'; readonly space: Hash };

export function checkpointPath(space: Hash, log: PartyId): string {
  return `/s/${space}/${log}/checkpoint`;
}

export function entriesPath(space: Hash, log: PartyId, index: number, width = TILE_WIDTH): string {
  return tilePath(space, log, { level: 'entries', index, width });
}

export function tilePath(space: Hash, log: PartyId, place: TilePlace): string {
  return `/s/${space}/${log}/${pathOfTile(place)}`;
}

export function partPath(space: Hash, commit: Hash): string {
  return `/s/${space}/part/${commit}`;
}

export function pokePath(space: Hash): string {
  return `/s/${space}/poke`;
}

export function bundlePath(space: Hash): string {
  return `/s/${space}/bundle`;
}

/** The path's meaning, or undefined for anything that is not written in the one form above. */
export function parsePeerPath(path: string): PeerPath | undefined {
  const parsed = readPeerPath(path);
  return parsed !== undefined && printPeerPath(parsed) === path ? parsed : undefined;
}

function printPeerPath(path: PeerPath): string {
  switch (path.kind) {
    case 'checkpoint':
      return checkpointPath(path.space, path.log);
    case 'tile':
      return tilePath(path.space, path.log, path.place);
    case 'part':
      return partPath(path.space, path.commit);
    case 'poke':
      return pokePath(path.space);
    case 'bundle':
      return bundlePath(path.space);
  }
}

function readPeerPath(path: string): PeerPath | undefined {
  if (path.length > 300) return undefined;
  const [empty, s, space, third, ...rest] = path.split('/');
  if (empty !== '' || s !== 's' || space === undefined || third === undefined || !HASH.test(space)) return undefined;
  if (rest.length === 0) {
    if (third === 'poke') return { kind: 'poke', space };
    return third === 'bundle' ? { kind: 'bundle', space } : undefined;
  }
  if (third === 'part' && rest.length === 1 && HASH.test(rest[0] as string)) return { kind: 'part', space, commit: rest[0] as Hash };
  if (!PARTY_ID.test(third)) return undefined;
  if (rest.length === 1 && rest[0] === 'checkpoint') return { kind: 'checkpoint', space, log: third };
  const place = parseTilePath(rest.join('/'));
  return place === undefined ? undefined : { kind: 'tile', space, log: third, place };
}
