/**
 * @file Datasets made from others, for YAML. Port of pylearn2/datasets/dense_design_matrix.py
 * (`from_dataset`, `dataset_range`, `convert_to_one_hot`, `set_axes`). Differs: what is made has
 * the number of classes of what it was made from.
 */
import { z } from 'zod';
import { tf } from '../../engine';
import { axesSchema, type Axis } from '../../space';
import { instanceOf, nameable, optionsOf } from '../../utils/options';
import { DenseDesignMatrix } from './dense_design_matrix';
import { argumentError } from './numbers';

const PLACE = 'datasets.dense_design_matrix';
const dataset = instanceOf(DenseDesignMatrix);
const size = z.number().int().nonnegative();

/** A dataset of some rows of another, which it takes over. */
function derive(from: DenseDesignMatrix, X: tf.Tensor2D, y: tf.Tensor | null): DenseDesignMatrix {
  const { viewConverter, XLabels, yLabels } = from;
  const made = new DenseDesignMatrix({ X, y, viewConverter, XLabels, yLabels });
  made.adjustForViewer = (examples) => from.adjustForViewer(examples);
  made.notice = from.notice;
  tf.dispose([X, ...(y ? [y] : [])]);
  return made;
}

export interface FromDatasetOptions {
  dataset: DenseDesignMatrix;
  /** Examples in the new dataset. */
  numExamples: number;
}

/** Copies examples that lie side by side; where, the dataset's own generator draws. */
export const fromDataset = nameable(
  optionsOf<FromDatasetOptions>()({ dataset, numExamples: size }),
  `${PLACE}.fromDataset`,
  ({ dataset, numExamples }) => derive(dataset, ...dataset.getBatchDesign(numExamples)),
);

export interface DatasetRangeOptions {
  dataset: DenseDesignMatrix;
  /** First example. */
  start: number;
  /** The example behind the last one. */
  stop: number;
}

const rangeSchema = optionsOf<DatasetRangeOptions>()({ dataset, start: size, stop: size });

/** Copies the examples from `start` up to, not including, `stop`. */
export const datasetRange = nameable(
  rangeSchema,
  `${PLACE}.datasetRange`,
  ({ dataset, start, stop }) => {
    const examples = dataset.getNumExamples();
    if (stop <= start || stop > examples) {
      const detail = `expected ${start + 1} to ${examples}, received ${stop}`;
      throw argumentError(`${PLACE}.datasetRange`, 'stop', detail, rangeSchema.keys);
    }
    const X = dataset.X.slice(start, stop - start);
    return derive(dataset, X, dataset.y && dataset.y.slice(start, stop - start));
  },
);

export interface ConvertToOneHotOptions {
  dataset: DenseDesignMatrix;
  /** The label that becomes column 0. */
  minClass?: number;
}

/** Turns a dataset's list of labels into one-hot rows and returns the dataset. */
export const convertToOneHot = nameable(
  optionsOf<ConvertToOneHotOptions>()({ dataset, minClass: z.number().int().default(0) }),
  `${PLACE}.convertToOneHot`,
  ({ dataset, minClass }) => {
    dataset.convertToOneHot(minClass);
    return dataset;
  },
);

export interface SetAxesOptions {
  dataset: DenseDesignMatrix;
  axes: readonly Axis[];
}

/** Changes the axes in which a dataset shows its images and returns the dataset. */
export const setAxes = nameable(
  optionsOf<SetAxesOptions>()({ dataset, axes: axesSchema }),
  `${PLACE}.setAxes`,
  ({ dataset, axes }) => {
    dataset.setViewConverterAxes(axes);
    return dataset;
  },
);
