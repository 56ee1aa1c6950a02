/** @file Hooks into training. Port of pylearn2/train_extensions/__init__.py. */
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import type { TrainingAlgorithm } from '../training_algorithms';

/** Answer of a hook: 'stop' asks for the end of training, anything else lets it go on. */
export type Verdict = 'stop' | void;

/** Does nothing unless a subclass overrides its hooks; they may be async. */
export abstract class TrainExtension {
  /** Before the first monitoring. */
  setup(_model: Model, _dataset: Dataset, _algorithm: TrainingAlgorithm): void | Promise<void> {}

  /** When a call of `train.mainLoop()` begins, also one that goes on after an interrupt. */
  onStart(_model: Model, _dataset: Dataset, _algorithm: TrainingAlgorithm): void | Promise<void> {}

  /** After each monitoring: before training, and after each epoch. */
  onMonitor(
    _model: Model,
    _dataset: Dataset,
    _algorithm: TrainingAlgorithm,
  ): Verdict | Promise<Verdict> {}

  /** Before the model is saved. */
  onSave(_model: Model, _dataset: Dataset, _algorithm: TrainingAlgorithm): void | Promise<void> {}

  /** When a call of `train.mainLoop()` ends, also by interrupt or error: draw the final state. */
  onEnd(_model: Model, _dataset: Dataset, _algorithm: TrainingAlgorithm): void | Promise<void> {}

  /** What the extension must remember for a training to be resumed: plain data and arrays. */
  getState?(): Record<string, unknown>;

  /** Takes what {@link getState} gave; called after {@link setup}. */
  setState?(state: Record<string, unknown>): void;
}
