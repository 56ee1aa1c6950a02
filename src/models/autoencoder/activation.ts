/** @file Activation functions by name. Port of `_resolve_callable` of pylearn2/models/autoencoder.py. */
import { z } from 'zod';
import { tf } from '../../engine';
import { sigmoid } from '../../expr';

/** A function of what a unit sums up, elementwise unless it is the softmax. */
export type Activation = (z: tf.Tensor) => tf.Tensor;

const activations = {
  linear: (z: tf.Tensor) => z,
  sigmoid: (z: tf.Tensor) => sigmoid(z),
  tanh: (z: tf.Tensor) => z.tanh(),
  softplus: (z: tf.Tensor) => z.softplus(),
  softmax: (z: tf.Tensor) => tf.softmax(z),
  relu: (z: tf.Tensor) => z.relu(),
  exp: (z: tf.Tensor) => z.exp(),
  hard_sigmoid: (z: tf.Tensor) => z.mul(0.2).add(0.5).clipByValue(0, 1),
} satisfies Record<string, Activation>;

/** The names that an activation can be given by. */
export type ActivationName = keyof typeof activations;

const names = Object.keys(activations) as [ActivationName, ...ActivationName[]];

/** The zod type of an activation: a name, a function, or null for none. */
export const activationType = z
  .union([z.enum(names), z.custom<Activation>((value) => typeof value === 'function')], {
    error: `expected one of ${names.join(', ')}, a function or null`,
  })
  .nullable();

/** The function of a name; none is the identity. */
export function activationOf(given: ActivationName | Activation | null): Activation {
  if (given === null) return activations.linear;
  return typeof given === 'string' ? activations[given] : given;
}

/**
 * The derivative of an elementwise activation.
 * @param z - What is summed up, read only.
 * @returns The same shape; differentiable itself.
 */
export function derivative(activation: Activation, z: tf.Tensor): tf.Tensor {
  return tf.grad((x: tf.Tensor) => activation(x).sum())(z);
}
