/** @file Which classes a classifier takes for which. */
import { z } from 'zod';
import { Dataset } from '../datasets';
import { Model } from '../models';
import { type Chart, confusionChart } from '../plots';
import { DataError } from '../utils/errors';
import { instanceOf, nameable, optionsOf } from '../utils/options';
import { classNames } from './class_names';
import { predictions } from './predictions';

export interface ConfusionMatrixOptions {
  /** Gives a number for each class; the largest is its answer. */
  model: Model;
  /** Whose examples to classify; with targets. */
  dataset: Dataset;
  /** Names of the classes; 0, 1, 2 and so on unless given. */
  names?: string[] | null;
}

const WHERE = 'pictures.confusionMatrix';
const schema = optionsOf<ConfusionMatrixOptions>()({
  model: instanceOf(Model),
  dataset: instanceOf(Dataset),
  names: z.array(z.string()).nullable().default(null),
});

function countsOf(labels: Int32Array, predicted: Int32Array, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, i) => counts[label][predicted[i]]++);
  return counts;
}

/**
 * Classifies every example of a dataset and draws how many of each class are taken for which.
 * @returns A chart, which shows itself at the end of a cell.
 * @throws {@link DataError} for a model that is no classifier, or a dataset without targets.
 */
export const confusionMatrix = nameable(
  schema,
  WHERE,
  async ({ model, dataset, names }): Promise<Chart> => {
    if (!dataset.hasTargets()) throw new DataError(`${WHERE}: the dataset has no targets.`);
    const { classes, labels, predicted } = await predictions(WHERE, model, dataset);
    const counts = countsOf(labels!, predicted, classes);
    const wrong = labels!.filter((label, i) => label !== predicted[i]).length;
    const [some, all] = [wrong, labels!.length].map((count) => count.toLocaleString('en-US'));
    const share = Number(((100 * wrong) / labels!.length).toPrecision(3));
    return confusionChart({
      counts,
      names: classNames(WHERE, names, classes),
      title: `${some} of ${all} wrong: ${share} %`,
      notice: dataset.notice,
    });
  },
);
