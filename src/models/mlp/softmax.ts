/** @file Probabilities of classes. Port of pylearn2/models/mlp.py (`Softmax`). */
import { z } from 'zod';
import { type SharedVariable, tf, type Updates } from '../../engine';
import { logitsBehind, rememberLogits } from '../../expr';
import { ModelExtension } from '../../model_extensions';
import { type Batch, IndexSpace, type Space, VectorSpace } from '../../space';
import { DataError } from '../../utils/errors';
import { NdArray } from '../../utils/nd_array';
import {
  flag,
  instanceOf,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import type { Channels } from '../model';
import { AffineLayer, present } from './affine_layer';
import type { LayerOptions, LayerStates } from './layer';
import { type Targeted, targetedSchema } from './targeted';
import { initialWeights, normChannels } from './weights';

export interface SoftmaxOptions extends LayerOptions {
  /** Number of classes. */
  nClasses: number;
  layerName: string;
  /** Initial weights: uniform between -irange and irange. */
  irange?: number | null;
  /** Initial weights: normal with this standard deviation. */
  istdev?: number | null;
  /** Initial weights: so many inputs of each class get a normal weight, the others zero. */
  sparseInit?: number | null;
  /** Factor on the learning rate of the weights. */
  wLrScale?: number | null;
  /** Factor on the learning rate of the biases. */
  bLrScale?: number | null;
  /** Largest L2 norm of the weights that leave one input. */
  maxRowNorm?: number | null;
  /** No weights and biases: the softmax of the input itself. */
  noAffine?: boolean;
  /** Largest L2 norm of the weights that enter one class. */
  maxColNorm?: number | null;
  /** Dataset by whose class frequencies the biases start. */
  initBiasTargetMarginals?: Targeted | null;
  /** So many labels an example as targets, instead of a one-hot code. */
  binaryTargetDim?: number | null;
  /** One class less is learned; its input is taken to be zero. */
  nonRedundant?: boolean;
}

/** The zod shape of the options that Softmax shares with SoftmaxRegression. */
export const softmaxShape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  nClasses: z.number().int().positive(),
  irange: z.number().nonnegative().nullable().default(null),
  istdev: z.number().nonnegative().nullable().default(null),
  sparseInit: z.number().int().nonnegative().nullable().default(null),
  wLrScale: z.number().nullable().default(null).meta({ yaml: 'W_lr_scale' }),
  bLrScale: z.number().nullable().default(null),
  maxRowNorm: z.number().positive().nullable().default(null),
  maxColNorm: z.number().positive().nullable().default(null),
  initBiasTargetMarginals: targetedSchema.nullable().default(null),
};

const schema = optionsOf<SoftmaxOptions>()({
  ...softmaxShape,
  layerName: z.string(),
  noAffine: flag().default(false),
  binaryTargetDim: z.number().int().positive().nullable().default(null),
  nonRedundant: flag().default(false),
});

/** What made some probabilities; their logarithms when that is not known. */
function logits(probabilities: tf.Tensor2D): tf.Tensor2D {
  return (logitsBehind(probabilities) as tf.Tensor2D | undefined) ?? probabilities.log();
}

/** The softmax of the mean of what made several probabilities: their geometric mean, normalised. */
export function geometricMean(probabilities: readonly tf.Tensor2D[]): tf.Tensor2D {
  return tf.tidy(() => {
    const sum = tf.addN(probabilities.map(logits));
    return tf.softmax(sum.div<tf.Tensor2D>(probabilities.length));
  });
}

/** Output: softmax(x W + b), a probability for each class. Cost: mean negative log-likelihood. */
export class Softmax extends AffineLayer {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: SoftmaxOptions) {
    super(parseOptions(new.target.schema, options, 'models.mlp.Softmax') as SoftmaxOptions);
  }

  protected override makeParams(inputs: number): void {
    const { nClasses, noAffine, nonRedundant, initBiasTargetMarginals } = this.options;
    if (noAffine) return;
    const units = nonRedundant ? nClasses - 1 : nClasses;
    const where = `models.mlp.Softmax \`${this.layerName}\``;
    const W = initialWeights(this.rng, this.options, [inputs, units], where);
    const bias = initBiasTargetMarginals
      ? logFrequencies(initBiasTargetMarginals, nClasses)
      : new Float32Array(nClasses);
    // The original names them so whatever the layer is called.
    this.setParams(W, new NdArray(bias.slice(0, units)), 'softmax');
  }

  override getParams(): SharedVariable[] {
    return present(this.b, this.W);
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return this.scalers(this.options, this);
  }

  override getOutputSpace(): VectorSpace {
    return new VectorSpace({ dim: this.options.nClasses });
  }

  override getTargetSpace(): Space {
    const { binaryTargetDim, nClasses } = this.options;
    if (binaryTargetDim === null) return this.getOutputSpace();
    return new IndexSpace({ maxLabels: nClasses, dim: binaryTargetDim });
  }

  /** The input of the softmax: [batch, classes] float32. */
  private logits(stateBelow: Batch): tf.Tensor2D {
    if (this.options.noAffine) return this.asVectors(stateBelow);
    const z = this.affine(stateBelow);
    if (!this.options.nonRedundant) return z;
    return z.pad([
      [0, 0],
      [1, 0],
    ]);
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    const z = this.logits(stateBelow);
    return rememberLogits(tf.softmax(z), z);
  }

  /** The targets as one-hot codes. */
  private codes(Y: Batch): tf.Tensor2D {
    this.getTargetSpace().validate(Y, `Softmax \`${this.layerName}\` targets`);
    return this.getTargetSpace().formatAs(Y, this.getOutputSpace()) as tf.Tensor2D;
  }

  /**
   * [batch, classes] float32: minus the log-probability of the class, in its column.
   * @param Yhat - From {@link fprop}; of other probabilities the logarithm is taken.
   */
  override costMatrix(Y: Batch, Yhat: Batch): tf.Tensor2D {
    const logProbabilities = tf.logSoftmax(logits(Yhat as tf.Tensor2D));
    return this.codes(Y).mul<tf.Tensor2D>(logProbabilities).neg();
  }

  override costFromCostMatrix(matrix: tf.Tensor): tf.Scalar {
    return tf.tidy(() => matrix.sum(1).mean());
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    return tf.tidy(() => this.costFromCostMatrix(this.costMatrix(Y, Yhat)));
  }

  override getLayerMonitoringChannels({ state, targets }: LayerStates): Channels {
    const probabilities = state as tf.Tensor2D;
    const best = probabilities.max(1);
    return {
      ...(this.W ? normChannels(this.W) : {}),
      mean_max_class: best.mean(),
      max_max_class: best.max(),
      min_max_class: best.min(),
      ...(targets ? this.targetChannels(probabilities, targets) : {}),
    };
  }

  private targetChannels(probabilities: tf.Tensor2D, targets: Batch): Channels {
    const nll = this.cost(targets, probabilities);
    if ((this.options.binaryTargetDim ?? 1) > 1) return { nll };
    const wrong = this.codes(targets).argMax(1).notEqual(probabilities.argMax(1));
    return { misclass: wrong.cast('float32').mean(), nll };
  }

  protected override constrain(updates: Updates): void {
    this.constrainWeights(updates, this.options);
  }

  /** The dataset of the biases is not saved: their values are. */
  override getConfig(): object {
    return { ...this.options, initBiasTargetMarginals: null };
  }
}

/** Logarithms of the class frequencies, less their mean. */
function logFrequencies(dataset: Targeted, nClasses: number): Float32Array {
  const targets = dataset.getTargets();
  if (!targets)
    throw new DataError('models.mlp.Softmax: the dataset of the biases has no targets.');
  const biases = tf.tidy(() => {
    const codes = targets.dtype === 'int32' ? tf.oneHot(targets.flatten(), nClasses) : targets;
    const log = codes.cast('float32').mean(0).log();
    return log.sub(log.mean());
  });
  const values = biases.dataSync() as Float32Array;
  tf.dispose([biases, targets]);
  return values;
}
