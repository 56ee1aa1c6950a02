/**
 * @file Maxout over images. Port of pylearn2/models/maxout.py (`MaxoutConvC01B`); Goodfellow et al.
 * 2013, "Maxout networks". Differs: runs on any device, with any number of channels, and takes
 * images in any axes; pools need not be square.
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
import { NdArray } from '../../utils/nd_array';
import { type OptionsSchema, type Parsed, parseOptions } from '../../utils/options';
import {
  activationChannels,
  BadInputSpaceError,
  convolveWith,
  type DecayCoefficient,
  Layer,
  type LayerStates,
  maxPool,
  normalizeImages,
  poolGeometry,
  type Size2D,
} from '../mlp';
import type { Channels, WeightsFormat } from '../model';
import { type MaxoutConvC01BOptions, maxoutConvSchema } from './maxout_conv_options';

const schema = maxoutConvSchema;

/** The axes of what goes in and out, as the name says. */
const C01B: readonly Axis[] = ['c', 0, 1, 'b'];

/** What follows from the images that go in. */
interface Geometry {
  kernel: Size2D;
  detector: Size2D;
  pool: Size2D;
  stride: Size2D;
  output: Size2D;
}

/**
 * Output: kernels, not flipped, slide over the images; biases are added; of each run of `numPieces`
 * kernels, and then of each pool of neighbours, the largest is taken. It has no cost.
 */
export class MaxoutConvC01B extends Layer {
  static readonly schema: OptionsSchema<MaxoutConvC01BOptions> = schema;
  declare protected readonly options: Parsed<typeof schema>;
  /** Kernels [input channels, rows, columns, kernels] float32. */
  W?: SharedVariable<tf.Rank.R4>;
  /** Biases [kernels, rows, columns] float32, [kernels] if they are tied. */
  b?: SharedVariable;
  private inputSpace?: Conv2DSpace;
  private geometry?: Geometry;

  constructor(options: MaxoutConvC01BOptions) {
    super(parseOptions(schema, options, 'models.maxout.MaxoutConvC01B') as MaxoutConvC01BOptions);
  }

  /** How errors name the layer. */
  private get place(): string {
    return `MaxoutConvC01B \`${this.layerName}\``;
  }

  private get kernels(): number {
    return this.options.numChannels * this.options.numPieces;
  }

  /**
   * @throws {@link BadInputSpaceError} unless the space is a Conv2DSpace.
   * @throws {@link ShapeError} when kernels, pools or strides are too large and may not shrink.
   */
  override setInputSpace(space: Space): void {
    if (!(space instanceof Conv2DSpace)) throw new BadInputSpaceError(this.place, space);
    this.dispose();
    this.inputSpace = space;
    this.geometry = this.geometryOf(space);
    this.makeParams(space.numChannels, this.geometry);
  }

  private geometryOf({ shape }: Conv2DSpace): Geometry {
    const { options } = this;
    const padded = map(shape, (length) => length + 2 * options.pad);
    const kernel = this.within('kernel_shape', options.kernelShape, padded, options.fixKernelShape);
    const detector = map(
      padded,
      (length, axis) => Math.ceil((length - kernel[axis]) / options.kernelStride[axis]) + 1,
    );
    const pool = this.within('pool_shape', options.poolShape, detector, options.fixPoolShape);
    const stride = this.within('pool_stride', options.poolStride, pool, options.fixPoolStride);
    const { outputs: output } = poolGeometry(detector, pool, stride);
    return { kernel, detector, pool, stride, output };
  }

  /** A size that is no larger than another. */
  private within(option: string, given: readonly number[], most: Size2D, fix: boolean): Size2D {
    const fits = given.every((length, axis) => length <= most[axis]);
    if (!fits && !fix) {
      throw new ShapeError(
        `${this.place}: expected ${option} of at most ${most.join(' x ')}, ` +
          `received ${given.join(' x ')}.`,
      );
    }
    return map(given, (length, axis) => Math.min(length, most[axis]));
  }

  private makeParams(inputs: number, { kernel, detector }: Geometry): void {
    const { irange, initBias, tiedB, layerName } = this.options;
    const shape = [inputs, ...kernel, this.kernels];
    this.W = sharedX(
      new NdArray(this.rng.uniform(-irange, irange, shape), shape),
      `${layerName}_W`,
    );
    const biases = tiedB ? [this.kernels] : [this.kernels, ...detector];
    const count = biases.reduce((product, length) => product * length);
    const values = new Float32Array(count).fill(initBias);
    this.b = sharedX(new NdArray(values, biases), `${layerName}_b`);
  }

  override getInputSpace(): Conv2DSpace {
    return this.known(this.inputSpace) as Conv2DSpace;
  }

  override getOutputSpace(): Conv2DSpace {
    const { output } = this.known(this.inputSpace) && this.geometry!;
    return new Conv2DSpace({ shape: output, numChannels: this.options.numChannels, axes: C01B });
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
    const { minZero, inputNormalization, outputNormalization } = this.options;
    return tidyOutermost(() => {
      const given = toNatural(stateBelow as tf.Tensor4D, space.axes);
      const largest = this.pool(this.detect(normalizeImages(given, inputNormalization, C01B)));
      const output = minZero ? largest.maximum<tf.Tensor4D>(0) : largest;
      return fromNatural(normalizeImages(output, outputNormalization, C01B), C01B);
    });
  }

  /** What the kernels give: [examples, rows, columns, kernels]. */
  private detect(images: tf.Tensor4D): tf.Tensor4D {
    const { pad, kernelStride } = this.options;
    const { kernel, detector } = this.geometry!;
    const around = map(images.shape.slice(1, 3), (length, axis) => {
      const reached = (detector[axis] - 1) * kernelStride[axis] + kernel[axis];
      return reached - pad - length;
    });
    const input = images.pad<tf.Tensor4D>([
      [0, 0],
      [pad, Math.max(0, around[0])],
      [pad, Math.max(0, around[1])],
      [0, 0],
    ]);
    const filters = this.filters().transpose<tf.Tensor4D>([1, 2, 0, 3]);
    const b = this.b as SharedVariable;
    return convolveWith(input, filters, [kernelStride[0], kernelStride[1]]).add(
      b.rank === 1 ? b : b.transpose([1, 2, 0]),
    );
  }

  private pool(detected: tf.Tensor4D): tf.Tensor4D {
    const { numChannels, numPieces, detectorNormalization } = this.options;
    const { pool, stride } = this.geometry!;
    const [examples, rows, columns] = detected.shape;
    const pieces = detected.reshape([examples, rows, columns, numChannels, numPieces]);
    const channels = pieces.max<tf.Tensor4D>(4);
    return maxPool(normalizeImages(channels, detectorNormalization, C01B), pool, stride);
  }

  private filters(): SharedVariable<tf.Rank.R4> {
    return this.known(this.inputSpace) && this.W!;
  }

  /** Norms of the kernels, and statistics of the output in which a unit is a channel. */
  override getLayerMonitoringChannels({ state }: LayerStates): Channels {
    const norms = this.filters().square().sum([0, 1, 2]).sqrt();
    const units = toNatural(state as tf.Tensor4D, C01B).reshape([-1, this.options.numChannels]);
    return {
      kernel_norms_min: norms.min(),
      kernel_norms_mean: norms.mean(),
      kernel_norms_max: norms.max(),
      ...activationChannels(units, '.'),
    };
  }

  protected override constrain(updates: Updates): void {
    const { maxKernelNorm: max } = this.options;
    const next = this.W && updates.get(this.W);
    if (!this.W || !next || max === null) return;
    updates.set(this.W, constrainNorms(next, { axes: [0, 1, 2], max }));
  }

  override getWeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return tf.tidy(() => this.filters().square().sum().mul(this.oneCoefficient(coeff)));
  }

  /** The kernels as images: [kernels, rows, columns, input channels]. */
  override getWeightsTopo(): NdArray {
    const topo = tf.tidy(() => this.filters().transpose([3, 1, 2, 0]));
    const values = new NdArray(topo.dataSync() as Float32Array, [...topo.shape]);
    topo.dispose();
    return values;
  }

  override getWeightsFormat(): WeightsFormat {
    return ['v', 'h'];
  }

  override setWeights(weights: NdArray): void {
    this.filters().setValue(weights);
  }

  override getBiases(): NdArray {
    return (this.known(this.inputSpace) && this.b!).getValue();
  }

  override setBiases(biases: NdArray): void {
    (this.known(this.inputSpace) && this.b!).setValue(biases);
  }
}

function map(lengths: readonly number[], f: (length: number, axis: 0 | 1) => number): Size2D {
  return [f(lengths[0], 0), f(lengths[1], 1)];
}
