/**
 * @file A convolutional layer. Port of pylearn2/models/mlp.py (`ConvElemwise`). Differs:
 * `sparse_init` works, as it does in Linear, each kernel being a unit.
 */
import { type SharedVariable, sharedX, tf, tidyOutermost, type Updates } from '../../engine';
import { constrainNorms } from '../../model_extensions/norm_constraint';
import {
  type Axis,
  type Batch,
  Conv2DSpace,
  fromNatural,
  type Space,
  toNatural,
} from '../../space';
import { ShapeError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import { NdArray } from '../../utils/nd_array';
import {
  instanceOf,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import type { Channels, WeightsFormat } from '../model';
import { BadInputSpaceError } from './bad_input_space_error';
import { ConvNonlinearity } from './conv_nonlinearity';
import { checkConvOptions, type ConvOptions, convShape } from './conv_options';
import { convolve, convolvedSize } from './convolution';
import { type DecayCoefficient, Layer, type LayerStates } from './layer';
import { normalizeImages } from './normalizer';
import { maxPool, meanPool, poolGeometry, type Size2D } from './pooling';
import { initialWeights } from './weights';

export interface ConvElemwiseOptions extends ConvOptions {
  /** What follows the convolution, e.g. a RectifierConvNonlinearity. */
  nonlinearity: ConvNonlinearity;
}

const schema = optionsOf<ConvElemwiseOptions>()({
  ...convShape,
  nonlinearity: instanceOf(ConvNonlinearity),
});

/** The order in which outputs, and what normalisations see, are reported. */
const BC01: readonly Axis[] = ['b', 'c', 0, 1];
const logger = new Logger('models.mlp');

/**
 * Output: kernels, flipped, slide over the images; biases are added, the nonlinearity is applied,
 * neighbours are pooled. A bias for each channel and place unless `tiedB`.
 */
export class ConvElemwise extends Layer {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  /** Kernels [output channels, input channels, rows, columns] float32. */
  W?: SharedVariable<tf.Rank.R4>;
  /** Biases [output channels, rows, columns] float32, [output channels] if they are tied. */
  b?: SharedVariable;
  private inputSpace?: Conv2DSpace;
  private detector?: Conv2DSpace;

  constructor(options: ConvElemwiseOptions, where = 'models.mlp.ConvElemwise') {
    super(parseOptions(schema, options, where) as ConvElemwiseOptions);
    checkConvOptions(this.options, where);
    if (this.options.includeProb !== 1) {
      logger.warn(`${where} \`${this.layerName}\`: include_prob has no effect, as in Pylearn2.`);
    }
  }

  /** How errors name the layer. */
  private get place(): string {
    return `${this.constructor.name} \`${this.layerName}\``;
  }

  /** @throws {@link BadInputSpaceError} unless the space is a Conv2DSpace. */
  override setInputSpace(space: Space): void {
    if (!(space instanceof Conv2DSpace)) throw new BadInputSpaceError(this.place, space);
    this.dispose();
    this.inputSpace = space;
    this.detector = this.makeDetectorSpace(space);
    this.checkPools(this.detector);
    this.makeParams(space.numChannels, this.detector);
  }

  private makeDetectorSpace(space: Conv2DSpace): Conv2DSpace {
    const { kernelShape, kernelStride, borderMode, outputChannels } = this.options;
    const [image, kernel, stride] = [space.shape, kernelShape, kernelStride].map(size2D);
    const shape = convolvedSize(image, kernel, stride, borderMode);
    if (shape[0] < 1 || shape[1] < 1) {
      throw new ShapeError(
        `${this.place}: kernels of ${kernel.join(' x ')} do not fit on images of ${image.join(' x ')}.`,
      );
    }
    return new Conv2DSpace({ shape, numChannels: outputChannels, axes: BC01 });
  }

  private checkPools({ shape }: Conv2DSpace): void {
    const { poolType, poolShape } = this.options;
    if (poolType === null || poolShape!.every((length, axis) => length <= shape[axis])) return;
    throw new ShapeError(
      `${this.place}: pools of ${poolShape!.join(' x ')} do not fit on images of ${shape.join(' x ')}.`,
    );
  }

  private makeParams(inputs: number, detector: Conv2DSpace): void {
    const { outputChannels, kernelShape, initBias, tiedB, layerName } = this.options;
    const shape = [outputChannels, inputs, kernelShape[0], kernelShape[1]];
    this.W = sharedX(this.initialKernels(shape), `${layerName}_W`);
    const biases = tiedB ? [outputChannels] : [outputChannels, ...detector.shape];
    const values = new Float32Array(biases.reduce((product, length) => product * length)).fill(
      initBias,
    );
    this.b = sharedX(new NdArray(values, biases), `${layerName}_b`);
  }

  private initialKernels(shape: number[]): NdArray {
    const { irange, sparseInit } = this.options;
    if (irange !== null) return new NdArray(this.rng.uniform(-irange, irange, shape), shape);
    const [outputs, ...kernel] = shape;
    const inputs = kernel.reduce((product, length) => product * length);
    const scheme = { irange, istdev: null, sparseInit };
    const { data } = initialWeights(this.rng, scheme, [inputs, outputs], this.place);
    const kernels = Float64Array.from({ length: data.length }, (_, i) =>
      Number(data[(i % inputs) * outputs + Math.floor(i / inputs)]),
    );
    return new NdArray(kernels, shape);
  }

  override getInputSpace(): Conv2DSpace {
    return this.known(this.inputSpace) as Conv2DSpace;
  }

  /** Images before pooling. */
  getDetectorSpace(): Conv2DSpace {
    return this.known(this.detector) as Conv2DSpace;
  }

  override getOutputSpace(): Conv2DSpace {
    const detector = this.getDetectorSpace();
    const { poolType, poolShape, poolStride, outputChannels } = this.options;
    if (poolType === null) return detector;
    const [image, pool, stride] = [detector.shape, poolShape!, poolStride!].map(size2D);
    const { outputs } = poolGeometry(image, pool, stride);
    return new Conv2DSpace({ shape: outputs, numChannels: outputChannels, axes: BC01 });
  }

  override getParams(): SharedVariable[] {
    return this.W && this.b ? [this.W, this.b] : [];
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return this.scalers(this.options, this);
  }

  /** Images are [examples, rows, columns, channels] within the layer, whatever it reports. */
  override fprop(stateBelow: Batch): tf.Tensor4D {
    const space = this.getInputSpace();
    space.validate(stateBelow, `${this.place} fprop`);
    return tidyOutermost(() => {
      const z = this.detect(toNatural(stateBelow as tf.Tensor4D, space.axes));
      const pooled = this.activate(z);
      return fromNatural(normalizeImages(pooled, this.options.outputNormalization, BC01), BC01);
    });
  }

  private detect(images: tf.Tensor4D): tf.Tensor4D {
    const { kernelStride, borderMode } = this.options;
    const z = convolve(images, this.kernels(), size2D(kernelStride), borderMode);
    const b = this.b as SharedVariable;
    return z.add(b.rank === 1 ? b : b.transpose([1, 2, 0]));
  }

  /** Nonlinearity and pools, in the order that takes less time where both give the same. */
  private activate(z: tf.Tensor4D): tf.Tensor4D {
    const { nonlinearity, poolType, detectorNormalization } = this.options;
    const poolFirst = poolType === 'max' && !detectorNormalization && nonlinearity.isIncreasing();
    return poolFirst ? nonlinearity.apply(this.pool(z)) : this.pool(nonlinearity.apply(z));
  }

  private pool(detector: tf.Tensor4D): tf.Tensor4D {
    const { poolType, poolShape, poolStride, detectorNormalization } = this.options;
    if (poolType === null) return detector;
    const images = normalizeImages(detector, detectorNormalization, BC01);
    const pool = poolType === 'max' ? maxPool : meanPool;
    return pool(images, size2D(poolShape!), size2D(poolStride!));
  }

  private kernels(): SharedVariable<tf.Rank.R4> {
    return this.known(this.inputSpace) && this.W!;
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    this.getTargetSpace().validate(Y, `${this.place} targets`);
    return tf.tidy(() => this.options.nonlinearity.cost(natural(Y), natural(Yhat)));
  }

  override getLayerMonitoringChannels({ state, targets }: LayerStates): Channels {
    const norms = this.kernels().square().sum([1, 2, 3]).sqrt();
    const seen = targets === undefined ? undefined : natural(targets);
    return {
      kernel_norms_min: norms.min(),
      kernel_norms_mean: norms.mean(),
      kernel_norms_max: norms.max(),
      ...this.options.nonlinearity.getMonitoringChannels(natural(state), seen),
    };
  }

  protected override constrain(updates: Updates): void {
    const { maxKernelNorm: max } = this.options;
    const next = this.W && updates.get(this.W);
    if (!this.W || !next || max === null) return;
    updates.set(this.W, constrainNorms(next, { axes: [1, 2, 3], max }));
  }

  override getWeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return tf.tidy(() => this.kernels().square().sum().mul(this.oneCoefficient(coeff)));
  }

  override getL1WeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return tf.tidy(() => this.kernels().abs().sum().mul(this.oneCoefficient(coeff)));
  }

  /** The kernels as images: [output channels, rows, columns, input channels]. */
  override getWeightsTopo(): NdArray {
    const topo = tf.tidy(() => this.kernels().transpose([0, 2, 3, 1]));
    const values = new NdArray(topo.dataSync() as Float32Array, [...topo.shape]);
    topo.dispose();
    return values;
  }

  override getWeightsFormat(): WeightsFormat {
    return ['v', 'h'];
  }

  override setWeights(weights: NdArray): void {
    this.kernels().setValue(weights);
  }

  override getBiases(): NdArray {
    return (this.known(this.inputSpace) && this.b!).getValue();
  }

  override setBiases(biases: NdArray): void {
    (this.known(this.inputSpace) && this.b!).setValue(biases);
  }
}

function size2D(size: readonly number[]): Size2D {
  return [size[0], size[1]];
}

function natural(batch: Batch): tf.Tensor4D {
  return toNatural(batch as tf.Tensor4D, BC01);
}
