/** @file Examples of a dataset as a model takes them and as people see them. */
import type { Dataset } from '../datasets';
import { tf } from '../engine';
import { type WeightsViewer } from '../gui';
import type { Model } from '../models';
import {
  type Batch,
  combineDataSpecs,
  type DataSpecs,
  DataSpecsMapping,
  nullDataSpecs,
  VectorSpace,
} from '../space';
import { DataError } from '../utils/errors';
import { NdArray } from '../utils/nd_array';

/** Some examples, owned by whoever took them. */
export interface Examples {
  /** In the model's input space. */
  inputs: Batch;
  /** The same as vectors, [batch, dim] float32. */
  rows: tf.Tensor2D;
  /** In the model's output space; null unless asked for. */
  targets: Batch;
  /** Frees all of it. */
  dispose(): void;
}

/** Which examples, and whether with their targets. */
export interface ExamplesWanted {
  batchSize: number;
  /** Draws the order; in sequence unless given. */
  seed?: number | null;
  targets?: boolean;
}

/** Batches of a dataset for a model. */
export function* examplesFor(
  model: Model,
  dataset: Dataset,
  { batchSize, seed = null, targets = false }: ExamplesWanted,
): Generator<Examples, void> {
  const mapping = new DataSpecsMapping(specsOf(model, targets));
  const batches = dataset.iterator({
    mode: seed === null ? 'sequential' : 'shuffled_sequential',
    rng: seed,
    batchSize: Math.min(batchSize, dataset.getNumExamples()),
    dataSpecs: mapping.flat,
  });
  for (const batch of batches) {
    const [inputs, rows, labels] = mapping.nest(batch) as [Batch, tf.Tensor2D, Batch];
    yield { inputs, rows, targets: labels, dispose: () => tf.dispose(batch) };
  }
}

/** The first of such batches alone. */
export function someExamples(model: Model, dataset: Dataset, wanted: ExamplesWanted): Examples {
  const batches = examplesFor(model, dataset, wanted);
  const { value } = batches.next();
  batches.return();
  return value as Examples;
}

function specsOf(model: Model, targets: boolean): DataSpecs {
  const [space, source] = [model.getInputSpace(), model.getInputSource()];
  const labels = { space: model.getOutputSpace(), source: model.getTargetSource() };
  return combineDataSpecs(
    { space, source },
    { space: new VectorSpace({ dim: space.getTotalDimension() }), source },
    targets ? labels : nullDataSpecs(),
  );
}

/** A dataset whose examples can be seen. */
interface Seen extends Dataset, WeightsViewer {
  adjustToBeViewedWith?(examples: tf.Tensor, others: tf.Tensor): tf.Tensor;
}

/**
 * Examples as people see them.
 * @param rows - [examples, dim] float32, as the dataset holds them; read only.
 * @param others - Of whose range they are to be seen; their own unless given.
 * @returns [examples, rows, columns, channels] in [-1, 1].
 * @throws {@link DataError} when nothing says how they are images.
 */
export function imagesOf(
  where: string,
  dataset: Dataset,
  rows: tf.Tensor2D,
  others: tf.Tensor2D = rows,
): NdArray {
  const seen = dataset as Seen;
  if (typeof seen.getWeightsView !== 'function') {
    throw new DataError(`${where}: the dataset does not know how to see its examples as images.`);
  }
  const images = tf.tidy(() => {
    const view = seen.getWeightsView(rows);
    const adjusted = seen.adjustToBeViewedWith?.(view, others) ?? seen.adjustForViewer(view);
    return adjusted.clipByValue(-1, 1);
  });
  const array = new NdArray(images.dataSync().slice() as Float32Array, [...images.shape]);
  images.dispose();
  return array;
}
