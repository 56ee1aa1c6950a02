/** @file Options of DenseDesignMatrix. */
import { z } from 'zod';
import { tf } from '../../engine';
import { axesSchema, type Axis, defaultAxes } from '../../space';
import { NdArray } from '../../utils/nd_array';
import { flag, optionsOf } from '../../utils/options';
import { type RandomState, rngOption, type Seed } from '../../utils/rng';
import type { Preprocessor } from '../preprocessing/preprocessor';
import type { Numbers } from './numbers';
import { type ViewConverter, viewConverterSchema } from './view_converter';

export interface DenseDesignMatrixOptions {
  /** The features: a row for each example. Tensor, NdArray or list of lists; copied. */
  X?: Numbers | null;
  /** Instead of X: images, 4 axes in the order that `axes` says. */
  topoView?: Numbers | null;
  /** The targets: class labels, one for each example, or a row of numbers for each. */
  y?: Numbers | null;
  /** Turns rows of X into images. */
  viewConverter?: ViewConverter | null;
  /** Order of the axes of `topoView`: 'b' examples, 0 rows, 1 columns, 'c' channels. */
  axes?: readonly Axis[];
  /** Generator or seed for the orders that are drawn at random. */
  rng?: RandomState | Seed;
  /** Applied to the dataset when it is made. */
  preprocessor?: Preprocessor | null;
  /** Whether the preprocessor takes its statistics from this dataset. */
  fitPreprocessor?: boolean;
  /** If X holds labels: how many there are. */
  XLabels?: number | null;
  /** If y holds class labels: how many classes there are. */
  yLabels?: number | null;
}

/** The seed of datasets that are given none. */
export const defaultSeed: Seed = [17, 2, 946];

const numbers = z.custom<Numbers>(
  (value) =>
    value instanceof tf.Tensor ||
    value instanceof NdArray ||
    Array.isArray(value) ||
    ArrayBuffer.isView(value),
  { error: 'expected a tensor, an NdArray or a list of lists' },
);
const count = z.number().int().positive();

/** The zod type of a preprocessor: whatever can be applied. */
export const preprocessorSchema = z.custom<Preprocessor>(
  (value) => typeof (value as Preprocessor | null)?.apply === 'function',
  { error: 'expected a preprocessor' },
);

export const denseDesignMatrixSchema = optionsOf<DenseDesignMatrixOptions>()({
  X: numbers.nullable().default(null).meta({ yaml: 'X' }),
  topoView: numbers.nullable().default(null),
  y: numbers.nullable().default(null),
  viewConverter: viewConverterSchema.nullable().default(null),
  axes: axesSchema.default(defaultAxes),
  rng: rngOption.default(defaultSeed),
  preprocessor: preprocessorSchema.nullable().default(null),
  fitPreprocessor: flag().default(false),
  XLabels: count.nullable().default(null).meta({ yaml: 'X_labels' }),
  yLabels: count.nullable().default(null),
});
