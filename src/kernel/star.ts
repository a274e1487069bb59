/**
 * The mark: n squares of one circle, square k turned by k·90°/n; each square is a party, in the
 * charter's order. With two parties it is the eight-pointed star of zellige and azulejo (two squares,
 * one turned by 45°). Where it stands it tells a state, by shape before colour.
 *
 * Pure geometry in the unit circle, y downwards (screen, PDF): the screens, the PDF and the offline
 * page draw the same shapes. docs: the design's "the mark is the meaning".
 */
export type Point = readonly [x: number, y: number];

/** One party's square: not yet signed, signed, refused. `delivered`: every other node has stored that. */
export interface StarSquare {
  readonly stance: 'none' | 'signed' | 'refused';
  readonly delivered: boolean;
}

/** `draft`: only the corners are marked out; there is nothing yet that could be signed. */
export type StarState = 'draft' | 'proposed' | 'partly-signed' | 'concluded' | 'dead';

/**
 * What to draw, in order. `fill`: area in the party's colour; `whole`: the whole star in ink; `halo`: line in
 * paper colour below a line or area that lies over another one; `line`: outline; `strike`: line through a
 * refusing square; `inlay`: the squares' crossing lines inside the whole star, in paper colour; `corner`: a dot.
 */
export interface StarShape {
  readonly role: 'fill' | 'whole' | 'halo' | 'line' | 'strike' | 'inlay' | 'corner';
  /** Index of the party in the charter's order; undefined where the shape is of all. */
  readonly party?: number;
  readonly dotted: boolean;
  readonly closed: boolean;
  readonly points: readonly Point[];
}

const RIGHT = Math.PI / 2;

function at(angle: number, radius: number): Point {
  return [Math.cos(angle) * radius, Math.sin(angle) * radius];
}

/** Corners of square `k` of `n`, on the unit circle; square 0 stands on its side. */
export function squareCorners(k: number, n: number): readonly Point[] {
  const turn = RIGHT / 2 + (k * RIGHT) / n;
  return [0, 1, 2, 3].map((corner) => at(turn + corner * RIGHT, 1));
}

/**
 * Outline of the union of `n` squares: 8n points, outer and inner in turn. Between two neighbouring
 * corners the edges of their squares meet on the bisector, at distance (1/√2) / cos((90° − 90°/n) / 2).
 */
export function starOutline(n: number): readonly Point[] {
  const step = RIGHT / n;
  const inner = Math.SQRT1_2 / Math.cos((RIGHT - step) / 2);
  const points: Point[] = [];
  for (let i = 0; i < 4 * n; i++) {
    const angle = RIGHT / 2 + i * step;
    points.push(at(angle, 1), at(angle + step / 2, inner));
  }
  return points;
}

/** A text is concluded when every square is signed, dead when one refused: computed, never stored. */
export function starState(squares: readonly StarSquare[]): StarState {
  if (squares.some((square) => square.stance === 'refused')) return 'dead';
  const signed = squares.filter((square) => square.stance === 'signed').length;
  if (signed === 0) return 'proposed';
  return signed === squares.length ? 'concluded' : 'partly-signed';
}

/** An area whose outline is dotted is drawn smaller, so that the dots stand free around it. */
const INSET = 0.8;

function inset(points: readonly Point[], dotted: boolean): readonly Point[] {
  return dotted ? points.map(([x, y]) => [x * INSET, y * INSET]) : points;
}

/** The shapes of a star of these squares; `draft` marks out the corners only. At least one square. */
export function drawStar(squares: readonly StarSquare[], draft = false): readonly StarShape[] {
  const n = squares.length;
  const corners = squares.map((_, k) => squareCorners(k, n));
  if (draft) {
    return corners.flatMap((points, party) =>
      points.map((point): StarShape => ({ role: 'corner', party, dotted: false, closed: false, points: [point] })));
  }
  if (starState(squares) === 'concluded') return wholeStar(corners, !squares.every((square) => square.delivered));
  const shapesOf = (square: StarSquare, party: number): readonly StarShape[] => {
    const points = corners[party] as readonly Point[];
    const dotted = !square.delivered;
    const shape = (role: StarShape['role']): StarShape => ({ role, party, dotted: false, closed: true, points });
    const line = { ...shape('line'), dotted };
    return square.stance === 'signed' ? [shape('halo'), { ...shape('fill'), points: inset(points, dotted) }, line] : [shape('halo'), line];
  };
  // Filled squares lie below outlines, so that every square can be seen whole; strikes lie above all.
  const layer = (stance: StarSquare['stance']): readonly StarShape[] => squares.flatMap((square, party) => (square.stance === stance ? shapesOf(square, party) : []));
  const strikes = squares.flatMap((square, party): readonly StarShape[] => {
    const [from, , to] = corners[party] as readonly Point[];
    return square.stance === 'refused' && from !== undefined && to !== undefined ? [{ role: 'strike', party, dotted: false, closed: false, points: [from, to] }] : [];
  });
  const signed = layer('signed');
  const outlines = [...layer('none'), ...layer('refused')];
  // Over paper alone outlines simply cross: neither square lies above the other.
  return [...signed, ...(signed.length === 0 ? outlines.filter((shape) => shape.role !== 'halo') : outlines), ...strikes];
}

function wholeStar(corners: readonly (readonly Point[])[], dotted: boolean): readonly StarShape[] {
  const outline = starOutline(corners.length);
  return [
    { role: 'whole', dotted: false, closed: true, points: inset(outline, dotted) },
    ...corners.map((points, party): StarShape => ({ role: 'inlay', party, dotted: false, closed: true, points: inset(points, dotted) })),
    { role: 'line', dotted, closed: true, points: outline },
  ];
}

/** An SVG path of `points`, scaled by `radius` around (`centre`, `centre`), two decimals. */
export function pathOf(points: readonly Point[], closed: boolean, radius: number, centre: number): string {
  const text = points.map(([x, y]) => `${round(centre + x * radius)} ${round(centre + y * radius)}`).join('L');
  return `M${text}${closed ? 'Z' : ''}`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
