/**
 * @file MNIST, 70,000 handwritten digits (LeCun, Cortes and Burges). Port of
 * pylearn2/datasets/mnist.py. Differs: the files may be compressed; where they are missing they
 * are downloaded, or else digits drawn by the project itself stand in, with a notice.
 */
import { z } from 'zod';
import { tf } from '../../engine';
import { axesSchema, defaultAxes } from '../../space';
import { Logger } from '../../utils/log';
import {
  flag,
  OptionError,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { getLoadData } from '../control';
import { type Axis, DefaultViewConverter, DenseDesignMatrix } from '../dense_design_matrix';
import { preprocessorSchema } from '../dense_design_matrix/options';
import type { Preprocessor } from '../preprocessing';
import { oneHotOption } from '../one_hot_notice';
import { features, PIXELS, shuffledOrder } from './features';
import { setFiles, type WhichSet } from './files';
import { type Digits, loadDigits } from './load';

const WHERE = 'datasets.mnist.MNIST';
const logger = new Logger('datasets.mnist');

export interface MNISTOptions {
  /** 'train' for the 60,000 training examples, 'test' for the 10,000 test examples. */
  whichSet: WhichSet;
  /** Subtracts from each pixel its mean over the whole set. */
  center?: boolean;
  /** Shuffles the examples, always in the same way, before some are chosen. */
  shuffle?: boolean;
  /** Makes pixels 0 or 1: 1 where they are above 0.5. */
  binarize?: boolean;
  /** First example. */
  start?: number | null;
  /** The example behind the last one; has no effect without `start`. */
  stop?: number | null;
  /** Accepted for the sake of old files: a model that asks for one-hot targets gets them. */
  oneHot?: boolean;
  /** Order of the axes of images: 'b' examples, 0 rows, 1 columns, 'c' channels. */
  axes?: readonly Axis[];
  /** Applied to the chosen examples. */
  preprocessor?: Preprocessor | null;
  /** Whether the preprocessor takes its statistics from them. */
  fitPreprocessor?: boolean;
  /** The same for the dataset that `getTestSet` makes. */
  fitTestPreprocessor?: boolean;
}

const noValidationSet =
  'there is no validation set in MNIST: take the last training examples for one, ' +
  'whichSet "train" with start 50000 and stop 60000; expected "train" or "test"';

const place = z.number().int().nonnegative().nullable().default(null);
const schema = optionsOf<MNISTOptions>()({
  whichSet: z.enum(['train', 'test'], {
    error: ({ input }) => (input === 'valid' ? noValidationSet : 'expected "train" or "test"'),
  }),
  center: flag().default(false),
  shuffle: flag().default(false),
  binarize: flag().default(false),
  start: place,
  stop: place,
  oneHot: oneHotOption('MNIST'),
  axes: axesSchema.default(defaultAxes),
  preprocessor: preprocessorSchema.nullable().default(null),
  fitPreprocessor: flag().default(false),
  fitTestPreprocessor: flag().default(false),
});

type Chosen = Parsed<typeof schema>;

/** First and last place of the examples that are wanted. */
function range({ whichSet, start, stop }: Chosen, examples: number): [number, number] {
  if (start === null) {
    if (stop !== null) {
      logger.warn(
        `MNIST ${whichSet}: \`stop\` has no effect without \`start\`, as in Pylearn2: ` +
          `all ${examples} examples are taken. Say \`start: 0\` as well.`,
      );
    }
    return [0, examples];
  }
  if (stop === null || stop <= start || stop > examples) {
    const detail = `expected an integer from ${start + 1} to ${examples}, received ${stop}`;
    const issue = { option: 'stop', path: '', problem: 'invalid', detail } as const;
    throw new OptionError(WHERE, [issue], schema.keys);
  }
  return [start, stop];
}

function noDigits(whichSet: WhichSet): Digits {
  const { examples } = setFiles[whichSet];
  const images = new Uint8Array(examples * PIXELS);
  return { images, labels: new Uint8Array(examples), source: 'no data were asked for' };
}

/** The chosen examples as tensors, owned by the caller. */
function toTensors(digits: Digits, options: Chosen): { X: tf.Tensor2D; y: tf.Tensor2D } {
  const examples = digits.labels.length;
  const [start, stop] = range(options, examples);
  const order = options.shuffle
    ? shuffledOrder(examples)
    : Int32Array.from({ length: examples }, (_, i) => i);
  const chosen = order.subarray(start, stop);
  return {
    X: tf.tensor2d(features(digits.images, chosen, options), [chosen.length, PIXELS]),
    y: tf.tensor2d(
      chosen.map((i) => digits.labels[i]),
      [chosen.length, 1],
      'int32',
    ),
  };
}

/**
 * Images of 28 x 28 pixels as 784 features from 0 to 1, row by row; the targets are labels from
 * 0 to 9, [examples, 1] int32.
 */
export class MNIST extends DenseDesignMatrix {
  static override readonly schema: OptionsSchema<MNISTOptions> = schema;
  /** Whether these are not MNIST but digits drawn by the project. */
  readonly synthetic: boolean;
  /** Where the examples come from: a folder, or words. */
  readonly source: string;
  private readonly chosen: Chosen;

  /**
   * @throws OptionError when there is no such set or no such examples.
   * @throws DataError when files are there but damaged.
   */
  constructor(options: MNISTOptions) {
    const parsed = parseOptions(schema, options, WHERE);
    const digits = getLoadData() ? loadDigits(parsed.whichSet) : noDigits(parsed.whichSet);
    const { X, y } = toTensors(digits, parsed);
    const { axes, preprocessor, fitPreprocessor } = parsed;
    const viewConverter = new DefaultViewConverter({ shape: [28, 28, 1], axes });
    try {
      super({ X, y, yLabels: 10, viewConverter, preprocessor, fitPreprocessor });
    } finally {
      tf.dispose([X, y]);
    }
    this.chosen = parsed;
    this.source = digits.source;
    this.notice = digits.notice;
    this.synthetic = digits.notice !== undefined;
  }

  /** Maps [0, 1] to [-1, 1]. */
  override adjustForViewer(examples: tf.Tensor): tf.Tensor {
    return tf.tidy(() => examples.mul(2).sub(1).clipByValue(-1, 1));
  }

  override adjustToBeViewedWith(examples: tf.Tensor, _others: tf.Tensor): tf.Tensor {
    return this.adjustForViewer(examples);
  }

  /** The whole test set, made with the same options. */
  getTestSet(): MNIST {
    const { fitTestPreprocessor: fitPreprocessor } = this.chosen;
    return new MNIST({
      ...this.chosen,
      whichSet: 'test',
      start: null,
      stop: null,
      fitPreprocessor,
      fitTestPreprocessor: false,
    });
  }

  override toString(): string {
    const { whichSet, start, stop } = this.chosen;
    const part = start === null ? '' : `, examples ${start} to ${stop! - 1}`;
    const name = `MNIST(${whichSet}${part}: ${this.getNumExamples()} images of 28 x 28)`;
    return this.synthetic ? `${name} - NOT MNIST but digits drawn by tslearn2` : name;
  }

  override describe(): string {
    return `${super.describe()}\nsource    ${this.source}`;
  }

  override getConfig(): MNISTOptions {
    return { ...this.chosen };
  }
}
