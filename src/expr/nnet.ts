/** @file Measures of predictions. Port of pylearn2/expr/nnet.py. */
import { tf } from '../engine';
import { logitsBehind } from './logits';

/** `x * log(y)`, zero where x is, whatever y is there. */
function xLogY(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.where(x.equal(0), tf.zerosLike(x), x.mul(y.log()));
}

/**
 * Divergence of Bernoulli variables, less the entropy of the targets (zero if they are binary).
 * @param Y - Targets, from 0 to 1.
 * @param Yhat - Probabilities of the same shape; exact when they come from our own sigmoid.
 * @returns The same shape, in nats; owned by the caller.
 */
export function elemwiseKl(Y: tf.Tensor, Yhat: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const z = logitsBehind(Yhat);
    if (z) return tf.softplus(z).sub(Y.mul(z));
    const [miss, otherwise] = [Y.neg().add(1), Yhat.neg().add(1)];
    return xLogY(Y, Yhat).add(xLogY(miss, otherwise)).neg();
  });
}

/** True positives among what was predicted positive; 0 when nothing was. */
export function computePrecision(tp: tf.Tensor, fp: tf.Tensor): tf.Tensor {
  return tp.div(tp.add(fp).maximum(1));
}

/** True positives among all positives of `y`, of whatever output; 0 when there are none. */
export function computeRecall(y: tf.Tensor, tp: tf.Tensor): tf.Tensor {
  return tp.div(y.sum().maximum(1));
}

/** As the original has it: `2 p r / max(1, p + r)`, too small where p + r < 1. */
export function computeF1(precision: tf.Tensor, recall: tf.Tensor): tf.Tensor {
  return precision.mul(recall).mul(2).div(precision.add(recall).maximum(1));
}

/** Scalars by channel name. */
type Scalars = Record<string, tf.Scalar>;

function spread(name: string, values: tf.Tensor): Scalars {
  return {
    [`${name}_max`]: values.max(),
    [`${name}_mean`]: values.mean(),
    [`${name}_min`]: values.min(),
  };
}

/**
 * How well outputs detect things: precision, recall and F1, of all outputs and of each alone.
 * @param state - Probabilities; more than a half predicts.
 * @param targets - The same shape; more than a half is positive.
 * @param axes - Over which the examples of one output lie.
 */
export function detectionChannels(state: tf.Tensor, targets: tf.Tensor, axes: number[]): Scalars {
  const [predicted, actual] = [state.greater(0.5), targets.greater(0.5)];
  const [yhat, y] = [predicted.cast('float32'), actual.cast('float32')];
  const [hits, alarms] = [y.mul(yhat), y.neg().add(1).mul(yhat)];
  const precision = computePrecision(hits.sum(), alarms.sum()) as tf.Scalar;
  const recall = computeRecall(y, hits.sum()) as tf.Scalar;
  const each = computePrecision(hits.sum(axes), alarms.sum(axes));
  const eachRecall = computeRecall(y, hits.sum(axes));
  return {
    '01_loss': predicted.notEqual(actual).cast('float32').mean(),
    precision,
    recall,
    f1: computeF1(precision, recall) as tf.Scalar,
    ...spread('per_output_precision', each),
    ...spread('per_output_recall', eachRecall),
    ...spread('per_output_f1', computeF1(each, eachRecall)),
  };
}
