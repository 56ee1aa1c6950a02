/** @file Port of pylearn2/training_algorithms/sgd.py (`PolyakAveraging`). */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import { function as makeFunction, type SharedVariable, sharedX, tf } from '../../engine';
import type { Model } from '../../models';
import { TrainExtension } from '../../train_extensions/train_extension';
import { StateError } from '../../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { save } from '../../utils/serial';
import type { TrainingAlgorithm } from '../training_algorithm';
import { SGD } from './sgd';
import { UpdateCallback } from './update_callback';

export interface PolyakAveragingOptions {
  /** Monitoring, counted from 0, after which to begin averaging. */
  start: number;
  /** File for the model with the averaged parameters; null to save none. */
  savePath?: string | null;
  /** Monitorings from one save to the next. */
  saveFreq?: number;
}

const schema = optionsOf<PolyakAveragingOptions>()({
  start: z.number().int().nonnegative(),
  savePath: z.string().min(1).nullish(),
  saveFreq: z.number().int().positive().default(1),
});

const WHERE = 'training_algorithms.sgd.PolyakAveraging';

/** The mean of some parameters over the batches since it was made. */
class ParameterMean extends UpdateCallback {
  private readonly means: SharedVariable[];
  private readonly update;
  private batches = 0;

  constructor(private readonly params: readonly SharedVariable[]) {
    super();
    this.means = params.map((param) => sharedX(param, `mean(${param.name})`));
    this.update = makeFunction(
      (share: tf.Tensor) => ({
        outputs: [] as tf.Tensor[],
        updates: new Map(
          this.means.map((mean, i) => {
            return [mean, mean.sub(mean.sub(this.params[i]).mul(share))] as const;
          }),
        ),
      }),
      { name: `${WHERE}.update` },
    );
  }

  override call(): void {
    this.batches += 1;
    tf.tidy(() => this.update(tf.scalar(1 / this.batches)));
  }

  /** Runs `f` while the parameters have their mean values. */
  borrow(f: () => void): void {
    const values = this.params.map((param) => param.getValue());
    this.params.forEach((param, i) => param.setValue(this.means[i]));
    try {
      f();
    } finally {
      this.params.forEach((param, i) => param.setValue(values[i]));
    }
  }

  dispose(): void {
    for (const mean of this.means) mean.dispose();
  }
}

/**
 * Averages the parameters over the batches of all later epochs and saves the model that has the
 * averages for parameters. The means are freed by {@link dispose}.
 * @see Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992.
 */
export class PolyakAveraging extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private mean?: ParameterMean;
  private count = 0;

  constructor(options: PolyakAveragingOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
  }

  /** @throws {@link StateError} when the algorithm is not SGD. */
  override onMonitor(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const { start, savePath, saveFreq } = this.options;
    if (this.count === start) this.begin(model, algorithm);
    else if (this.mean && savePath && this.count % saveFreq === 0) {
      this.mean.borrow(() => save(savePath, model, { onOverwrite: 'backup' }));
    }
    this.count += 1;
  }

  /** Runs `f` while the model has the averaged parameters; before `start` it has its own. */
  withMeans(f: () => void): void {
    if (this.mean) this.mean.borrow(f);
    else f();
  }

  /** Frees the means. */
  dispose(): void {
    this.mean?.dispose();
  }

  private begin(model: Model, algorithm: TrainingAlgorithm): void {
    if (!(algorithm instanceof SGD)) {
      throw new StateError(`${WHERE}: works with SGD only, not ${algorithm.constructor.name}.`);
    }
    this.mean = new ParameterMean(model.getParams());
    algorithm.updateCallbacks.push(this.mean);
  }
}
