/** @file How much the numbers vary when only the noise is another. */
import type { Experiment, Point, Quantity, Stage } from './experiment';
import { type StageRun, valueAt } from './run';

/** A number over several streams of noise. */
export interface Spread {
  readonly experiment: string;
  readonly quantity: string;
  readonly epoch: Point['epoch'];
  readonly values: readonly number[];
  readonly mean: number;
  /** Standard deviation, by one less than the count. */
  readonly deviation: number;
  readonly show: Quantity['show'];
}

export function isNoisy({ stages }: Experiment): boolean {
  return stages.some(({ withNoise }) => withNoise !== undefined);
}

function describe(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

function spreadOf(stage: Stage, quantity: Quantity, point: Point, runs: StageRun[]): Spread[] {
  const values = runs.map((run) => valueAt(run, point)).filter((value) => value !== undefined);
  if (values.length < runs.length) return [];
  const place = { experiment: stage.name, quantity: quantity.name, epoch: point.epoch };
  return [{ ...place, values, ...describe(values), show: quantity.show }];
}

/**
 * The spread of each number of an experiment.
 * @param runs - Of each stage, one for each stream.
 */
export function spreads({ stages }: Experiment, runs: readonly StageRun[][]): Spread[] {
  return stages.flatMap((stage, i) => {
    const ofStage = runs.map((all) => all[i]);
    return stage.quantities.flatMap((quantity) =>
      quantity.points.flatMap((point) => spreadOf(stage, quantity, point, ofStage)),
    );
  });
}
