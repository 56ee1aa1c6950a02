/** @file Eigenvalues by Jacobi's method: plane rotations until nothing is left off the diagonal. */

/** Sweeps over all pairs; convergence is quadratic, ten suffice for any matrix in practice. */
const SWEEPS = 30;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix.
 * @param a - n x n, row by row; overwritten.
 * @returns Values, ascending, and vectors in columns, row by row.
 */
export function jacobi(
  a: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const v = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotated = rotate(a, v, n, p, q) || rotated;
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i] - a[j * n + j]);
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]),
    vectors: Float64Array.from({ length: n * n }, (_, i) => v[i - (i % n) + order[i % n]]),
  };
}

/** Makes the element at (p, q) zero. Returns whether that changed anything. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): boolean {
  const off = a[p * n + q];
  const [first, second] = [a[p * n + p], a[q * n + q]];
  if (Math.abs(off) <= Number.EPSILON * Math.sqrt(Math.abs(first * second))) return false;
  const theta = (second - first) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s);
  return true;
}

function turn(x: Float64Array, i: number, j: number, c: number, s: number): void {
  const [first, second] = [x[i], x[j]];
  x[i] = c * first - s * second;
  x[j] = s * first + c * second;
}
