/** @file Port of pylearn2/training_algorithms/sgd.py (`MonitorBasedLRAdjuster`). */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { channelOf, getMonitor } from '../../monitor';
import { TrainExtension } from '../../train_extensions/train_extension';
import { NameError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import { optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { float32Str } from '../../utils/python_format';
import type { TrainingAlgorithm } from '../training_algorithm';
import { learningRateOf, read } from './learning_rate';

export interface MonitorBasedLRAdjusterOptions {
  /** The learning rate shrinks when the channel is above this share of its former value. */
  highTrigger?: number;
  /** What it is then multiplied by. */
  shrinkAmt?: number;
  /** The learning rate grows when the channel is below, but above this share. */
  lowTrigger?: number;
  /** What it is then multiplied by. */
  growAmt?: number;
  minLr?: number;
  maxLr?: number;
  /** The channel is the objective on this dataset. */
  datasetName?: string | null;
  /** The channel; if neither is given, the only one that ends in `objective`. */
  channelName?: string | null;
}

const schema = optionsOf<MonitorBasedLRAdjusterOptions>()({
  highTrigger: z.number().default(1),
  shrinkAmt: z.number().default(0.99),
  lowTrigger: z.number().default(0.99),
  growAmt: z.number().default(1.01),
  minLr: z.number().default(1e-7),
  maxLr: z.number().default(1),
  datasetName: z.string().nullish(),
  channelName: z.string().nullish(),
});

const WHERE = 'training_algorithms.sgd.MonitorBasedLRAdjuster';
const log = new Logger('training_algorithms.sgd');

/** Shrinks the learning rate when a channel grew, and lets it grow when the channel fell little. */
export class MonitorBasedLRAdjuster extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private channelName?: string;

  constructor(options: MonitorBasedLRAdjusterOptions = {}) {
    super();
    this.options = parseOptions(schema, options, WHERE);
    const { channelName, datasetName } = this.options;
    this.channelName = channelName ?? (datasetName ? `${datasetName}_objective` : undefined);
  }

  /** @throws {@link NameError} when the channel does not exist or is not clear. */
  override onMonitor(model: Model, _dataset: Dataset, algorithm: TrainingAlgorithm): void {
    this.channelName ??= this.onlyObjective(model);
    const { valRecord } = channelOf(model, this.channelName, WHERE);
    if (valRecord.length < 2) return;
    const learningRate = learningRateOf(algorithm, WHERE);
    const [former, latest] = valRecord.slice(-2);
    const { minLr, maxLr } = this.options;
    const next = this.adjust(read(learningRate), former, latest);
    learningRate.setValue(Math.min(maxLr, Math.max(minLr, next)));
  }

  private adjust(rate: number, former: number, latest: number): number {
    const { highTrigger, shrinkAmt, lowTrigger, growAmt } = this.options;
    const how = latest > highTrigger * former ? 'shrinking' : 'growing';
    if (how === 'growing' && !(latest > lowTrigger * former)) return rate;
    const next = rate * (how === 'shrinking' ? shrinkAmt : growAmt);
    log.info(`${how} learning rate to ${float32Str(next)}`);
    return next;
  }

  private onlyObjective(model: Model): string {
    const names = [...getMonitor(model).channels.keys()].filter((name) =>
      name.endsWith('objective'),
    );
    if (names.length === 1) {
      log.warn(`${WHERE}: watching channel \`${names[0]}\`, the only one of an objective.`);
      return names[0];
    }
    const found = names.length === 0 ? 'none' : `several: ${names.join(', ')}`;
    throw new NameError(
      `${WHERE}: expected one channel that ends in \`objective\`, found ${found}; ` +
        'give `channel_name` or `dataset_name`.',
    );
  }
}
