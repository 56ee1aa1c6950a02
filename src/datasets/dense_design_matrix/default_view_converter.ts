/**
 * @file Images in rows of a matrix. Port of pylearn2/datasets/dense_design_matrix.py
 * (`DefaultViewConverter`).
 */
import { z } from 'zod';
import { tf } from '../../engine';
import {
  axesSchema,
  type Axis,
  type Batch,
  defaultAxes,
  moveAxes,
  type Space,
  VectorSpace,
} from '../../space';
import { expectShape } from '../../utils/errors';
import { optionsOf, parseOptions } from '../../utils/options';
import { isTopological, type ViewConverter } from './view_converter';

export interface DefaultViewConverterOptions {
  /** Rows, columns and channels of an image. */
  shape: readonly number[];
  /** Order of the axes of a topological view: 'b' examples, 0 rows, 1 columns, 'c' channels. */
  axes?: readonly Axis[];
}

const schema = optionsOf<DefaultViewConverterOptions>()({
  shape: z
    .array(z.number().int().positive())
    .readonly()
    .refine((shape) => shape.length === 3, {
      error: 'expected rows, columns and channels',
    }),
  axes: axesSchema.default(defaultAxes),
});

/** The order in which a design matrix holds the numbers of an image. */
const storedAxes: readonly Axis[] = ['b', 'c', 0, 1];
const WHERE = 'datasets.dense_design_matrix.DefaultViewConverter';

/** A row of the design matrix holds all of one channel, row by row, then the next channel. */
export class DefaultViewConverter implements ViewConverter {
  static readonly schema = schema;
  readonly shape: readonly number[];
  private order: readonly Axis[];

  constructor(options: DefaultViewConverterOptions) {
    ({ shape: this.shape, axes: this.order } = parseOptions(schema, options, WHERE));
  }

  get axes(): readonly Axis[] {
    return this.order;
  }

  /** Numbers in one image. */
  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  viewShape(): number[] {
    return [...this.shape];
  }

  weightsViewShape(): number[] {
    return [...this.shape];
  }

  /**
   * @param matrix - [batch, rows * columns * channels], read only.
   * @returns Images in the order of {@link axes}, owned by the caller.
   * @throws ShapeError when the rows have another length.
   */
  designMatToTopoView(matrix: tf.Tensor2D): tf.Tensor4D {
    return this.unfold(matrix, this.axes);
  }

  designMatToWeightsView(matrix: tf.Tensor2D): tf.Tensor4D {
    return this.unfold(matrix, defaultAxes);
  }

  private unfold(matrix: tf.Tensor2D, axes: readonly Axis[]): tf.Tensor4D {
    expectShape(`${WHERE}.designMatToTopoView`, 'a design matrix', matrix.shape, [null, this.size]);
    const [rows, columns, channels] = this.shape;
    return tf.tidy(() => {
      const stored = matrix.reshape([matrix.shape[0], channels, rows, columns]);
      return moveAxes(stored as tf.Tensor4D, storedAxes, axes);
    });
  }

  /**
   * @param images - In the order of {@link axes}, read only.
   * @returns [batch, rows * columns * channels], owned by the caller.
   * @throws ShapeError when the images have another size.
   */
  topoViewToDesignMat(images: tf.Tensor4D): tf.Tensor2D {
    const sizes: Record<Axis, number | null> = {
      b: null,
      0: this.shape[0],
      1: this.shape[1],
      c: this.shape[2],
    };
    const expected = this.axes.map((axis) => sizes[axis]);
    expectShape(`${WHERE}.topoViewToDesignMat`, 'images', images.shape, expected);
    return tf.tidy(() => {
      const stored = moveAxes(images, this.axes, storedAxes);
      return stored.reshape([stored.shape[0], this.size]) as tf.Tensor2D;
    });
  }

  /**
   * @param matrix - [batch, rows * columns * channels], read only.
   * @returns A batch in the space, owned by the caller; maybe the matrix itself.
   */
  getFormattedBatch(matrix: tf.Tensor2D, space: Space): Batch {
    if (!isTopological(space)) return new VectorSpace({ dim: this.size }).formatAs(matrix, space);
    return tf.tidy(() => {
      // From how they are stored, whatever the converter's axes: moved once, not twice.
      const stored = this.unfold(matrix, storedAxes);
      return space.fromTopologicalView(stored, storedAxes) as tf.Tensor;
    });
  }

  setAxes(axes: readonly Axis[]): void {
    ({ axes: this.order } = parseOptions(schema, { shape: this.shape, axes }, `${WHERE}.setAxes`));
  }

  getConfig(): DefaultViewConverterOptions {
    return { shape: this.shape, axes: this.axes };
  }
}
