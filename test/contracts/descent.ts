/** @file What a model does in numbers: a few steps down an objective. */
import { function as makeFunction, grad, tf, type Updates } from '../../src/engine';
import type { Channels, Model } from '../../src/models';

const STEPS = 3;
const RATE = 0.1;

/** The objective and the channels before each step, and the parameters in the end. */
export function descend(
  model: Model,
  expression: () => tf.Scalar,
  channels: () => Channels = () => ({}),
): number[] {
  const params = model.getParams();
  const step = makeFunction<[], tf.Scalar[]>(() => {
    const { value, grads } = grad(expression, params);
    const updates: Updates = new Map(
      params.map((param, i) => [param, param.sub(grads[i].mul(RATE))]),
    );
    model.modifyUpdates(updates);
    return { outputs: [value, ...Object.values(channels())], updates };
  });
  const values = Array.from({ length: STEPS }, () =>
    tf.tidy(() => step().map((scalar) => scalar.dataSync()[0])),
  );
  return [...values.flat(), ...params.flatMap((param) => [...param.dataSync()])];
}
