/**
 * @file What a batch of data looks like. Port of pylearn2/space/__init__.py (`Space`,
 * `SimplyTypedSpace`). One kind of batch here where Pylearn2 has two: tensors are both symbolic
 * and numeric.
 */
import type { tf } from '../engine';
import { ShapeError } from '../utils/errors';

/** A batch in some space: a tensor; null in a NullSpace; nested lists in a CompositeSpace. */
export type Batch = tf.Tensor | null | Batch[];

/** A set of points, and the layout in which batches of them are held. */
export abstract class Space {
  /** Numbers in one point. */
  abstract getTotalDimension(): number;

  /**
   * A batch of zeros.
   * @returns Owned by the caller.
   */
  abstract getOriginBatch(batchSize: number): Batch;

  /** How many examples a batch holds. */
  abstract batchSize(batch: Batch): number;

  /** Whether the other space has the same points in the same layout. */
  abstract equals(other: Space): boolean;

  abstract toString(): string;

  /**
   * Checks that a batch is laid out as this space says.
   * @param where - Starts the error message, e.g. `models.mlp.MLP.fprop`.
   * @throws {@link ShapeError}
   */
  abstract validate(batch: Batch, where?: string): void;

  /** The batch in another space; only called when the spaces differ and their dimensions agree. */
  protected abstract convert(batch: Batch, space: Space): Batch;

  /** The options that make this space again. */
  abstract getConfig(): object;

  /**
   * Lays a batch out as another space does.
   * @param batch - In this space; read only.
   * @returns A batch in `space`, owned by the caller; the same tensor when nothing changes.
   * @throws {@link ShapeError} when no such conversion exists.
   */
  formatAs(batch: Batch, space: Space): Batch {
    this.validate(batch, `${this.toString()}.formatAs`);
    if (this.equals(space)) return batch;
    this.checkSizes(space);
    return this.convert(batch, space);
  }

  /**
   * The batch whose points were laid out as vectors; what VectorSpace formats with.
   * @param _vectors - [batch, getTotalDimension()] float32, read only.
   */
  fromVector(_vectors: tf.Tensor2D): Batch {
    throw new ShapeError(`${this.toString()}: cannot be made from vectors.`);
  }

  /** @throws {@link ShapeError} when the other space has points of another size. */
  protected checkSizes(space: Space): void {
    if (this.getTotalDimension() !== space.getTotalDimension()) {
      throw new ShapeError(
        `${this.toString()}: cannot be formatted as ${space.toString()}: ` +
          `${this.getTotalDimension()} numbers a point against ${space.getTotalDimension()}.`,
      );
    }
  }

  /** The error for a pair of spaces between which there is no conversion. */
  protected noConversion(space: Space): ShapeError {
    return new ShapeError(`${this.toString()}: cannot be formatted as ${space.toString()}.`);
  }
}
