/**
 * @file Recording how weights and activations are spread, for pictures by epoch. No counterpart in
 * Pylearn2.
 */
import { z } from 'zod';
import { Dataset } from '../datasets';
import type { Model } from '../models';
import { getMonitor } from '../monitor';
import {
  type ActivationReader,
  activationReader,
  remember,
  someExamples,
  weightSpreads,
} from '../pictures';
import { flag, instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TrainExtension } from './train_extension';

export interface HistogramsOptions {
  /** Whether to record weights; true unless given. */
  weights?: boolean;
  /** Whether to record activations; true unless given. */
  activations?: boolean;
  /** Whose examples the model sees for that; the training set unless given. */
  dataset?: Dataset | null;
  /** How many examples, the first ones; 100 unless given. */
  count?: number;
  /** Records after each so many epochs; 1 unless given. */
  every?: number;
}

const whole = z.number().int().positive();
const schema = optionsOf<HistogramsOptions>()({
  weights: flag().default(true),
  activations: flag().default(true),
  dataset: instanceOf(Dataset).nullable().default(null),
  count: whole.default(100),
  every: whole.default(1),
});

/**
 * Records histograms before training and after epochs, with the model and saved with it. See
 * `weightHistograms` and `activationHistograms`, which draw them.
 */
export class Histograms extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private read?: ActivationReader;

  constructor(options: HistogramsOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'train_extensions.histograms.Histograms');
  }

  override onMonitor(model: Model, trainingSet: Dataset): void {
    const { weights, activations, dataset, count, every } = this.options;
    const epoch = getMonitor(model).getEpochsSeen();
    if (epoch % every !== 0) return;
    if (weights) remember(model, 'weights', epoch, weightSpreads(model));
    if (!activations) return;
    const examples = someExamples(model, dataset ?? trainingSet, { batchSize: count });
    this.read ??= activationReader(model);
    remember(model, 'activations', epoch, this.read(examples.inputs));
    examples.dispose();
  }
}
