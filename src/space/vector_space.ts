/** @file Vectors of real numbers. Port of pylearn2/space/__init__.py (`VectorSpace`). */
import { z } from 'zod';
import { tf } from '../engine';
import { expectShape, ShapeError, show } from '../utils/errors';
import { flag, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { type FloatType, floatType } from './float_type';
import { type Batch, Space } from './space';

export interface VectorSpaceOptions {
  /** Numbers in one vector. */
  dim: number;
  /** Whether batches are sparse, which they are not here. */
  sparse?: boolean;
  /** Type of the numbers: that of the engine. */
  dtype?: FloatType | null;
}

const schema = optionsOf<VectorSpaceOptions>()({
  dim: z.number().int().nonnegative(),
  sparse: flag()
    .refine((sparse) => !sparse, { error: 'expected false, batches are dense here' })
    .default(false),
  dtype: floatType,
});

/** Batches are float32 tensors [batch, dim]. */
export class VectorSpace extends Space {
  static readonly schema = schema;
  readonly dim: number;
  private readonly options: Parsed<typeof schema>;

  constructor(options: VectorSpaceOptions) {
    super();
    this.options = parseOptions(schema, options, 'space.VectorSpace');
    this.dim = this.options.dim;
  }

  override getTotalDimension(): number {
    return this.dim;
  }

  override getOriginBatch(batchSize: number): tf.Tensor2D {
    return tf.zeros([batchSize, this.dim]);
  }

  override batchSize(batch: Batch): number {
    this.validate(batch);
    return (batch as tf.Tensor).shape[0];
  }

  override equals(other: Space): boolean {
    return other instanceof VectorSpace && other.dim === this.dim;
  }

  override toString(): string {
    return `VectorSpace(dim=${this.dim})`;
  }

  override validate(batch: Batch, where = `${this.toString()}.validate`): void {
    if (!(batch instanceof tf.Tensor)) {
      throw new ShapeError(`${where}: expected a tensor, received ${show(batch)}.`);
    }
    expectShape(where, 'a batch', batch.shape, [null, this.dim]);
  }

  override getConfig(): object {
    return this.options;
  }

  override fromVector(vectors: tf.Tensor2D): tf.Tensor2D {
    return vectors;
  }

  protected override convert(batch: Batch, space: Space): Batch {
    return space.fromVector(batch as tf.Tensor2D);
  }
}
