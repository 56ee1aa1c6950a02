/**
 * @file Random data of a given size, for trying out models. Port of pylearn2/testing/datasets.py:
 * the same generator gives the same examples.
 */
import { z } from 'zod';
import { DenseDesignMatrix } from '../datasets';
import { axesSchema, type Axis } from '../space';
import { NdArray } from '../utils/nd_array';
import { nameable, optionsOf } from '../utils/options';
import { makeRng, type RandomState, rngOption, type Seed } from '../utils/rng';

export interface RandomMatrixOptions {
  /** Generator, or a seed for one. */
  rng: RandomState | Seed;
  numExamples: number;
  /** Features of an example. */
  dim: number;
  numClasses: number;
}

const count = z.number().int().positive();
const matrixShape = { rng: rngOption, numExamples: count, dim: count };
const WHERE = 'testing.datasets';

function normal(rng: RandomState, shape: number[]): NdArray {
  return new NdArray(rng.normal(0, 1, shape), shape);
}

/** One-hot rows of labels that are drawn. */
function oneHotTargets(rng: RandomState, examples: number, classes: number): NdArray {
  const rows = new Float32Array(examples * classes);
  rng.randint(0, classes, examples).forEach((label, i) => (rows[i * classes + label] = 1));
  return new NdArray(rows, [examples, classes]);
}

/** Normal features; labels [examples, 1], none where there are no classes. */
export const randomDenseDesignMatrix = nameable(
  optionsOf<RandomMatrixOptions>()({ ...matrixShape, numClasses: z.number().int().nonnegative() }),
  `${WHERE}.randomDenseDesignMatrix`,
  ({ rng: given, numExamples, dim, numClasses }) => {
    const rng = makeRng(given);
    const X = normal(rng, [numExamples, dim]);
    if (numClasses === 0) return new DenseDesignMatrix({ X });
    const labels = rng.randint(0, numClasses, numExamples);
    const y = new NdArray(labels, [numExamples, 1]);
    return new DenseDesignMatrix({ X, y, yLabels: numClasses });
  },
);

/** Normal features; one-hot targets. */
export const randomOneHotDenseDesignMatrix = nameable(
  optionsOf<RandomMatrixOptions>()({ ...matrixShape, numClasses: count }),
  `${WHERE}.randomOneHotDenseDesignMatrix`,
  ({ rng: given, numExamples, dim, numClasses }) => {
    const rng = makeRng(given);
    const X = normal(rng, [numExamples, dim]);
    return new DenseDesignMatrix({ X, y: oneHotTargets(rng, numExamples, numClasses) });
  },
);

export interface RandomImagesOptions {
  /** Generator, or a seed for one. */
  rng: RandomState | Seed;
  numExamples: number;
  /** Rows and columns of an image. */
  shape: readonly number[];
  channels: number;
  /** The order in which the numbers are drawn. */
  axes: readonly Axis[];
  numClasses: number;
}

/** Images of normal numbers; one-hot targets. */
export const randomOneHotTopologicalDenseDesignMatrix = nameable(
  optionsOf<RandomImagesOptions>()({
    rng: rngOption,
    numExamples: count,
    shape: z.array(count).length(2),
    channels: count,
    axes: axesSchema,
    numClasses: count,
  }),
  `${WHERE}.randomOneHotTopologicalDenseDesignMatrix`,
  ({ rng: given, numExamples, shape: [rows, columns], channels, axes, numClasses }) => {
    const rng = makeRng(given);
    const lengths: Record<Axis, number> = { b: numExamples, 0: rows, 1: columns, c: channels };
    const topoView = normal(
      rng,
      axes.map((axis) => lengths[axis]),
    );
    return new DenseDesignMatrix({
      topoView,
      axes,
      y: oneHotTargets(rng, numExamples, numClasses),
    });
  },
);

export interface RandomRegressionOptions {
  /** Generator, or a seed for one. */
  rng: RandomState | Seed;
  numExamples: number;
  /** Features of an example. */
  dim: number;
  /** Smallest target. */
  regMin: number;
  /** Targets are smaller than this. */
  regMax: number;
}

/** Normal features; whole numbers as targets, [examples, 1]. */
export const randomDenseDesignMatrixForRegression = nameable(
  optionsOf<RandomRegressionOptions>()({
    ...matrixShape,
    regMin: z.number().int(),
    regMax: z.number().int(),
  }),
  `${WHERE}.randomDenseDesignMatrixForRegression`,
  ({ rng: given, numExamples, dim, regMin, regMax }) => {
    const rng = makeRng(given);
    const X = normal(rng, [numExamples, dim]);
    const y = new NdArray(rng.randint(regMin, regMax, numExamples), [numExamples, 1]);
    return new DenseDesignMatrix({ X, y });
  },
);
