/**
 * @file A picture of a dataset's examples. Port of pylearn2/scripts/show_examples.py. Differs:
 * shows datasets only, no samples of models; a grid has no empty rows.
 */
import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { loadPath } from '../config';
import { Dataset, DenseDesignMatrix } from '../datasets';
import { tf } from '../engine';
import { patchesOf, PatchViewer, type RescaleMode, rescaleModes } from '../gui';
import { DataError, show, showShape } from '../utils/errors';
import { Logger } from '../utils/log';
import { NdArray } from '../utils/nd_array';
import { instanceOf, optionsOf, parseOptions } from '../utils/options';
import { load } from '../utils/serial';
import type { ScriptCommand } from './command';

export interface ShowExamplesOptions {
  /** Path of a dataset, or of the YAML that describes one; or give `dataset`. */
  path?: string | null;
  dataset?: Dataset | null;
  rows?: number;
  cols?: number;
  /** Each image by its own largest value, all by the largest of all, or as they are. */
  rescale?: RescaleMode;
  /** Writes a PNG file. */
  out?: string | null;
}

const WHERE = 'scripts.show_examples';
const size = z.number().int().positive();
const schema = optionsOf<ShowExamplesOptions>()({
  path: z.string().min(1).nullable().default(null),
  dataset: instanceOf(Dataset).nullable().default(null),
  rows: size.default(20),
  cols: size.default(20),
  rescale: z.enum(rescaleModes).default('global'),
  out: z.string().min(1).nullable().default(null),
});
const log = new Logger(WHERE);

function asImages(value: unknown, path: string | null): DenseDesignMatrix {
  if (value instanceof DenseDesignMatrix) return value;
  throw new DataError(
    `${WHERE}: expected ${path ?? '`dataset`'} to be a dataset of images, received ${show(value)}.`,
  );
}

function taken(tensor: tf.Tensor): NdArray {
  const array = new NdArray(tensor.dataSync().slice() as Float32Array, [...tensor.shape]);
  tensor.dispose();
  return array;
}

/** Neighbouring examples from a random place: as they are, and as they are to be seen. */
function drawBatch(dataset: DenseDesignMatrix, batchSize: number): [NdArray, NdArray] {
  const batches = dataset.iterator({ mode: 'random_slice', batchSize, numBatches: 1 });
  const [features] = batches.next().value as [tf.Tensor2D];
  const views = tf.tidy(() => {
    const images = dataset.getWeightsView(features);
    return [images.clone(), dataset.adjustForViewer(images)];
  });
  features.dispose();
  return [taken(views[0]), taken(views[1])];
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values, Math.abs).reduce((a, b) => Math.max(a, b), 0);
}

function logStatistics(examples: NdArray): void {
  const norms = patchesOf(examples).map(({ data }) => Math.hypot(...(data as Float32Array)));
  const values = Array.from(examples.data as Float32Array);
  const [min, max] = [
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  ];
  log.info('norms of examples:');
  log.info(`\tmin:  ${Math.min(...norms)}`);
  log.info(`\tmean:  ${norms.reduce((a, b) => a + b, 0) / norms.length}`);
  log.info(`\tmax:  ${Math.max(...norms)}`);
  log.info(`range of elements of examples (${min}, ${max})`);
  log.info(`dtype: ${examples.dtype}`);
  log.info(showShape(examples.shape));
}

function drawGrid(views: NdArray, columns: number, rescale: RescaleMode): PatchViewer {
  const [count, rows, width, channels] = views.shape;
  const viewer = new PatchViewer({
    gridShape: [Math.ceil(count / columns), Math.min(count, columns)],
    patchShape: [rows, width],
    isColor: channels === 3,
  });
  const scale = rescale === 'global' ? largest(views.data as Float32Array) || 1 : 1;
  const values = (views.data as Float32Array).map((value) => value / scale);
  for (const patch of patchesOf(new NdArray(values, views.shape))) {
    viewer.addPatch(patch, { rescale: rescale === 'individual', activation: 0 });
  }
  return viewer;
}

/**
 * Draws neighbouring examples from a random place in a dataset, and logs how large they are.
 * @returns A picture, which shows itself at the end of a cell.
 * @throws {@link DataError} for what is no dataset of images.
 */
export function showExamples(options: ShowExamplesOptions): PatchViewer {
  const { path, dataset: given, rows, cols, rescale, out } = parseOptions(schema, options, WHERE);
  if ((path === null) === (given === null)) {
    throw new DataError(`${WHERE}: expected either \`path\` or \`dataset\`.`);
  }
  const loaded = given ?? (/\.ya?ml$/.test(path!) ? loadPath(path!) : load(path!));
  const dataset = asImages(loaded, path);
  try {
    const count = Math.min(rows * cols, dataset.getNumExamples());
    const [examples, views] = drawBatch(dataset, count);
    logStatistics(examples);
    const viewer = drawGrid(views, cols, rescale);
    if (out !== null) viewer.save(out);
    return viewer;
  } finally {
    if (given === null) dataset.dispose();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0))
    throw new InvalidArgumentError('It must be 1 or more.');
  return value;
}

interface Flags {
  rows?: number;
  cols?: number;
  rescale: RescaleMode;
  out?: string;
}

/** `tslearn2 show-examples dataset.yaml`. */
export const command: ScriptCommand = {
  name: 'show-examples',
  aliases: ['show_examples'],
  summary: "draw a dataset's examples",
  configure(program): void {
    program
      .argument('<path>', 'path of a dataset, or of the YAML that describes one')
      .option('--rows <n>', 'images below each other (20)', positive)
      .option('--cols <n>', 'images beside each other (20)', positive)
      .addOption(
        new Option('--rescale <mode>', 'what becomes black or white')
          .choices(rescaleModes)
          .default('global'),
      )
      .option('--out <file>', 'write a PNG file instead of showing it')
      .action((path: string, { out, ...flags }: Flags) => {
        const viewer = showExamples({ path, out, ...flags });
        if (out === undefined) viewer.show();
        else log.info(`The picture is in ${out}.`);
      });
  },
};
