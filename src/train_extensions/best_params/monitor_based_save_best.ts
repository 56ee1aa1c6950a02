/**
 * @file Keeping the best model. Port of pylearn2/train_extensions/best_params.py
 * (`MonitorBasedSaveBest`).
 */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Model } from '../../models';
import { channelOf, getMonitor } from '../../monitor';
import { Logger } from '../../utils/log';
import { flag, OptionError, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { cloneViaSerialize, save } from '../../utils/serial';
import { TrainExtension } from '../train_extension';

export interface MonitorBasedSaveBestOptions {
  /** The channel whose lowest value marks the best model. */
  channelName: string;
  /** File for the best model; null to save none. */
  savePath?: string | null;
  /** Whether to keep a copy of the best model in memory, in `bestModel`. */
  storeBestModel?: boolean;
  /** Epochs to be seen before a model can be the best. */
  startEpoch?: number;
  /** Whether the highest value is the best. */
  higherIsBetter?: boolean;
  /** Where in `model.tag` to note the best value; the name of the class when null. */
  tagKey?: string | null;
}

const where = 'train_extensions.best_params.MonitorBasedSaveBest';

const schema = optionsOf<MonitorBasedSaveBestOptions>()({
  channelName: z.string(),
  savePath: z.string().min(1).nullable().default(null),
  storeBestModel: flag().default(false),
  startEpoch: z.number().nonnegative().default(0),
  higherIsBetter: flag().default(false),
  tagKey: z.string().nullable().default(null),
});

const log = new Logger('train_extensions.best_params');

/** Saves or copies the model each time when a channel reaches a new best value. */
export class MonitorBasedSaveBest extends TrainExtension {
  static readonly schema = schema;
  /** The best value so far; infinite before the first. */
  bestCost: number;
  /** A copy of the best model, owned by the extension and disposed of when a better one comes. */
  bestModel: Model | null = null;
  private readonly options: Parsed<typeof schema>;
  private readonly tagKey: string;
  /** What is noted in the model's tag; known from setup on. */
  private entry?: Record<string, unknown>;

  constructor(options: MonitorBasedSaveBestOptions) {
    super();
    this.options = parseOptions(schema, options, where);
    if (this.options.savePath === null && !this.options.storeBestModel) {
      const detail = ': give a path, or set storeBestModel';
      const issue = { option: 'savePath', path: '', problem: 'missing', detail } as const;
      throw new OptionError(where, [issue], schema.keys);
    }
    this.tagKey = this.options.tagKey ?? this.constructor.name;
    this.bestCost = this.options.higherIsBetter ? -Infinity : Infinity;
  }

  override setup(model: Model): void {
    if (this.tagKey in model.tag) {
      log.warn(
        `model.tag has an entry \`${this.tagKey}\` already. Two extensions that share one ` +
          'overwrite each other: give each its own tagKey.',
      );
    }
    const { channelName, savePath } = this.options;
    const place = savePath === null ? {} : { save_path: resolve(savePath) };
    this.entry = {
      ...model.tag[this.tagKey],
      channel_name: channelName,
      ...place,
      hostname: hostname(),
      best_cost: this.bestCost,
    };
    model.tag[this.tagKey] = this.entry;
  }

  override onMonitor(model: Model): void {
    const { channelName, startEpoch } = this.options;
    const value = channelOf(model, channelName, where).last();
    if (this.isBest(value) && getMonitor(model).getEpochsSeen() >= startEpoch) {
      this.keep(model, value);
    }
  }

  private isBest(value: number): boolean {
    return this.options.higherIsBetter ? value > this.bestCost : value < this.bestCost;
  }

  private keep(model: Model, value: number): void {
    this.bestCost = value;
    Object.assign(this.entry ?? {}, { best_cost: value });
    if (this.options.storeBestModel) {
      const former = this.bestModel;
      this.bestModel = cloneViaSerialize(model);
      former?.dispose();
    }
    const { savePath } = this.options;
    if (savePath !== null) save(savePath, model, { onOverwrite: 'backup' });
  }

  /** Frees the copy of the best model. */
  dispose(): void {
    this.bestModel?.dispose();
    this.bestModel = null;
  }

  override getState(): Record<string, unknown> {
    return { bestCost: this.bestCost };
  }

  override setState({ bestCost }: Record<string, unknown>): void {
    this.bestCost = bestCost as number;
    Object.assign(this.entry ?? {}, { best_cost: this.bestCost });
  }
}
