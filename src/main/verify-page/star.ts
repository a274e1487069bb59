/** The star of a text on this page: the same figure as on the screens (kernel/star.ts), with its state in words. */
import { drawStar, pathOf, type StarShape } from '../../kernel/star.ts';
import { svgEl } from './dom.ts';
import type { ShownText, View } from './view.ts';
import type { Words } from './words.ts';

const BOX = 64;
const RADIUS = 28;

export function starOf(text: ShownText, view: View, words: Words): SVGElement {
  const squares = text.stances.map(({ party, stance }) => ({
    stance: stance === 'sign' ? 'signed' as const : stance === 'refuse' ? 'refused' as const : 'none' as const,
    delivered: isDelivered(party, view),
  }));
  return svgEl('svg', { class: 'star', viewBox: `0 0 ${BOX} ${BOX}`, role: 'img', 'aria-label': words.say(`verify.state.${text.state}`) }, drawStar(squares).map(shapeOf));
}

/** Every other party of the charter states that it stored the log. */
function isDelivered(party: string, view: View): boolean {
  const cosigned = view.report.logs.find((log) => log.party === party)?.cosigned ?? [];
  return view.parties.every(({ id }) => id === party || cosigned.some((by) => by.party === id));
}

function shapeOf(shape: StarShape): SVGElement {
  return svgEl('path', {
    class: `star-${shape.role}`, d: pathOf(shape.points, shape.closed, RADIUS, BOX / 2), 'data-dotted': shape.dotted,
    'data-accent': shape.party === undefined ? undefined : String(shape.party % 4),
  });
}
