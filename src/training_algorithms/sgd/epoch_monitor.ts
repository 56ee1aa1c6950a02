/** @file Port of pylearn2/training_algorithms/sgd.py (`EpochMonitor`). */
import { z } from 'zod';
import { Model } from '../../models';
import { getMonitor, type Monitor } from '../../monitor';
import { Logger } from '../../utils/log';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { UpdateCallback } from './update_callback';

export interface EpochMonitorOptions {
  /** The model under training. */
  model: Model;
  /** Batches between two lines that tell how far the epoch is; null for no such lines. */
  tickRate?: number | null;
  /** Batches between two monitorings; null for none within an epoch. */
  monitorRate?: number | null;
}

const rate = z.number().int().positive().nullish();
const schema = optionsOf<EpochMonitorOptions>()({
  model: instanceOf(Model),
  tickRate: rate,
  monitorRate: rate,
});

const log = new Logger('training_algorithms.sgd');

/** Reports, or monitors, within an epoch; where both are due it monitors. */
export class EpochMonitor extends UpdateCallback {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private batches = 0;
  private epoch?: number;

  constructor(options: EpochMonitorOptions) {
    super();
    this.options = parseOptions(schema, options, 'training_algorithms.sgd.EpochMonitor');
  }

  override async call(): Promise<void> {
    const monitor = getMonitor(this.options.model);
    if (monitor.getEpochsSeen() === this.epoch) await this.count(monitor);
    else this.beginEpoch(monitor);
  }

  private beginEpoch(monitor: Monitor): void {
    this.epoch = monitor.getEpochsSeen();
    this.batches = 1;
  }

  private async count(monitor: Monitor): Promise<void> {
    const { tickRate, monitorRate } = this.options;
    this.batches += 1;
    const due = (every?: number | null) => every != null && this.batches % every === 0;
    if (due(monitorRate)) await monitor.monitor();
    else if (due(tickRate)) log.info(`Epoch ${this.epoch}: ${this.batches} batches seen`);
  }
}
