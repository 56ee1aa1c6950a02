/** @file From the path of a pen to an image, as MNIST has it: white on black, centred by mass. */
import type { Path } from './pen';

/** Rows and columns of an image. */
export const SIDE = 28;

/** How a pen draws. */
export interface Pen {
  /** Half the width of the line, in pixels. */
  radius: number;
  /** Width of the soft edge, in pixels. */
  softness: number;
}

/** The mean of the path, each piece weighted by its length. */
function centre({ points, starts }: Path): [x: number, y: number] {
  let [mass, x, y] = [1e-9, 0, 0];
  for (let stroke = 0; stroke + 1 < starts.length; stroke++) {
    for (let i = 2 * starts[stroke]; i + 3 < 2 * starts[stroke + 1]; i += 2) {
      const length = Math.hypot(points[i + 2] - points[i], points[i + 3] - points[i + 1]);
      mass += length;
      x += (length * (points[i] + points[i + 2])) / 2;
      y += (length * (points[i + 1] + points[i + 3])) / 2;
    }
  }
  return [x / mass, y / mass];
}

/** Draws the line from (ax, ay) to (bx, by): each pixel keeps the most ink that it got. */
function drawLine(
  ink: Float64Array,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  { radius, softness }: Pen,
): void {
  const reach = radius + softness;
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy || 1e-9;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx) - reach));
  const right = Math.min(SIDE - 1, Math.floor(Math.max(ax, bx) + reach));
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - reach));
  const bottom = Math.min(SIDE - 1, Math.floor(Math.max(ay, by) + reach));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [px, py] = [column - ax, row - ay];
      const t = Math.min(Math.max((px * dx + py * dy) / square, 0), 1);
      const distance = Math.sqrt((px - t * dx) ** 2 + (py - t * dy) ** 2);
      const covered = Math.min((reach - distance) / (2 * softness), 1);
      const pixel = row * SIDE + column;
      if (covered > ink[pixel]) ink[pixel] = covered;
    }
  }
}

/** The image of a path: 28 x 28 numbers from 0 to 1, row by row. */
export function render(path: Path, pen: Pen): Float64Array {
  const ink = new Float64Array(SIDE * SIDE);
  const { points, starts } = path;
  const [x, y] = centre(path);
  const middle = (SIDE - 1) / 2;
  for (let i = 0; i < points.length; i += 2) {
    points[i] += middle - x;
    points[i + 1] += middle - y;
  }
  for (let stroke = 0; stroke + 1 < starts.length; stroke++) {
    for (let i = 2 * starts[stroke]; i + 3 < 2 * starts[stroke + 1]; i += 2) {
      drawLine(ink, points[i], points[i + 1], points[i + 2], points[i + 3], pen);
    }
  }
  return ink;
}
