/** @file What a classifier says about every example of a dataset. */
import type { Dataset } from '../datasets';
import type { tf } from '../engine';
import { function as makeFunction } from '../engine';
import type { Model } from '../models';
import { type Batch, VectorSpace } from '../space';
import { DataError } from '../utils/errors';
import { breathe } from '../utils/interrupt';
import { LongTask } from '../utils/long_task';
import { examplesFor } from './examples';

/** The answers for some examples, in the order of the dataset. */
export interface Predictions {
  classes: number;
  /** A number for each class of each example, the largest for the class that is predicted. */
  outputs: Float32Array;
  /** The class that is predicted for each example. */
  predicted: Int32Array;
  /** The class that each example is of; undefined for a dataset without targets. */
  labels?: Int32Array;
}

interface Classifier extends Model {
  fprop(inputs: Batch): Batch;
}

/** Examples that are evaluated at once, unless the model insists on a number. */
const BATCH_SIZE = 500;

function classifier(where: string, model: Model): [Classifier, number] {
  const space = model.getOutputSpace();
  const { fprop } = model as Partial<Classifier>;
  if (fprop && space instanceof VectorSpace && space.dim > 1) {
    return [model as Classifier, space.dim];
  }
  throw new DataError(
    `${where}: expected a model that gives a number for each of several classes, received a ` +
      `${model.constructor.name} with outputs in ${space}.`,
  );
}

/** Which element of each row is the largest; the first of several. */
function largest(rows: Float32Array, width: number): Int32Array {
  return Int32Array.from({ length: rows.length / width }, (_, row) => {
    let best = row * width;
    for (let i = best + 1; i < (row + 1) * width; i++) if (rows[i] > rows[best]) best = i;
    return best - row * width;
  });
}

/**
 * Goes through a dataset; breathes between batches.
 * @throws {@link DataError} for a model that is no classifier.
 */
export async function predictions(
  where: string,
  given: Model,
  dataset: Dataset,
): Promise<Predictions> {
  const [model, classes] = classifier(where, given);
  const total = dataset.getNumExamples();
  const targets = dataset.hasTargets();
  const outputs = new Float32Array(total * classes);
  const codes = targets ? new Float32Array(total * classes) : undefined;
  const fprop = makeFunction((x: tf.Tensor) => ({ outputs: model.fprop(x) as tf.Tensor }), {
    name: where,
  });
  const batchSize = model.forceBatchSize ?? BATCH_SIZE;
  const task = new LongTask('examples', total);
  let done = 0;
  for (const batch of examplesFor(model, dataset, { batchSize, targets })) {
    const result = fprop(batch.inputs as tf.Tensor);
    outputs.set(result.dataSync(), done);
    codes?.set((batch.targets as tf.Tensor).dataSync(), done);
    done += result.size;
    result.dispose();
    batch.dispose();
    task.reached(done / classes);
    await breathe();
  }
  task.finish();
  return {
    classes,
    outputs,
    predicted: largest(outputs, classes),
    labels: codes && largest(codes, classes),
  };
}
