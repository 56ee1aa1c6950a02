/** @file Gradients by finite differences, to hold the differentiated ones against. */
import type { tf } from '../../src/engine';
import { function as makeFunction, grad, type SharedVariable } from '../../src/engine';
import { NdArray } from '../../src/utils/nd_array';
import { expectClose } from './expect';

function valueOf(expression: () => tf.Scalar): number {
  const value = makeFunction(() => ({ outputs: expression() }))();
  const number = value.dataSync()[0];
  value.dispose();
  return number;
}

/** Derivative of an expression by one element of a variable, by central difference. */
function difference(
  expression: () => tf.Scalar,
  param: SharedVariable,
  at: number,
  step: number,
): number {
  const start = param.getValue();
  const moved = (by: number) => {
    const data = Float32Array.from(start.data as Float32Array);
    data[at] += by;
    param.setValue(new NdArray(data, start.shape));
    return valueOf(expression);
  };
  const slope = (moved(step) - moved(-step)) / (2 * step);
  param.setValue(start);
  return slope;
}

/** Fails unless the gradient agrees with finite differences at some elements of each variable. */
export function expectGradient(
  expression: () => tf.Scalar,
  params: readonly SharedVariable[],
  { step = 1e-2, tolerance = 5e-3 } = {},
): void {
  const { value, grads } = grad(expression, params);
  value.dispose();
  params.forEach((param, i) => {
    const gradient = grads[i].dataSync();
    const count = Math.min(5, param.size);
    for (let k = 0; k < count; k++) {
      const at = Math.floor((k * param.size) / count);
      expectClose(gradient[at], difference(expression, param, at, step), tolerance);
    }
    grads[i].dispose();
  });
}
