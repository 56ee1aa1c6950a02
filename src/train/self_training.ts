/**
 * @file Training without an algorithm: the model does it. Port of what pylearn2/train.py does when
 * the algorithm is None.
 */
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import { StateError } from '../utils/errors';
import { TrainingAlgorithm } from '../training_algorithms';

/** A model that knows how to train itself. */
export interface SelfTrainingModel extends Model {
  /** Trains one epoch; false when an interrupt stopped it on the way. */
  trainAll(dataset: Dataset): boolean | void | Promise<boolean | void>;
  /** Whether to train another epoch. */
  continueLearning(): boolean;
}

function trainsItself(model: Model): model is SelfTrainingModel {
  const { trainAll, continueLearning } = model as Partial<SelfTrainingModel>;
  return typeof trainAll === 'function' && typeof continueLearning === 'function';
}

/** Stands in for the algorithm of a model that trains itself. */
export class SelfTraining extends TrainingAlgorithm {
  private readonly model: SelfTrainingModel;

  /** @throws {@link StateError} when the model cannot train itself. */
  constructor(model: Model) {
    super();
    if (!trainsItself(model)) {
      throw new StateError(
        `train.Train: give an algorithm: ${model.constructor.name} cannot train itself, ` +
          'it has no trainAll and continueLearning.',
      );
    }
    this.model = model;
  }

  override setup(): void {}

  override async train(dataset: Dataset): Promise<boolean> {
    return (await this.model.trainAll(dataset)) ?? true;
  }

  override continueLearning(): boolean {
    return this.model.continueLearning();
  }
}
