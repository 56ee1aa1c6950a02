/** @file Examples with what a classifier says about them. */
import { z } from 'zod';
import { Dataset } from '../datasets';
import { tf } from '../engine';
import { dataUrl, patchesOf } from '../gui';
import { Model } from '../models';
import { type Chart, type ImageCell, imagesChart } from '../plots';
import { DataError } from '../utils/errors';
import { breathe } from '../utils/interrupt';
import { flag, instanceOf, nameable, optionsOf } from '../utils/options';
import { makeRng } from '../utils/rng';
import { classNames } from './class_names';
import { examplesFor, imagesOf } from './examples';
import { type Predictions, predictions } from './predictions';

export interface ShowPredictionsOptions {
  /** Gives a number for each class; the largest is its answer. */
  model: Model;
  /** Whose examples to show; it says how they are images. */
  dataset: Dataset;
  /** How many examples; 20 unless given. */
  count?: number;
  /** Shows mistakes alone, those first of which the model is surest; false unless given. */
  wrong?: boolean;
  /** Draws the examples at random; the first ones unless given. */
  seed?: number | null;
  /** Names of the classes; 0, 1, 2 and so on unless given. */
  names?: string[] | null;
}

const WHERE = 'pictures.showPredictions';
/** Images beside each other. */
const COLUMNS = 10;
const schema = optionsOf<ShowPredictionsOptions>()({
  model: instanceOf(Model),
  dataset: instanceOf(Dataset),
  count: z.number().int().positive().max(100).default(20),
  wrong: flag().default(false),
  seed: z.number().int().nonnegative().nullable().default(null),
  names: z.array(z.string()).nullable().default(null),
});

/** The output for the class that is predicted. */
function sureness({ outputs, predicted, classes }: Predictions, example: number): number {
  return outputs[example * classes + predicted[example]];
}

interface Choice {
  count: number;
  wrong: boolean;
  seed: number | null;
}

/** Numbers of the examples to show. */
function choose(made: Predictions, { count, wrong, seed }: Choice): number[] {
  const { labels, predicted } = made;
  const all = Array.from(predicted.keys());
  const pool = wrong ? all.filter((i) => labels![i] !== predicted[i]) : all;
  if (seed !== null) {
    const order = makeRng(seed).permutation(pool.length);
    return Array.from(order.slice(0, count), (place) => pool[Number(place)]);
  }
  if (wrong) pool.sort((a, b) => sureness(made, b) - sureness(made, a));
  return pool.slice(0, count);
}

/** The images of some examples as addresses, and how large they are. */
async function imagesAt(
  model: Model,
  dataset: Dataset,
  examples: readonly number[],
): Promise<{ urls: string[]; patch: [number, number] }> {
  const urls = new Map<number, string>();
  let patch: [number, number] = [1, 1];
  let start = 0;
  for (const batch of examplesFor(model, dataset, { batchSize: 500 })) {
    const size = batch.rows.shape[0];
    const here = examples.filter((example) => example >= start && example < start + size);
    if (here.length > 0) {
      const rows = tf.tidy(() => batch.rows.gather(here.map((example) => example - start)));
      const images = imagesOf(WHERE, dataset, rows);
      patchesOf(images).forEach((image, i) => urls.set(here[i], dataUrl(image)));
      patch = images.shape.slice(1, 3) as [number, number];
      rows.dispose();
    }
    batch.dispose();
    start += size;
    if (urls.size === examples.length) break;
    await breathe();
  }
  return { urls: examples.map((example) => urls.get(example)!), patch };
}

/** A share in per cent; numbers that are no probabilities as they are. */
function percent(value: number): string {
  if (value < 0 || value > 1) return value.toPrecision(3);
  return `${(100 * value).toFixed(value < 0.995 && value > 0.005 ? 0 : 1)} %`;
}

function cellOf(made: Predictions, example: number, names: readonly string[]) {
  const predicted = names[made.predicted[example]];
  const label = made.labels && names[made.labels[example]];
  const right = label === undefined ? undefined : label === predicted;
  const sure = percent(sureness(made, example));
  return {
    caption: right === false ? `${predicted} ✗` : right ? `${predicted} ✓` : predicted,
    note: right === false ? `is ${label}` : sure,
    ...(right === undefined ? {} : { right }),
    facts: { example, predicted, ...(label === undefined ? {} : { true: label }), sure },
  };
}

function titleOf({ labels, predicted }: Predictions, { wrong }: Choice, shown: number): string {
  if (!labels) return `${shown} examples and what they are taken for`;
  const mistakes = labels.filter((label, i) => label !== predicted[i]).length;
  const [some, all] = [mistakes, labels.length].map((count) => count.toLocaleString('en-US'));
  return wrong ? `${shown} of ${some} mistakes` : `${some} of ${all} wrong`;
}

/**
 * Draws examples with the class that a model predicts: right ones blue with a tick, wrong ones
 * orange with a cross and what they are.
 * @returns A chart, which shows itself at the end of a cell.
 * @throws {@link DataError} for a model that is no classifier, examples that are no images, or
 * mistakes that cannot be told without targets.
 */
export const showPredictions = nameable(
  schema,
  WHERE,
  async ({ model, dataset, names, ...choice }): Promise<Chart> => {
    if (choice.wrong && !dataset.hasTargets()) {
      throw new DataError(`${WHERE}: mistakes cannot be told: the dataset has no targets.`);
    }
    const made = await predictions(WHERE, model, dataset);
    const examples = choose(made, choice);
    if (examples.length === 0) throw new DataError(`${WHERE}: the model makes no mistakes.`);
    const { urls, patch } = await imagesAt(model, dataset, examples);
    const called = classNames(WHERE, names, made.classes);
    const cells = urls.map((url, i): ImageCell => ({
      row: Math.floor(i / COLUMNS),
      column: i % COLUMNS,
      url,
      ...cellOf(made, examples[i], called),
    }));
    const title = titleOf(made, choice, examples.length);
    const text = cells.map(({ caption, note }) => `${caption} (${note})`).join(', ');
    return imagesChart(cells, { patch, title, notice: dataset.notice }, text);
  },
);
