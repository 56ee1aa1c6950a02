/** @file Growing momentum. Port of pylearn2/training_algorithms/learning_rule.py. */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { SharedVariable } from '../../engine';
import type { Model } from '../../models';
import { getMonitor } from '../../monitor';
import { TrainExtension } from '../../train_extensions/train_extension';
import { StateError } from '../../utils/errors';
import { OptionError, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { TrainingAlgorithm } from '../training_algorithm';

export interface MomentumAdjustorOptions {
  /** The momentum to reach, in [0, 1). */
  finalMomentum: number;
  /** Epoch at which the momentum begins to change. */
  start: number;
  /** Epoch at which it has its final value; not before `start`. */
  saturate: number;
}

const schema = optionsOf<MomentumAdjustorOptions>()({
  finalMomentum: z.number().min(0).lt(1),
  start: z.number().nonnegative(),
  saturate: z.number().nonnegative(),
});

const WHERE = 'training_algorithms.learning_rule.MomentumAdjustor';

interface WithMomentum {
  learningRule?: { momentum?: SharedVariable } | null;
}

/**
 * Moves the momentum in a straight line from its initial to its final value, epoch by epoch. The
 * first epoch trained counts as 1: with `start: 1` it still has the initial momentum.
 */
export class MomentumAdjustor extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private initial?: number;
  private epochs = 0;

  constructor(options: MomentumAdjustorOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const { start, saturate } = this.options;
    if (saturate >= start) return;
    const detail = `expected at least start (${start}), received ${saturate}`;
    throw new OptionError(
      WHERE,
      [{ option: 'saturate', path: '', problem: 'invalid', detail }],
      schema.keys,
    );
  }

  /** @throws {@link StateError} when the algorithm's learning rule has no momentum. */
  override setup(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const momentum = momentumOf(algorithm);
    this.initial ??= momentum.dataSync()[0];
    this.epochs = getMonitor(model).getEpochsSeen();
    momentum.setValue(this.currentMomentum());
  }

  override onMonitor(_model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    this.epochs += 1;
    momentumOf(algorithm).setValue(this.currentMomentum());
  }

  /** The momentum at the epoch reached. */
  currentMomentum(): number {
    const { start, saturate, finalMomentum } = this.options;
    const through = saturate === start ? 1 : (this.epochs - start) / (saturate - start);
    const share = this.epochs < start ? 0 : Math.min(1, through);
    return (this.initial ?? 0) * (1 - share) + share * finalMomentum;
  }

  override getState(): Record<string, unknown> {
    return { initial: this.initial ?? null, epochs: this.epochs };
  }

  override setState({ initial, epochs }: Record<string, unknown>): void {
    this.initial = (initial as number | null) ?? undefined;
    this.epochs = epochs as number;
  }
}

function momentumOf(algorithm: TrainingAlgorithm): SharedVariable {
  const momentum = (algorithm as WithMomentum & TrainingAlgorithm).learningRule?.momentum;
  if (momentum) return momentum;
  throw new StateError(`${WHERE}: the algorithm has no learning rule with a momentum.`);
}
