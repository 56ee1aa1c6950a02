/**
 * @file Gradients of activation functions by TensorFlow's own ops: one pass over the numbers each,
 * where tfjs's ways take up to seven. They look at what came out, so that a compiled function need
 * not keep what went in. Gradients of gradients go the long way, by ops that have gradients; they
 * start from what went in, since tfjs loses the way through an output that it saved.
 */
import { nativeBackend } from './native';
import * as tf from './tf';

interface Activation {
  readonly kernel: string;
  /** TensorFlow's op that makes dx out of y and dy. */
  readonly gradient: string;
  /** Whether that op wants y first. */
  readonly outputFirst: boolean;
  /** dx by ops that have gradients themselves. */
  readonly formula: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor;
}

const activations: readonly Activation[] = [
  {
    kernel: tf.Relu,
    gradient: 'ReluGrad',
    outputFirst: false,
    formula: (dy, x) => dy.mul(tf.step(x)),
  },
  {
    kernel: tf.Sigmoid,
    gradient: 'SigmoidGrad',
    outputFirst: true,
    formula: (dy, x) => dy.mul(tf.sigmoid(x)).mul(tf.sigmoid(x.neg())),
  },
  {
    kernel: tf.Tanh,
    gradient: 'TanhGrad',
    outputFirst: true,
    formula: (dy, x) => dy.mul(tf.sub(1, tf.tanh(x).square())),
  },
];

function byOp({ gradient, outputFirst }: Activation, dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const native = nativeBackend()!;
  const { TF_ATTR_TYPE, TF_FLOAT } = native.binding;
  const inputs = outputFirst ? [y, dy] : [dy, y];
  return native.executeSingleOutput(
    gradient,
    [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }],
    inputs,
  );
}

function replaceGradient(activation: Activation): void {
  tf.unregisterGradient(activation.kernel);
  tf.registerGradient({
    kernelName: activation.kernel,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y]) => ({
      x: () => {
        const change = dy as tf.Tensor;
        const { gradientDepth } = tf.engine().state;
        return gradientDepth > 0 ? activation.formula(change, x) : byOp(activation, change, y);
      },
    }),
  });
}

/** Replaces tfjs's gradients where the native engine is in use. To be called once. */
export function useNativeGradients(): void {
  if (nativeBackend()) activations.forEach(replaceGradient);
}
