/** @file Images. Port of pylearn2/space/__init__.py (`Conv2DSpace`). */
import { z } from 'zod';
import { tf, tidyOutermost } from '../engine';
import { expectShape, ShapeError, show } from '../utils/errors';
import { optionConflict, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { axesSchema, type Axis, defaultAxes, moveAxes } from './axes';
import { type FloatType, floatType } from './float_type';
import { fromNatural, toNatural } from './natural';
import { type Batch, Space } from './space';
import { VectorSpace } from './vector_space';

export interface Conv2DSpaceOptions {
  /** Rows and columns. */
  shape: readonly number[];
  /** Numbers at each place; this or `numChannels`. */
  channels?: number | null;
  /** The same. */
  numChannels?: number | null;
  /** Order of the axes of a batch: 'b' examples, 0 rows, 1 columns, 'c' channels. */
  axes?: readonly Axis[] | null;
  /** Type of the numbers: that of the engine. */
  dtype?: FloatType | null;
}

const size = z.number().int().positive();

const schema = optionsOf<Conv2DSpaceOptions>()({
  shape: z
    .array(size)
    .readonly()
    .refine((shape) => shape.length === 2, { error: 'expected rows and columns' }),
  channels: size.nullable().default(null),
  numChannels: size.nullable().default(null),
  axes: axesSchema
    .nullable()
    .default(null)
    .transform((axes) => axes ?? defaultAxes),
  dtype: floatType,
});

const WHERE = 'space.Conv2DSpace';

/**
 * Batches are float32 tensors of 4 axes, in the order of {@link axes}. As vectors images are always
 * laid out by row, column, channel, whatever the axes.
 */
export class Conv2DSpace extends Space {
  static readonly schema = schema;
  /** Rows and columns. */
  readonly shape: readonly number[];
  readonly numChannels: number;
  readonly axes: readonly Axis[];
  private readonly options: Parsed<typeof schema>;

  constructor(options: Conv2DSpaceOptions) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const { channels, numChannels } = this.options;
    if ((channels === null) === (numChannels === null)) {
      const given = channels === null ? 'neither' : 'both';
      throw optionConflict(WHERE, `expected channels or num_channels, received ${given}`);
    }
    ({ shape: this.shape, axes: this.axes } = this.options);
    this.numChannels = (channels ?? numChannels) as number;
  }

  override getTotalDimension(): number {
    return this.shape[0] * this.shape[1] * this.numChannels;
  }

  /** Lengths of the axes of a batch, in their order; null for the examples unless given. */
  private lengths<T extends number | null>(examples: T): (number | T)[] {
    const [rows, columns] = this.shape;
    const lengths = { b: examples, 0: rows, 1: columns, c: this.numChannels };
    return this.axes.map((axis) => lengths[axis]);
  }

  override getOriginBatch(batchSize: number): tf.Tensor4D {
    return tf.zeros<tf.Rank.R4>(this.lengths(batchSize) as tf.Tensor4D['shape']);
  }

  override batchSize(batch: Batch): number {
    this.validate(batch);
    return (batch as tf.Tensor4D).shape[this.axes.indexOf('b')];
  }

  override equals(other: Space): boolean {
    return this.hasSameImages(other) && this.axes.every((axis, i) => axis === other.axes[i]);
  }

  private hasSameImages(other: Space): other is Conv2DSpace {
    return (
      other instanceof Conv2DSpace &&
      other.numChannels === this.numChannels &&
      other.shape.every((length, i) => length === this.shape[i])
    );
  }

  override toString(): string {
    const axes = this.axes.map((axis) => (typeof axis === 'string' ? `'${axis}'` : axis));
    return (
      `Conv2DSpace(shape=(${this.shape.join(', ')}), ` +
      `num_channels=${this.numChannels}, axes=(${axes.join(', ')}))`
    );
  }

  override validate(batch: Batch, where = `${this.toString()}.validate`): void {
    if (!(batch instanceof tf.Tensor)) {
      throw new ShapeError(`${where}: expected a tensor, received ${show(batch)}.`);
    }
    expectShape(where, 'a batch', batch.shape, this.lengths(null));
  }

  override getConfig(): object {
    return this.options;
  }

  override fromVector(vectors: tf.Tensor2D): tf.Tensor4D {
    return tidyOutermost(() => {
      const [rows, columns] = this.shape;
      const images = vectors.reshape([vectors.shape[0], rows, columns, this.numChannels]);
      return fromNatural(images as tf.Tensor4D, this.axes);
    });
  }

  /**
   * Images that a dataset holds in some order of axes.
   * @param images - 4 axes, in the order that `axes` says; read only.
   * @returns A batch in this space, owned by the caller; maybe the same tensor.
   */
  fromTopologicalView(images: tf.Tensor4D, axes: readonly Axis[]): tf.Tensor4D {
    const batch = moveAxes(images, axes, this.axes);
    this.validate(batch, `${this.toString()}.fromTopologicalView`);
    return batch;
  }

  protected override convert(batch: Batch, space: Space): Batch {
    const images = batch as tf.Tensor4D;
    if (this.hasSameImages(space)) {
      return tidyOutermost(() => fromNatural(toNatural(images, this.axes), space.axes));
    }
    if (!(space instanceof VectorSpace)) throw this.noConversion(space);
    const shape: [number, number] = [images.shape[this.axes.indexOf('b')], space.dim];
    return tidyOutermost(() => toNatural(images, this.axes).reshape(shape));
  }
}
