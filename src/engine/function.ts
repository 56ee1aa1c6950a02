/**
 * @file Functions of tensors that training and monitoring are made of. Port of Theano's
 * `function` as pylearn2/utils uses it: outputs and updates of shared variables, computed
 * together, and compiled (compiler.ts). The body must be a function of its inputs and of shared
 * variables alone: JavaScript numbers that it uses stay as they were when it was traced. A body
 * that reads values runs in a tidy at each call instead.
 */
import { ShapeError, show, showShape, StateError } from '../utils/errors';
import { Compiler } from './compiler';
import type { SharedVariable } from './shared';
import * as tf from './tf';

/** The next values of shared variables; all are computed before any is set. */
export type Updates = Map<SharedVariable, tf.Tensor>;

/** What a body gives: its outputs, owned by the caller after the call, and its updates. */
export interface Step<Outputs extends tf.TensorContainer> {
  outputs: Outputs;
  updates?: Updates;
}

export interface FunctionOptions {
  /** Named in error messages, e.g. `training_algorithms.sgd.step`. */
  name?: string;
}

/** A function of tensors. The caller owns the inputs and the outputs. */
export interface TensorFunction<Inputs extends tf.Tensor[], Outputs extends tf.TensorContainer> {
  (...inputs: Inputs): Outputs;
  /**
   * Calls the function for one row of the inputs after the other, all in one call of the engine
   * where it is compiled.
   * @param rows - The inputs of all calls, stacked along a new first axis; at least one row.
   * @returns The outputs of all calls, stacked in the same way.
   */
  each(...rows: { [I in keyof Inputs]: tf.Tensor }): Outputs;
}

function expectTensors(name: string, inputs: readonly unknown[]): void {
  inputs.forEach((input, index) => {
    if (!(input instanceof tf.Tensor)) {
      throw new ShapeError(
        `${name}: expected input ${index} to be a tensor, received ${show(input)}.`,
      );
    }
    if (input.isDisposed) throw new StateError(`${name}: input ${index} was already disposed of.`);
  });
}

function expectRows(name: string, inputs: readonly tf.Tensor[]): void {
  expectTensors(name, inputs);
  const counts = inputs.map(({ shape }) => shape[0] ?? 0);
  if (counts.length > 0 && counts[0] > 0 && counts.every((count) => count === counts[0])) return;
  throw new ShapeError(
    `${name}.each: expected inputs of equally many rows, received ${counts.join(', ') || 'none'}.`,
  );
}

function expectFit(name: string, shared: SharedVariable, next: tf.Tensor): void {
  if (!tf.util.arraysEqual(next.shape, shared.shape) || next.dtype !== shared.dtype) {
    throw new ShapeError(
      `${name}: expected the update of ${shared.name} to be ${shared.dtype}` +
        `${showShape(shared.shape)}, received ${next.dtype}${showShape(next.shape)}.`,
    );
  }
}

function apply(name: string, updates: Updates): void {
  for (const [shared, next] of updates) expectFit(name, shared, next);
  // Copies first: a next value may be another variable that is about to change.
  const values = [...updates].map(([shared, next]) => [shared, next.clone()] as const);
  for (const [shared, next] of values) shared.assign(next);
}

/**
 * Makes a function of tensors with side effects on shared variables only.
 * @param body - Computes outputs and updates from the inputs with tensor operations.
 * @returns A function that leaves nothing behind but its outputs, which the caller owns.
 * @throws {@link ShapeError} when called with something else than tensors, or when an update has
 * another shape or dtype than its variable; no variable has then changed.
 */
export function makeFunction<Inputs extends tf.Tensor[], Outputs extends tf.TensorContainer>(
  body: (...inputs: Inputs) => Step<Outputs>,
  { name = body.name || 'function' }: FunctionOptions = {},
): TensorFunction<Inputs, Outputs> {
  const compiler = new Compiler((...inputs) => {
    const { outputs, updates } = body(...(inputs as Inputs));
    if (updates) apply(name, updates);
    return outputs;
  }, name);
  const call = (...inputs: Inputs) => {
    expectTensors(name, inputs);
    return compiler.run(inputs) as Outputs;
  };
  const each = (...rows: tf.Tensor[]) => {
    expectRows(name, rows);
    return compiler.runEach(rows) as Outputs;
  };
  return Object.assign(call, { each });
}

/** The value of an expression and its gradients, in the order of the variables asked for. */
export interface Gradients {
  value: tf.Scalar;
  grads: tf.Tensor[];
}

/**
 * Differentiates a scalar expression. Port of pylearn2.utils.grad: a variable that the expression
 * does not use gets zeros.
 * @param expression - Computes a scalar with tensor operations.
 * @param wrt - The variables or tensors to differentiate by.
 * @returns Value and gradients, owned by the caller.
 */
export function grad(expression: () => tf.Scalar, wrt: readonly tf.Tensor[]): Gradients {
  if (wrt.length === 0) return { value: expression(), grads: [] };
  return tf.tidy(() => {
    const { value, grads } = tf.engine().gradients(expression, [...wrt], undefined, true);
    return { value, grads: wrt.map((variable, i) => grads[i] ?? tf.zerosLike(variable)) };
  }) as unknown as Gradients;
}
