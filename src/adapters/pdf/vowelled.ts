/**
 * Words with vowel signs: their visible form as outlines, their text in the invisible font. Compilers
 * and extractors disagree on the order of a letter and its signs; outlines have no order.
 */
import { create, type Font } from 'fontkit';
import { arabicToStandIn, invisibleWidth } from './invisible-font.ts';

/** A piece of a line: plain text, or a drawn word. Lengths in em. */
export type Run =
  | { readonly text: string }
  | { readonly svg: string; readonly width: number; readonly rise: number; readonly drop: number; readonly hidden: string; readonly squeeze: number };

const VOWELLED = /[\u0621-\u063A\u0641-\u065F\u0670-\u06D3]*[\u064B-\u065F\u0670][\u0621-\u063A\u0641-\u065F\u0670-\u06D3]*/g;
const RISE = 1.3;
const DROP = 0.7;

/** Splits a line into plain runs and drawn words; `plain` is applied to the plain ones. */
export function runsOf(line: string, font: Font, plain: (text: string) => string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const match of line.matchAll(VOWELLED)) {
    if (match.index > from) runs.push({ text: plain(line.slice(from, match.index)) });
    runs.push(drawn(match[0], font));
    from = match.index + match[0].length;
  }
  if (from < line.length) runs.push({ text: plain(line.slice(from)) });
  return runs;
}

/** Opens a TrueType font for drawing. */
export function drawingFont(bytes: Uint8Array): Font {
  return create(Buffer.from(bytes)) as Font;
}

function drawn(word: string, font: Font): Run {
  const shaped = font.layout(word, undefined, 'arab', undefined, 'rtl');
  let advance = 0;
  let path = '';
  shaped.glyphs.forEach((glyph, i) => {
    const position = shaped.positions[i];
    if (position === undefined) return;
    path += glyph.path.translate(advance + position.xOffset, position.yOffset).scale(1, -1).toSVG();
    advance += position.xAdvance;
  });
  const em = font.unitsPerEm;
  const points = [...word].toReversed().map((char) => char.codePointAt(0) as number);
  const hidden = points.map((point) => String.fromCodePoint(arabicToStandIn(point) as number)).join('');
  const hiddenWidth = points.reduce((sum, point) => sum + invisibleWidth(point), 0) / 1000;
  const box = `0 ${-RISE * em} ${advance} ${(RISE + DROP) * em}`;
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${advance}" height="${(RISE + DROP) * em}"><path d="${path}"/></svg>`,
    width: advance / em, rise: RISE, drop: DROP, hidden, squeeze: advance / em / hiddenWidth,
  };
}
