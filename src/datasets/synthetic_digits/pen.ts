/** @file From a glyph to the path of a shaky, slanted pen. */
import type { RandomState } from '../../utils/rng';
import type { Glyph, Stroke } from './glyphs';

/** A path: x and y of each point in turn, in pixels; strokes begin at the given points. */
export interface Path {
  points: Float64Array;
  /** Index of the first point of each stroke, and at the end the number of points. */
  starts: number[];
}

/** How much hands differ; each a standard deviation, or the end of a range. */
export const hand = {
  /** Of each point of a stroke, in the unit square. */
  tremble: 0.056,
  /** Of a whole stroke. */
  shift: 0.03,
  /** Radians. */
  rotation: 0.18,
  shear: 0.26,
  /** Of the logarithm of width over height. */
  aspect: 0.22,
  /** Of the waves that bend the whole digit, in the unit square. */
  bend: 0.045,
} as const;

const STEPS = 7;
/** Size of the square into which MNIST fits its digits, and of the whole image. */
const BOX = 20;

/** Between p1 and p2 of a curve through all four (Catmull and Rom, 1974). */
function spline(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const linear = p2 - p0;
  const square = 2 * p0 - 5 * p1 + 4 * p2 - p3;
  const cube = 3 * p1 - p0 - 3 * p2 + p3;
  return p1 + (t * (linear + t * (square + t * cube))) / 2;
}

function tremble(stroke: Stroke, rng: RandomState): number[][] {
  const dx = hand.shift * rng.randn();
  const dy = hand.shift * rng.randn();
  return stroke.map(([x, y]) => [
    x + dx + hand.tremble * rng.randn(),
    y + dy + hand.tremble * rng.randn(),
  ]);
}

function draw(stroke: number[][], out: number[]): void {
  const at = (i: number) => stroke[Math.min(Math.max(i, 0), stroke.length - 1)];
  for (let i = 0; i + 1 < stroke.length; i++) {
    for (let step = 0; step < STEPS; step++) {
      const t = step / STEPS;
      out.push(spline(at(i - 1)[0], at(i)[0], at(i + 1)[0], at(i + 2)[0], t));
      out.push(spline(at(i - 1)[1], at(i)[1], at(i + 1)[1], at(i + 2)[1], t));
    }
  }
  out.push(...at(stroke.length));
}

/** Bends, shears and turns all points in place. */
function distort(points: Float64Array, rng: RandomState): void {
  const [bendX, bendY] = [hand.bend * rng.randn(), hand.bend * rng.randn()];
  const [phaseX, phaseY] = [2 * Math.PI * rng.rand(), 2 * Math.PI * rng.rand()];
  const [waveX, waveY] = [4 + 5 * rng.rand(), 4 + 5 * rng.rand()];
  const [angle, shear] = [hand.rotation * rng.randn(), hand.shear * rng.randn()];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = 0.72 * Math.exp(hand.aspect * rng.randn());
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] - 0.5, points[i + 1] - 0.5];
    const bentX = width * (x + bendX * Math.sin(waveX * y + phaseX)) - shear * y;
    const bentY = y + bendY * Math.sin(waveY * x + phaseY);
    points[i] = cos * bentX - sin * bentY;
    points[i + 1] = sin * bentX + cos * bentY;
  }
}

/** Scales the points in place so that what a pen of this radius draws fits the box. */
function fit(points: Float64Array, radius: number): void {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  points.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2], value);
    high[i % 2] = Math.max(high[i % 2], value);
  });
  const extent = Math.max(high[0] - low[0], high[1] - low[1]);
  const scale = (BOX - 2 * radius) / extent;
  points.forEach((value, i) => (points[i] = scale * value));
}

/** The path of a pen that writes a glyph, about 20 pixels large. */
export function write(glyph: Glyph, radius: number, rng: RandomState): Path {
  const out: number[] = [];
  const starts: number[] = [];
  for (const stroke of glyph) {
    starts.push(out.length / 2);
    draw(tremble(stroke, rng), out);
  }
  starts.push(out.length / 2);
  const points = Float64Array.from(out);
  distort(points, rng);
  fit(points, radius);
  return { points, starts };
}
