/**
 * @file Tries a few steps and adapts their lengths. Port of the default line search of
 * pylearn2/optimization/batch_gradient_descent.py.
 */
import type { Found, LineSearch, Point } from './line_search';

/** Steps farther apart than this ratio are drawn together... */
const WIDEST_GAP = 5;
/** ...by this power. */
const CLOSER = 0.99;

/** Distances for the next search; undefined when there is nothing left to try. */
function adapt(
  alphas: number[],
  best: Point,
  index: number,
  tolerance: number,
): number[] | undefined {
  const last = alphas.length - 1;
  if (index < 1 && alphas[0] > tolerance) return alphas.map((alpha) => alpha / 3);
  if (index === last) return alphas.map((alpha) => alpha * 2);
  if (index === -1) {
    return alphas[last] > 1 ? undefined : alphas.map((alpha, j) => alpha * 1.5 ** (j + 1));
  }
  const gaps = alphas.slice(1).map((alpha, i) => alpha / alphas[i]);
  if (Math.max(...gaps) <= WIDEST_GAP) return alphas;
  return alphas.map((alpha) => alpha ** CLOSER * best.alpha ** (1 - CLOSER));
}

/**
 * Makes the search. Of equally good steps the longest wins.
 * @param tolerance - When even the shortest step is no longer than this and none helps, the range
 * is widened, and in the end descent has converged.
 */
export function gridSearch(tolerance: number): LineSearch {
  return async (origin, alphas, evaluate): Promise<Found> => {
    let best: Point = { alpha: 0, objective: origin };
    let index = -1;
    for (const [i, alpha] of alphas.entries()) {
      const objective = await evaluate(alpha);
      if (objective <= best.objective) [best, index] = [{ alpha, objective }, i];
    }
    const next = adapt(alphas, best, index, tolerance);
    return { best, alphas: next ?? alphas, converged: next === undefined };
  };
}
