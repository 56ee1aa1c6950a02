/** @file What an autoencoder makes of examples, below the examples. */
import { z } from 'zod';
import { Corruptor } from '../corruption';
import { Dataset } from '../datasets';
import { function as makeFunction, tf } from '../engine';
import { dataUrl, patchesOf } from '../gui';
import { Model } from '../models';
import { type Chart, type ImageCell, imagesChart } from '../plots';
import { DataError } from '../utils/errors';
import type { NdArray } from '../utils/nd_array';
import { flag, instanceOf, nameable, optionsOf } from '../utils/options';
import { imagesOf, someExamples } from './examples';

export interface ShowReconstructionsOptions {
  /** Encodes and decodes: an autoencoder, or several that are stacked. */
  model: Model;
  /** Whose examples to show; it says how they are images. */
  dataset: Dataset;
  /** How many examples; 10 unless given. */
  count?: number;
  /** Draws the examples at random; the first ones unless given. */
  seed?: number | null;
  /** Whether the model sees the examples through its own noise, if it has any; true unless given. */
  noise?: boolean;
}

const WHERE = 'pictures.showReconstructions';
/** Examples beside each other. */
const COLUMNS = 10;
const schema = optionsOf<ShowReconstructionsOptions>()({
  model: instanceOf(Model),
  dataset: instanceOf(Dataset),
  count: z.number().int().positive().max(100).default(10),
  seed: z.number().int().nonnegative().nullable().default(null),
  noise: flag().default(true),
});

/** What this needs of a model. */
interface Autoencoding extends Model {
  encode(x: tf.Tensor): tf.Tensor;
  decode(h: tf.Tensor): tf.Tensor;
}

function autoencoding(model: Model): Autoencoding {
  const { encode, decode } = model as Partial<Autoencoding>;
  if (encode && decode) return model as Autoencoding;
  const { name } = model.constructor;
  throw new DataError(`${WHERE}: expected a model that encodes and decodes, received a ${name}.`);
}

/** The model's own noise, if it has any. */
function noiseOf(model: Model): Corruptor | undefined {
  const { corruptor } = model.getConfig() as { corruptor?: unknown };
  return corruptor instanceof Corruptor ? corruptor : undefined;
}

/** A corruptor and those that it is composed of. */
function partsOf(corruptor: Corruptor): Corruptor[] {
  const { corruptors = [] } = corruptor.getConfig() as { corruptors?: Corruptor[] };
  return [corruptor, ...corruptors.flatMap(partsOf)];
}

/** Puts random streams back to where they are now: looking changes nothing in training. */
function rewinder(noise?: Corruptor): () => void {
  type State = Parameters<Corruptor['setState']>[0];
  const parts = noise ? partsOf(noise) : [];
  const states = parts.map((part) => part.getState() as State);
  return () => parts.forEach((part, i) => part.setState(states[i]));
}

/** What the model sees, and what it makes of it; both owned by the caller. */
function reconstruct(
  model: Autoencoding,
  inputs: tf.Tensor2D,
  noise?: Corruptor,
): [tf.Tensor2D, tf.Tensor2D] {
  const rewind = rewinder(noise);
  const step = makeFunction<[tf.Tensor2D], [tf.Tensor2D, tf.Tensor2D]>(
    (x) => {
      const seen = noise ? noise.corrupt(x) : x.clone();
      return { outputs: [seen, model.decode(model.encode(seen))] as [tf.Tensor2D, tf.Tensor2D] };
    },
    { name: WHERE },
  );
  const result = step(inputs);
  rewind();
  return result;
}

/** Mean squared error of each example. */
function errorsOf(inputs: tf.Tensor2D, reconstructions: tf.Tensor2D): number[] {
  const errors = tf.tidy(() => inputs.squaredDifference(reconstructions).mean(1).dataSync());
  return Array.from(errors);
}

/** A band of rows for each ten examples. */
function cellsOf(rows: readonly NdArray[], names: readonly string[], errors: number[]) {
  return rows.flatMap((images, kind) =>
    patchesOf(images).map((patch, i): ImageCell => {
      const row = Math.floor(i / COLUMNS) * rows.length + kind;
      const error = Number(errors[i].toPrecision(3));
      const facts = { what: names[kind], example: i + 1, 'mean squared error': error };
      return { row, column: i % COLUMNS, url: dataUrl(patch), facts };
    }),
  );
}

/**
 * Draws examples, what noise makes of them where the model has any, and what the model makes of
 * that. The dataset's and the model's random streams stay where they are.
 * @returns A chart, which shows itself at the end of a cell.
 * @throws {@link DataError} for a model that does not decode, or examples that are no images.
 */
export const showReconstructions = nameable(
  schema,
  WHERE,
  ({ model: given, dataset, count, seed, noise }): Chart => {
    const model = autoencoding(given);
    const corruptor = noise ? noiseOf(model) : undefined;
    const examples = someExamples(model, dataset, { batchSize: count, seed });
    const [seen, made] = reconstruct(model, examples.rows, corruptor);
    try {
      const names = ['original', ...(corruptor ? ['with noise'] : []), 'reconstruction'];
      const rows = [examples.rows, ...(corruptor ? [seen] : []), made].map((each) =>
        imagesOf(WHERE, dataset, each, examples.rows),
      );
      const errors = errorsOf(examples.rows, made);
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const title = `${errors.length} examples, mean squared error ${Number(mean.toPrecision(3))}`;
      const bands = Math.ceil(errors.length / COLUMNS);
      const rowNames = Array.from({ length: bands }, () => names).flat();
      const patch = rows[0].shape.slice(1, 3) as [number, number];
      const { notice } = dataset;
      return imagesChart(
        cellsOf(rows, names, errors),
        { patch, rowNames, title, notice },
        `rows: ${names.join(', ')}`,
      );
    } finally {
      tf.dispose([seen, made]);
      examples.dispose();
    }
  },
);
