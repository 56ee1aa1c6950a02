/**
 * @file What training data say about a good start. Port of pylearn2/models/mlp.py
 * (`beta_from_targets`, `beta_from_features`, `mean_of_targets`).
 */
import { z } from 'zod';
import { tf } from '../../engine';
import { DataError } from '../../utils/errors';
import { nameable, optionsOf } from '../../utils/options';
import { type Targeted, targetedSchema } from './targeted';

export interface MeanOfTargetsOptions {
  /** A dataset with targets. */
  dataset: Targeted;
}

/** Limits of the variances that precisions are made of. */
interface VarianceLimits {
  /** Smaller variances count as this. */
  minVar?: number;
  /** Larger variances count as this. */
  maxVar?: number;
}

export interface BetaFromTargetsOptions extends MeanOfTargetsOptions, VarianceLimits {}

export interface BetaFromFeaturesOptions extends VarianceLimits {
  /** A dataset with features in a matrix. */
  dataset: Featured;
}

/** A dataset with features in a matrix; a copy. */
export interface Featured {
  getDesignMatrix(): tf.Tensor2D;
}

const positive = z.number().positive();
const limits = { minVar: positive.default(1e-6), maxVar: positive.default(1e6) };

const featured = z.custom<Featured>(
  (value) => typeof (value as Partial<Featured> | null)?.getDesignMatrix === 'function',
  { error: 'expected a dataset with features in a matrix' },
);

/** Numbers from a matrix, which is freed. */
function fromMatrix(matrix: tf.Tensor, f: (columns: tf.Tensor2D) => tf.Tensor): number[] {
  const numbers = tf.tidy(() => {
    const columns = matrix.rank === 1 ? matrix.expandDims(1) : matrix;
    return f(columns.cast('float32'));
  });
  const values = Array.from(numbers.dataSync());
  tf.dispose([numbers, matrix]);
  return values;
}

/** The precision of each column. */
function precisionsOf(matrix: tf.Tensor, { minVar, maxVar }: Required<VarianceLimits>): number[] {
  return fromMatrix(matrix, (columns) =>
    tf.moments(columns, 0).variance.clipByValue(minVar, maxVar).reciprocal(),
  );
}

function targetsOf(where: string, dataset: Targeted): tf.Tensor {
  const targets = dataset.getTargets();
  if (targets) return targets;
  throw new DataError(`${where}: the dataset has no targets.`);
}

/** Precisions of a dataset's targets: good ones for LinearGaussian to start from. */
export const betaFromTargets = nameable(
  optionsOf<BetaFromTargetsOptions>()({ dataset: targetedSchema, ...limits }),
  'models.mlp.betaFromTargets',
  ({ dataset, ...rest }) => precisionsOf(targetsOf('models.mlp.betaFromTargets', dataset), rest),
);

/** Precisions of a dataset's features. */
export const betaFromFeatures = nameable(
  optionsOf<BetaFromFeaturesOptions>()({ dataset: featured, ...limits }),
  'models.mlp.betaFromFeatures',
  ({ dataset, ...rest }) => precisionsOf(dataset.getDesignMatrix(), rest),
);

/** Means of a dataset's targets: good biases for a last layer to start from. */
export const meanOfTargets = nameable(
  optionsOf<MeanOfTargetsOptions>()({ dataset: targetedSchema }),
  'models.mlp.meanOfTargets',
  ({ dataset }) =>
    fromMatrix(targetsOf('models.mlp.meanOfTargets', dataset), (columns) => columns.mean(0)),
);
