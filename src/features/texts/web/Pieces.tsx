/** Changed words: what went is struck through, what came is underlined; said in words to who listens. */
import { useSay } from '../../../web/i18n/Language.tsx';
import type { Piece } from '../compare.ts';

export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const say = useSay();
  return (
    <span className="pieces">
      {pieces.map((piece, at) => {
        if (piece.kind === 'same') return <span key={at}>{piece.text}</span>;
        const words = <><span className="visually-hidden">{say(`texts.diff.${piece.kind}`)} </span>{piece.text}<span className="visually-hidden"> {say('texts.diff.end')} </span></>;
        return piece.kind === 'added' ? <ins key={at}>{words}</ins> : <del key={at}>{words}</del>;
      })}
    </span>
  );
}

/** Plain paragraphs separated by one line feed. */
export function Paragraphs({ text }: { text: string }) {
  return <>{text.split('\n').map((line, at) => <p key={at}>{line}</p>)}</>;
}
