/**
 * @file A binary search for the best step. Port of the 'exhaustive' line search of
 * pylearn2/optimization/batch_gradient_descent.py.
 */
import { StateError } from '../../utils/errors';
import type { Evaluate, LineSearch, Point } from './line_search';

/** The search ends when a point gains less than this share of what the one before it gained... */
const WORTHWHILE = 0.01;
/** ...or when there were already more points than this. */
const MOST_POINTS = 10;
/** Steps shorter than this are not worth trying. */
const SHORTEST = 1e-20;

/** Evaluates a point; a step to nowhere is infinitely bad, so that it is never the best. */
async function pointAt(alpha: number, evaluate: Evaluate): Promise<Point> {
  const objective = await evaluate(alpha);
  return { alpha, objective: Number.isNaN(objective) ? Infinity : objective };
}

/** Index of the first of the lowest points. */
function lowest(points: readonly Point[]): number {
  return points.reduce(
    (best, { objective }, i) => (objective < points[best].objective ? i : best),
    0,
  );
}

/** Between the best point and its better neighbour; beyond the last point if that is the best. */
function nextAlpha(points: readonly Point[], best: number): number {
  const middle = (i: number, j: number) => (points[i].alpha + points[j].alpha) / 2;
  if (best === 0) return middle(0, 1);
  if (best === points.length - 1) return 2 * points[best].alpha;
  const right = points[best + 1].objective < points[best - 1].objective;
  return middle(best, right ? best + 1 : best - 1);
}

function insert(points: Point[], point: Point): void {
  const after = points.findIndex(({ alpha }) => alpha > point.alpha);
  points.splice(after < 0 ? points.length : after, 0, point);
}

async function refine(points: Point[], evaluate: Evaluate): Promise<void> {
  let gained = 0;
  for (;;) {
    const count = points.length;
    const best = lowest(points);
    const lowestSoFar = points[best].objective;
    const alpha = nextAlpha(points, best);
    if (alpha < SHORTEST) return;
    const point = await pointAt(alpha, evaluate);
    insert(points, point);
    const gain = lowestSoFar - point.objective;
    if ((gain > 0 && gain < WORTHWHILE * gained) || count > MOST_POINTS) return;
    gained = gain;
  }
}

/**
 * Makes the search. It never reports convergence.
 * @param minInitAlpha - The next search begins with steps of at least this length and its double.
 */
export function exhaustiveSearch(minInitAlpha: number | null): LineSearch {
  return async (origin, alphas, evaluate) => {
    const points: Point[] = [{ alpha: 0, objective: origin }];
    for (const alpha of alphas) {
      if (!(alpha > points[points.length - 1].alpha)) {
        throw new StateError(`line search: expected increasing steps, received [${alphas}].`);
      }
      points.push(await pointAt(alpha, evaluate));
    }
    await refine(points, evaluate);
    const best = lowest(points);
    const last = Math.max(points[Math.max(best, 1)].alpha, 2 * (minInitAlpha ?? 0));
    return { best: points[best], alphas: [last / 2, last], converged: false };
  };
}
