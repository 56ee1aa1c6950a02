/** @file Activation functions by name. Port of `_resolve_callable` of pylearn2/models/autoencoder.py. */
import { z } from 'zod';
import { tf } from '../../engine';
import { sigmoid } from '../../expr';

/** A function of what a unit sums up, elementwise unless it is the softmax. */
export type Activation = (z: tf.Tensor) => tf.Tensor;

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** Ones where a number is positive, the other values elsewhere. */
function whereNegative(x: tf.Tensor, values: tf.Tensor): tf.Tensor {
  return tf.where(x.greater(0), tf.onesLike(x), values);
}

/**
 * Functions in the names that Theano has for them, and their derivatives, in closed form: these
 * can be differentiated again, which tfjs's own cannot always.
 */
const activations = {
  linear: [(x) => x, (x) => tf.onesLike(x)],
  sigmoid: [(x) => sigmoid(x), (x) => x.sigmoid().mul(x.neg().sigmoid())],
  tanh: [(x) => x.tanh(), (x) => x.tanh().square().neg().add(1)],
  softplus: [(x) => x.softplus(), (x) => x.sigmoid()],
  softmax: [(x) => tf.softmax(x)],
  relu: [(x) => x.relu(), (x) => x.step()],
  elu: [(x) => x.elu(), (x) => whereNegative(x, x.exp())],
  selu: [(x) => x.selu(), (x) => whereNegative(x, x.exp().mul(SELU_ALPHA)).mul(SELU_SCALE)],
  softsign: [(x) => x.div(x.abs().add(1)), (x) => x.abs().add(1).square().reciprocal()],
  hard_sigmoid: [
    (x) => x.mul(0.2).add(0.5).clipByValue(0, 1),
    (x) => x.abs().less(2.5).cast('float32').mul(0.2),
  ],
  exp: [(x) => x.exp(), (x) => x.exp()],
  log: [(x) => x.log(), (x) => x.reciprocal()],
  sqr: [(x) => x.square(), (x) => x.mul(2)],
  sqrt: [(x) => x.sqrt(), (x) => x.rsqrt().mul(0.5)],
  abs_: [(x) => x.abs(), (x) => x.sign()],
  neg: [(x) => x.neg(), (x) => tf.onesLike(x).neg()],
  sin: [(x) => x.sin(), (x) => x.cos()],
  cos: [(x) => x.cos(), (x) => x.sin().neg()],
} satisfies Record<string, readonly [Activation, Activation?]>;

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
  return typeof given === 'function' ? given : activations[given ?? 'linear'][0];
}

/**
 * Whether each output depends on its own input alone, tried out on a small matrix.
 * @param given - A name or a function.
 */
export function isElementwise(given: ActivationName | Activation): boolean {
  const activation = activationOf(given);
  return tf.tidy(() => {
    const start = tf.tensor2d([0.3, 0.7, 0.2, 0.9], [2, 2]);
    const before = activation(start).dataSync();
    return [0, 1, 2, 3].every((moved) => {
      const shift = tf.oneHot([moved], 4).cast('float32').mul(0.05).reshape([2, 2]);
      const after = activation(start.add(shift)).dataSync();
      return after.length === 4 && after.every((y, i) => i === moved || y === before[i]);
    });
  });
}

/**
 * The derivative of an elementwise activation.
 * @param given - A name or a function.
 * @param x - What is summed up, read only.
 * @returns The same shape.
 */
export function derivative(given: ActivationName | Activation, x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const known: readonly Activation[] = typeof given === 'string' ? activations[given] : [];
    const [, slope] = known;
    if (slope) return slope(x);
    const activation = activationOf(given);
    return tf.grad((at: tf.Tensor) => activation(at).sum())(x);
  });
}
