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

/** Derivatives in closed form: they can be differentiated again, which tfjs's own cannot always. */
const derivatives: Partial<Record<ActivationName, Activation>> = {
  sigmoid: (z) => tf.tidy(() => z.sigmoid().mul(z.neg().sigmoid())),
  tanh: (z) => tf.tidy(() => z.tanh().square().neg().add(1)),
  softplus: (z) => z.sigmoid(),
  relu: (z) => z.step(),
  exp: (z) => z.exp(),
};

/**
 * The derivative of an elementwise activation.
 * @param given - A name or a function.
 * @param z - What is summed up, read only.
 * @returns The same shape.
 */
export function derivative(given: ActivationName | Activation, z: tf.Tensor): tf.Tensor {
  const known = typeof given === 'string' ? derivatives[given] : undefined;
  if (known) return known(z);
  const activation = activationOf(given);
  return tf.grad((x: tf.Tensor) => activation(x).sum())(z);
}
