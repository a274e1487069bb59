/** The changed words with a little of what stands around them: a margin has no room for the whole clause. */
import type { Piece } from '../compare.ts';

export const ELLIPSIS = '…';

/** `pieces` with each unchanged stretch cut to `words` words beside a change. Short stretches stay whole. */
export function aroundChanges(pieces: readonly Piece[], words: number): Piece[] {
  if (pieces.every((piece) => piece.kind === 'same')) return [...pieces];
  return pieces.map((piece, at) => {
    if (piece.kind !== 'same') return piece;
    const tokens = piece.text.match(/\s*\S+\s*?/gu) ?? [];
    const keepStart = at > 0 ? words : 0;
    const keepEnd = at < pieces.length - 1 ? words : 0;
    if (tokens.length <= keepStart + keepEnd + 1) return piece;
    const start = tokens.slice(0, keepStart).join('');
    const end = keepEnd === 0 ? '' : tokens.slice(-keepEnd).join('') + (/\s*$/u.exec(piece.text)?.[0] ?? '');
    return { kind: 'same', text: [start, ELLIPSIS, end].filter((part) => part !== '').join(' ').replaceAll(/ {2,}/g, ' ') };
  });
}
