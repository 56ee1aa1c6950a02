/**
 * @file Port of pylearn2/training_algorithms/bgd.py (`ScaleStep`). Differs: the channel is there
 * from the first monitoring on, not from the second.
 */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { TrainExtension } from '../../train_extensions/train_extension';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { TrainingAlgorithm } from '../training_algorithm';
import { addScaleChannel, scalable } from './scale_channel';

export interface ScaleStepOptions {
  /** What the step is multiplied by after each epoch. */
  scale: number;
  /** The step never gets smaller than this. */
  minValue: number;
}

const schema = optionsOf<ScaleStepOptions>()({ scale: z.number(), minValue: z.number() });
const WHERE = 'training_algorithms.bgd.ScaleStep';

/** Scales BGD's steps by the same factor epoch by epoch; channel `scale_step`. */
export class ScaleStep extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: ScaleStepOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
  }

  override setup(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    addScaleChannel(model, scalable(WHERE, algorithm));
  }

  override onMonitor(_model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const target = scalable(WHERE, algorithm);
    const { scale, minValue } = this.options;
    target.scaleStep = Math.max(target.scaleStep * scale, minValue);
  }
}
