/** @file Pieces of images, and images of pieces. Port of pylearn2/datasets/preprocessing.py. */
import { z } from 'zod';
import { tf } from '../../engine';
import { ShapeError } from '../../utils/errors';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { makeRng, type RandomState, rngOption, type Seed } from '../../utils/rng';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { changeImages, changeTargets } from './change';
import { Preprocessor } from './preprocessor';

/** The zod type of rows and columns. */
export const rowsAndColumns = z
  .array(z.number().int().positive())
  .readonly()
  .refine((sizes) => sizes.length === 2, { error: 'expected rows and columns' });

const WHERE = 'datasets.preprocessing';

/** Where a piece begins: image, row, column. */
type Corner = readonly [image: number, row: number, column: number];

/** Pieces of one shape, [pieces, rows, columns, channels]. */
function cut(images: tf.Tensor4D, [rows, columns]: readonly number[], corners: Corner[]) {
  const [, height, width, channels] = images.shape;
  const places = new Int32Array(corners.length * rows * columns);
  corners.forEach(([image, top, left], i) => {
    for (let row = 0; row < rows; row++) {
      const start = (image * height + top + row) * width + left;
      const at = (i * rows + row) * columns;
      for (let column = 0; column < columns; column++) places[at + column] = start + column;
    }
  });
  const pixels = images.reshape([-1, channels]).gather(tf.tensor1d(places, 'int32'));
  return pixels.reshape([corners.length, rows, columns, channels]) as tf.Tensor4D;
}

function expectRoom(name: string, images: tf.Tensor4D, shape: readonly number[]): void {
  const [, rows, columns] = images.shape;
  if (shape[0] <= rows && shape[1] <= columns) return;
  throw new ShapeError(
    `${WHERE}.${name}: pieces of ${shape.join(' x ')} do not fit on images of ${rows} x ${columns}.`,
  );
}

export interface ExtractPatchesOptions {
  /** Rows and columns of a piece. */
  patchShape: readonly number[];
  /** Pieces to draw. */
  numPatches: number;
  /** Generator, which stays as it is, or seed. */
  rng?: RandomState | Seed | null;
}

const schema = optionsOf<ExtractPatchesOptions>()({
  patchShape: rowsAndColumns,
  numPatches: z.number().int().positive(),
  rng: rngOption.nullable().default(null),
});

const SEED = [1, 2, 3];

/** Replaces images by pieces at places drawn at random, the same at each use. Targets are dropped. */
export class ExtractPatches extends Preprocessor {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: ExtractPatchesOptions) {
    super();
    this.options = parseOptions(schema, options, `${WHERE}.ExtractPatches`);
  }

  override apply(dataset: DenseDesignMatrix): void {
    const { patchShape, numPatches } = this.options;
    const rng = makeRng(this.options.rng, SEED).clone();
    changeImages(dataset, (images) => {
      expectRoom('ExtractPatches', images, patchShape);
      const [count, height, width] = images.shape;
      const corners = Array.from({ length: numPatches }, (): Corner => {
        const image = rng.randint(count);
        const row = rng.randint(height - patchShape[0] + 1);
        return [image, row, rng.randint(width - patchShape[1] + 1)];
      });
      return cut(images, patchShape, corners);
    });
    dataset.setTargets(null);
  }

  getConfig(): object {
    return this.options;
  }
}

export interface ExtractGridPatchesOptions {
  /** Rows and columns of a piece. */
  patchShape: readonly number[];
  /** Rows and columns from one piece to the next; 0 for a single one. */
  patchStride: readonly number[];
}

const gridSchema = optionsOf<ExtractGridPatchesOptions>()({
  patchShape: rowsAndColumns,
  patchStride: z
    .array(z.number().int().nonnegative())
    .readonly()
    .refine((sizes) => sizes.length === 2, { error: 'expected rows and columns' }),
});

/** Where pieces begin along one axis. */
function starts(length: number, piece: number, stride: number): number[] {
  const count = stride === 0 ? 1 : Math.floor((length - piece) / stride) + 1;
  return Array.from({ length: count }, (_, i) => i * stride);
}

/** Replaces each image by all its pieces at regular places, row by row, each with its targets. */
export class ExtractGridPatches extends Preprocessor {
  static readonly schema = gridSchema;
  private readonly options: Parsed<typeof gridSchema>;

  constructor(options: ExtractGridPatchesOptions) {
    super();
    this.options = parseOptions(gridSchema, options, `${WHERE}.ExtractGridPatches`);
  }

  override apply(dataset: DenseDesignMatrix): void {
    const { patchShape, patchStride } = this.options;
    const before = dataset.getNumExamples();
    changeImages(dataset, (images) => {
      expectRoom('ExtractGridPatches', images, patchShape);
      const [rows, columns] = [0, 1].map((axis) =>
        starts(images.shape[axis + 1]!, patchShape[axis], patchStride[axis]),
      );
      const corners = Array.from({ length: before }, (_, image) =>
        rows.flatMap((row) => columns.map((column): Corner => [image, row, column])),
      );
      return cut(images, patchShape, corners.flat());
    });
    const each = dataset.getNumExamples() / before;
    changeTargets(dataset, (i) => Math.floor(i / each));
  }

  getConfig(): object {
    return this.options;
  }
}

export interface ReassembleGridPatchesOptions {
  /** Rows and columns of an image. */
  origShape: readonly number[];
  /** Rows and columns of a piece; they divide the image's. */
  patchShape: readonly number[];
}

const reassembleSchema = optionsOf<ReassembleGridPatchesOptions>()({
  origShape: rowsAndColumns,
  patchShape: rowsAndColumns,
});

/** Puts images together from pieces side by side: undoes ExtractGridPatches where stride is shape. */
export class ReassembleGridPatches extends Preprocessor {
  static readonly schema = reassembleSchema;
  private readonly options: Parsed<typeof reassembleSchema>;

  constructor(options: ReassembleGridPatchesOptions) {
    super();
    this.options = parseOptions(reassembleSchema, options, `${WHERE}.ReassembleGridPatches`);
  }

  override apply(dataset: DenseDesignMatrix): void {
    const { origShape, patchShape } = this.options;
    const [down, across] = [0, 1].map((axis) => origShape[axis] / patchShape[axis]);
    const each = down * across;
    if (![down, across, dataset.getNumExamples() / each].every(Number.isInteger)) {
      throw new ShapeError(
        `${WHERE}.ReassembleGridPatches: ${dataset.getNumExamples()} pieces of ` +
          `${patchShape.join(' x ')} make no images of ${origShape.join(' x ')}.`,
      );
    }
    changeImages(dataset, (pieces) => {
      const channels = pieces.shape[3];
      const grid = pieces.reshape([-1, down, across, ...patchShape, channels]);
      return grid.transpose([0, 1, 3, 2, 4, 5]).reshape([-1, origShape[0], origShape[1], channels]);
    });
    changeTargets(dataset, (i) => i * each);
  }

  getConfig(): object {
    return this.options;
  }
}
