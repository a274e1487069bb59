import { expect, test } from 'vitest';
import fc from 'fast-check';
import { drawStar, pathOf, squareCorners, starOutline, starState, type Point, type StarSquare } from './star.ts';

const count = fc.integer({ min: 1, max: 16 });
const square = fc.record({ stance: fc.constantFrom('none', 'signed', 'refused'), delivered: fc.boolean() }) satisfies fc.Arbitrary<StarSquare>;
const squares = fc.array(square, { minLength: 1, maxLength: 16 });

function radius([x, y]: Point): number {
  return Math.hypot(x, y);
}

/** Distance from the centre to the edge of square k of n in the direction of `angle`. */
function reach(k: number, n: number, angle: number): number {
  const turned = angle - (k * Math.PI) / (2 * n);
  return Math.SQRT1_2 / Math.max(Math.abs(Math.cos(turned)), Math.abs(Math.sin(turned)));
}

test('every square stands on the unit circle, and the squares share no corner', () => {
  fc.assert(fc.property(count, (n) => {
    const corners = Array.from({ length: n }, (_, k) => squareCorners(k, n)).flat();
    for (const corner of corners) expect(radius(corner)).toBeCloseTo(1, 12);
    expect(new Set(corners.map(([x, y]) => `${x.toFixed(6)},${y.toFixed(6)}`)).size).toBe(4 * n);
  }));
});

test('the first square stands on its side and each next one is turned by 90°/n', () => {
  fc.assert(fc.property(count, (n) => {
    const angle = (k: number): number => Math.atan2(...([...(squareCorners(k, n)[0] as Point)].reverse() as [number, number]));
    expect(angle(0)).toBeCloseTo(Math.PI / 4, 12);
    for (let k = 1; k < n; k++) expect(angle(k) - angle(k - 1)).toBeCloseTo(Math.PI / 2 / n, 12);
  }));
});

test('the outline is the edge of the union: no square reaches beyond it and each point is on some square', () => {
  fc.assert(fc.property(count, (n) => {
    for (const point of starOutline(n)) {
      const angle = Math.atan2(point[1], point[0]);
      const farthest = Math.max(...Array.from({ length: n }, (_, k) => reach(k, n, angle)));
      expect(radius(point)).toBeCloseTo(farthest, 12);
    }
  }));
});

test('two parties make the eight-pointed star: sixteen points, inner radius 0.765', () => {
  const outline = starOutline(2);
  expect(outline).toHaveLength(16);
  expect(radius(outline[1] as Point)).toBeCloseTo(0.76537, 5);
});

test('concluded exactly when all have signed, dead exactly when one has refused', () => {
  fc.assert(fc.property(squares, (all) => {
    const state = starState(all);
    expect(state === 'concluded').toBe(all.every((one) => one.stance === 'signed'));
    expect(state === 'dead').toBe(all.some((one) => one.stance === 'refused'));
  }));
});

test('each state is told by shape alone: states with different stances never draw the same shapes', () => {
  fc.assert(fc.property(count, (n) => {
    const variants: StarSquare['stance'][] = ['none', 'signed', 'refused'];
    const seen = new Map<string, string>();
    for (const first of variants) for (const rest of variants) {
      const all = Array.from({ length: n }, (_, k): StarSquare => ({ stance: k === 0 ? first : rest, delivered: true }));
      const shapes = JSON.stringify(drawStar(all).map((shape) => [shape.role, shape.points]));
      const told = all.map((one) => one.stance).join();
      expect(seen.get(shapes) ?? told).toBe(told);
      seen.set(shapes, told);
    }
  }));
});

test('an outline is dotted exactly while it is not delivered', () => {
  fc.assert(fc.property(squares, (all) => {
    const lines = drawStar(all).filter((shape) => shape.role === 'line');
    if (starState(all) === 'concluded') expect(lines.map((line) => line.dotted)).toEqual([!all.every((one) => one.delivered)]);
    else for (const line of lines) expect(line.dotted).toBe(!all[line.party as number]?.delivered);
    expect(lines).toHaveLength(starState(all) === 'concluded' ? 1 : all.length);
  }));
});

test('a signed square is filled to its edge when delivered, and inside its dots when not', () => {
  fc.assert(fc.property(count.filter((n) => n > 1), fc.boolean(), (n, delivered) => {
    const all = Array.from({ length: n }, (_, k): StarSquare => ({ stance: k === 0 ? 'signed' : 'none', delivered }));
    const fills = drawStar(all).filter((shape) => shape.role === 'fill');
    expect(fills.map((fill) => fill.party)).toEqual([0]);
    for (const point of fills[0]?.points ?? []) expect(radius(point)).toBeCloseTo(delivered ? 1 : 0.8, 12);
  }));
});

test('while nobody has signed, no square lies above another', () => {
  fc.assert(fc.property(count, (n) => {
    const shapes = drawStar(Array.from({ length: n }, (): StarSquare => ({ stance: 'none', delivered: true })));
    expect(new Set(shapes.map((shape) => shape.role))).toEqual(new Set(['line']));
  }));
});

test('a draft shows corners and nothing that could be read as a signature', () => {
  fc.assert(fc.property(squares, (all) => {
    const shapes = drawStar(all, true);
    expect(new Set(shapes.map((shape) => shape.role))).toEqual(new Set(['corner']));
    expect(shapes).toHaveLength(4 * all.length);
  }));
});

test('a path is closed on request and has two decimals', () => {
  expect(pathOf([[1, 0], [0, 1 / 3]], true, 10, 12)).toBe('M22 12L12 15.33Z');
  expect(pathOf([[1, 0], [0, 1]], false, 1, 0)).toBe('M1 0L0 1');
});
