/** @file Class labels. Port of pylearn2/space/__init__.py (`IndexSpace`). */
import { z } from 'zod';
import { tf } from '../engine';
import { expectShape, ShapeError, show } from '../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../utils/options';
import { type Batch, Space } from './space';
import { VectorSpace } from './vector_space';

export interface IndexSpaceOptions {
  /** How many labels there are: they are the integers from 0 to `maxLabels` - 1. */
  maxLabels: number;
  /** Labels in one point. */
  dim: number;
  /** Type of the labels: whichever is given, they are int32 in the engine. */
  dtype?: (typeof integerTypes)[number] | null;
}

const integerTypes = ['int64', 'int32', 'int16', 'int8', 'uint8', 'uint16', 'uint32', 'uint64'] as const; // prettier-ignore

const schema = optionsOf<IndexSpaceOptions>()({
  maxLabels: z.number().int().positive(),
  dim: z.number().int().positive(),
  dtype: z.enum(integerTypes).nullable().default('int64'),
});

/**
 * Batches are int32 tensors [batch, dim] of labels. Formatted as a vector of `maxLabels` numbers
 * the one-hot codes of a point are merged, as one of `dim * maxLabels` they are put side by side.
 */
export class IndexSpace extends Space {
  static readonly schema = schema;
  readonly maxLabels: number;
  readonly dim: number;
  private readonly options: Parsed<typeof schema>;

  constructor(options: IndexSpaceOptions) {
    super();
    this.options = parseOptions(schema, options, 'space.IndexSpace');
    ({ maxLabels: this.maxLabels, dim: this.dim } = this.options);
  }

  override getTotalDimension(): number {
    return this.dim;
  }

  override getOriginBatch(batchSize: number): tf.Tensor2D {
    return tf.zeros([batchSize, this.dim], 'int32');
  }

  override batchSize(batch: Batch): number {
    this.validate(batch);
    return (batch as tf.Tensor).shape[0];
  }

  override equals(other: Space): boolean {
    return (
      other instanceof IndexSpace && other.dim === this.dim && other.maxLabels === this.maxLabels
    );
  }

  override toString(): string {
    return `IndexSpace(dim=${this.dim}, max_labels=${this.maxLabels})`;
  }

  override validate(batch: Batch, where = `${this.toString()}.validate`): void {
    if (!(batch instanceof tf.Tensor) || batch.dtype !== 'int32') {
      const came = batch instanceof tf.Tensor ? batch.dtype : show(batch);
      throw new ShapeError(`${where}: expected an int32 tensor, received ${came}.`);
    }
    expectShape(where, 'a batch', batch.shape, [null, this.dim]);
  }

  override getConfig(): object {
    return this.options;
  }

  /** Another rule than elsewhere: codes are longer than labels. */
  protected override checkSizes(_space: Space): void {}

  protected override convert(batch: Batch, space: Space): Batch {
    if (!(space instanceof VectorSpace)) throw this.noConversion(space);
    if (space.dim === this.maxLabels) return this.merge(batch as tf.Tensor2D);
    const length = this.dim * this.maxLabels;
    if (space.dim === length) return this.concatenate(batch as tf.Tensor2D);
    const codes = this.dim === 1 ? `${length}` : `${this.maxLabels} or ${length}`;
    throw new ShapeError(
      `${this.toString()}: cannot be formatted as ${space.toString()}: ` +
        `the codes of labels have ${codes} numbers.`,
    );
  }

  private concatenate(batch: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const codes = tf.oneHot(batch, this.maxLabels).cast('float32');
      return codes.reshape([batch.shape[0], this.dim * this.maxLabels]);
    });
  }

  private merge(batch: tf.Tensor2D): tf.Tensor2D {
    if (this.dim === 1) return this.concatenate(batch);
    return tf.tidy(() => tf.oneHot(batch, this.maxLabels).cast('float32').max(1));
  }
}
