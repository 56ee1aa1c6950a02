/** @file What the line searches of batch gradient descent have in common. */

/** The objective at a distance along the direction of descent. */
export interface Point {
  /** Length of the step from the start of the line. */
  alpha: number;
  objective: number;
}

/** Moves to a distance and gives the objective there; NaN when it has none. */
export type Evaluate = (alpha: number) => Promise<number>;

/** What a search found, and where the next one should begin. */
export interface Found {
  best: Point;
  /** Distances to try first on the next line, increasing. */
  alphas: number[];
  /** Whether no step of any length lowers the objective, so that descent should end. */
  converged: boolean;
}

/**
 * Looks for the lowest objective on a line.
 * @param origin - The objective at the start of the line, a number.
 * @param alphas - Distances to try first, positive and increasing.
 */
export type LineSearch = (origin: number, alphas: number[], evaluate: Evaluate) => Promise<Found>;
