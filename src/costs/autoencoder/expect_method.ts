/** @file Costs of models that can do something. */
import type { Model } from '../../models';
import { StateError } from '../../utils/errors';

/**
 * @param where - Starts the error message.
 * @throws {@link StateError} unless the model has the method.
 */
export function expectMethod(where: string, model: Model, method: string): void {
  if (typeof (model as unknown as Record<string, unknown>)[method] === 'function') return;
  throw new StateError(
    `${where}: ${model.constructor.name} has no method \`${method}\`, as autoencoders do.`,
  );
}
