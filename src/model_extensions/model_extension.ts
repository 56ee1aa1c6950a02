/** @file Hooks into a model. Port of pylearn2/model_extensions/model_extension.py. */
import type { Updates } from '../engine';
import type { Model } from '../models';

/** Does nothing unless a subclass overrides its hook. */
export abstract class ModelExtension {
  /**
   * Called after the model constrained its own updates; changes them in place.
   * Runs inside compiled functions: tensor operations only.
   */
  postModifyUpdates(_updates: Updates, _model: Model): void {}
}
