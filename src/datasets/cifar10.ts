/**
 * @file CIFAR-10, 60,000 small photographs of ten kinds of things (Krizhevsky 2009), from the files
 * of its Python version. Port of pylearn2/datasets/cifar10.py. Differs: it is not downloaded.
 */
import { z } from 'zod';
import { tf } from '../engine';
import { preprocessing } from '../expr';
import { axesSchema, defaultAxes } from '../space';
import { DataError } from '../utils/errors';
import { NdArray } from '../utils/nd_array';
import {
  flag,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../utils/options';
import { load } from '../utils/serial';
import { type Axis, DefaultViewConverter, DenseDesignMatrix } from './dense_design_matrix';
import { oneHotOption } from './one_hot_notice';
import { preprocessorSchema } from './dense_design_matrix/options';
import type { Preprocessor } from './preprocessing/preprocessor';

export interface CIFAR10Options {
  /** 'train' for the 50,000 training examples, 'test' for the 10,000 test examples. */
  whichSet: 'train' | 'test';
  /** Subtracts 127.5 from the pixels, which are from 0 to 255. */
  center?: boolean;
  /** Divides them by 127.5. */
  rescale?: boolean;
  /** Gives all examples the same contrast: this norm, and mean 0. */
  gcn?: number | null;
  /** Accepted for the sake of old files: a model that asks for one-hot targets gets them. */
  oneHot?: boolean;
  /** First example. */
  start?: number | null;
  /** The example behind the last one; needs `start`. */
  stop?: number | null;
  /** Order of the axes of images: 'b' examples, 0 rows, 1 columns, 'c' channels. */
  axes?: readonly Axis[];
  /** Divides pixels by 255 and subtracts their means over the training examples. */
  torontoPrepro?: boolean;
  /** Applied to the chosen examples. */
  preprocessor?: Preprocessor | null;
}

const place = z.number().int().nonnegative().nullable().default(null);
const schema = optionsOf<CIFAR10Options>()({
  whichSet: z.enum(['train', 'test']),
  center: flag().default(false),
  rescale: flag().default(false),
  gcn: z.number().positive().nullable().default(null),
  oneHot: oneHotOption('CIFAR10'),
  start: place,
  stop: place,
  axes: axesSchema.default(defaultAxes),
  torontoPrepro: flag().default(false),
  preprocessor: preprocessorSchema.nullable().default(null),
});

type Chosen = Parsed<typeof schema>;
const WHERE = 'datasets.cifar10.CIFAR10';
const FOLDER = '${PYLEARN2_DATA_PATH}/cifar10/cifar-10-batches-py';
const files: Record<Chosen['whichSet'], readonly string[]> = {
  train: [1, 2, 3, 4, 5].map((part) => `data_batch_${part}`),
  test: ['test_batch'],
};

/** Pixels of a set, [examples, 3072], and its labels. */
function readSet(whichSet: Chosen['whichSet']): { X: tf.Tensor2D; labels: number[] } {
  const parts = files[whichSet].map((name) => readPart(`${FOLDER}/${name}`));
  const X = tf.tidy(() =>
    tf.concat(parts.map(({ data, shape }) => tf.tensor2d(data, shape, 'float32'))),
  );
  return { X, labels: parts.flatMap(({ labels }) => labels) };
}

function readPart(path: string) {
  const { data, labels } = load(path) as { data?: unknown; labels?: unknown };
  if (!(data instanceof NdArray) || data.shape[1] !== 3072 || !Array.isArray(labels)) {
    throw new DataError(`${WHERE}: \`${path}\` does not hold images of CIFAR-10 and their labels.`);
  }
  const shape: [number, number] = [data.shape[0], 3072];
  return { data: Float32Array.from(data.data, Number), shape, labels: labels.map(Number) };
}

/** What the options make of pixels; the means are those of the training examples. */
function prepare(X: tf.Tensor2D, options: Chosen): tf.Tensor2D {
  const { whichSet, center, rescale, gcn, torontoPrepro } = options;
  return tf.tidy(() => {
    const centred = center ? X.sub<tf.Tensor2D>(127.5) : X;
    const scaled = rescale ? centred.div<tf.Tensor2D>(127.5) : centred;
    if (gcn !== null) return preprocessing.globalContrastNormalize(scaled, { scale: gcn });
    if (!torontoPrepro) return scaled.clone();
    const train = whichSet === 'train' ? X : readSet('train').X;
    return X.sub(train.mean(0)).div<tf.Tensor2D>(255);
  });
}

function choose(options: Chosen): { X: tf.Tensor2D; y: tf.Tensor2D } {
  const { start, stop } = options;
  const { X: pixels, labels } = readSet(options.whichSet);
  const from = start ?? 0;
  const chosen = labels.slice(from, stop ?? labels.length);
  const X = tf.tidy(() => prepare(pixels, options).slice(from, chosen.length).clone());
  pixels.dispose();
  return { X, y: tf.tensor2d(chosen, [chosen.length, 1], 'int32') };
}

/** Images of 32 x 32 in three colours as 3,072 features; the targets are labels from 0 to 9. */
export class CIFAR10 extends DenseDesignMatrix {
  static override readonly schema: OptionsSchema = schema;
  private readonly chosen: Chosen;

  /** @throws DataError when the files are not in PYLEARN2_DATA_PATH, or are damaged. */
  constructor(options: CIFAR10Options) {
    const parsed = parseOptions(schema, options, WHERE);
    checkOptions(parsed);
    const { X, y } = choose(parsed);
    const { axes, preprocessor } = parsed;
    const viewConverter = new DefaultViewConverter({ shape: [32, 32, 3], axes });
    try {
      super({ X, y, yLabels: 10, viewConverter, preprocessor });
    } finally {
      tf.dispose([X, y]);
    }
    this.chosen = parsed;
  }

  /** Maps pixels to [-1, 1]; what had its contrast changed is divided by its largest number. */
  override adjustForViewer(examples: tf.Tensor): tf.Tensor {
    const { center, rescale, gcn, torontoPrepro, preprocessor } = this.chosen;
    if (gcn !== null || torontoPrepro || preprocessor) return super.adjustForViewer(examples);
    return tf.tidy(() => {
      const centred = center ? examples : examples.sub(rescale ? 1 : 127.5);
      return (rescale ? centred : centred.div(127.5)).clipByValue(-1, 1);
    });
  }

  override getConfig(): CIFAR10Options {
    return { ...this.chosen };
  }
}

function checkOptions({ center, rescale, gcn, torontoPrepro, start, stop }: Chosen): void {
  if (torontoPrepro && (center || rescale || gcn !== null)) {
    throw optionConflict(WHERE, 'expected toronto_prepro alone, not beside center, rescale or gcn');
  }
  if (stop !== null && (start === null || stop <= start)) {
    throw optionConflict(WHERE, `expected start before stop, received ${start} and ${stop}`);
  }
}
