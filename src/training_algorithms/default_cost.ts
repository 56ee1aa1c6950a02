/** @file The cost of those who name none. Port of `get_default_cost` of pylearn2's models. */
import type { Cost } from '../costs';
import { mlp } from '../costs';
import type { Model } from '../models';

/** A model that knows what it should be trained by. */
interface WithDefaultCost {
  getDefaultCost(): Cost;
}

function hasDefaultCost(model: object): model is WithDefaultCost {
  return 'getDefaultCost' in model && typeof model.getDefaultCost === 'function';
}

/** What the model says, if it does, else the cost of its last layer (`costs.mlp.Default`). */
export function defaultCost(model: Model): Cost {
  return hasDefaultCost(model) ? model.getDefaultCost() : new mlp.Default();
}
