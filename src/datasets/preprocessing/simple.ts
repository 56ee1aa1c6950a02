/** @file Small changes of features and images. Port of pylearn2/datasets/preprocessing.py. */
import { z } from 'zod';
import { tf } from '../../engine';
import { ShapeError } from '../../utils/errors';
import { OptionError, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { makeRng, type RandomState, rngOption, type Seed } from '../../utils/rng';
import type { DenseDesignMatrix } from '../dense_design_matrix/dense_design_matrix';
import { changeFeatures, changeImages, changeTargets } from './change';
import { rowsAndColumns } from './patches';
import { Preprocessor } from './preprocessor';

const WHERE = 'datasets.preprocessing';
const nothing = optionsOf<object>()({});

/** Divides each example by its norm. */
export class MakeUnitNorm extends Preprocessor {
  static readonly schema = nothing;

  constructor(options: object = {}) {
    super();
    parseOptions(nothing, options, `${WHERE}.MakeUnitNorm`);
  }

  override apply(dataset: DenseDesignMatrix): void {
    changeFeatures(dataset, (X) => X.div(X.square().sum(1, true).sqrt()));
  }

  getConfig(): object {
    return {};
  }
}

export interface RemapIntervalOptions {
  /** Two numbers, ascending. */
  mapFrom: readonly number[];
  /** What they become; the others go along. */
  mapTo: readonly number[];
}

const interval = z
  .array(z.number())
  .readonly()
  .refine((ends) => ends.length === 2 && ends[0] < ends[1], {
    error: 'expected two numbers, ascending',
  });

const remapSchema = optionsOf<RemapIntervalOptions>()({ mapFrom: interval, mapTo: interval });

/** Stretches and shifts all features alike. */
export class RemapInterval extends Preprocessor {
  static readonly schema = remapSchema;
  private readonly options: Parsed<typeof remapSchema>;

  constructor(options: RemapIntervalOptions) {
    super();
    this.options = parseOptions(remapSchema, options, `${WHERE}.RemapInterval`);
  }

  override apply(dataset: DenseDesignMatrix): void {
    const [[low, high], [newLow, newHigh]] = [this.options.mapFrom, this.options.mapTo];
    changeFeatures(dataset, (X) =>
      X.sub(low)
        .div(high - low)
        .mul(newHigh - newLow)
        .add(newLow),
    );
  }

  getConfig(): object {
    return this.options;
  }
}

export interface DownsampleOptions {
  /** Rows and columns of pixels that become one; incomplete ones at the border are dropped. */
  samplingFactor: readonly number[];
}

const downsampleSchema = optionsOf<DownsampleOptions>()({ samplingFactor: rowsAndColumns });

/** Makes images smaller: each pixel is the mean of several. */
export class Downsample extends Preprocessor {
  static readonly schema = downsampleSchema;
  private readonly options: Parsed<typeof downsampleSchema>;

  constructor(options: DownsampleOptions) {
    super();
    this.options = parseOptions(downsampleSchema, options, `${WHERE}.Downsample`);
  }

  override apply(dataset: DenseDesignMatrix): void {
    const [rows, columns] = this.options.samplingFactor;
    const size: [number, number] = [rows, columns];
    changeImages(dataset, (images) => tf.avgPool(images, size, size, 'valid'));
  }

  getConfig(): object {
    return this.options;
  }
}

export interface CentralWindowOptions {
  /** Rows and columns of the window. */
  windowShape: readonly number[];
}

const windowSchema = optionsOf<CentralWindowOptions>()({ windowShape: rowsAndColumns });

/** Keeps the middle of each image. */
export class CentralWindow extends Preprocessor {
  static readonly schema = windowSchema;
  private readonly options: Parsed<typeof windowSchema>;

  constructor(options: CentralWindowOptions) {
    super();
    this.options = parseOptions(windowSchema, options, `${WHERE}.CentralWindow`);
  }

  /** @throws ShapeError when the images are smaller than the window. */
  override apply(dataset: DenseDesignMatrix): void {
    const [rows, columns] = this.options.windowShape;
    changeImages(dataset, (images) => {
      const [, height, width] = images.shape;
      if (rows > height || columns > width) {
        throw new ShapeError(
          `${WHERE}.CentralWindow: a window of ${rows} x ${columns} does not fit on images of ` +
            `${height} x ${width}.`,
        );
      }
      const [top, left] = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2)];
      return images.slice([0, top, left, 0], [-1, rows, columns, -1]);
    });
  }

  getConfig(): object {
    return this.options;
  }
}

export interface ShuffleAndSplitOptions {
  /** Seed of the order, or its generator, which advances. */
  seed: RandomState | Seed;
  /** First example to keep, once they are shuffled. */
  start: number;
  /** The example behind the last one to keep. */
  stop: number;
}

const place = z.number().int().nonnegative();
const splitSchema = optionsOf<ShuffleAndSplitOptions>()({
  seed: rngOption,
  start: place,
  stop: place,
});

/** Shuffles the examples and keeps some of them. */
export class ShuffleAndSplit extends Preprocessor {
  static readonly schema = splitSchema;
  private readonly options: Parsed<typeof splitSchema>;

  constructor(options: ShuffleAndSplitOptions) {
    super();
    this.options = parseOptions(splitSchema, options, `${WHERE}.ShuffleAndSplit`);
  }

  /** @throws OptionError when there are not that many examples. */
  override apply(dataset: DenseDesignMatrix): void {
    const { seed, start, stop } = this.options;
    const examples = dataset.getNumExamples();
    if (stop <= start || stop > examples) {
      const detail = `expected ${start + 1} to ${examples}, received ${stop}`;
      const issue = { option: 'stop', path: '', problem: 'invalid', detail } as const;
      throw new OptionError(`${WHERE}.ShuffleAndSplit`, [issue], splitSchema.keys);
    }
    const chosen = shuffled(examples, makeRng(seed)).subarray(start, stop);
    changeFeatures(dataset, (X) => X.gather(tf.tensor1d(chosen, 'int32')));
    changeTargets(dataset, (i) => chosen[i]);
  }

  getConfig(): object {
    return this.options;
  }
}

/** Each place in turn changes places with one that is drawn. */
function shuffled(count: number, rng: RandomState): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = rng.randint(count);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
