/**
 * @file Watches a model while it is trained. Port of pylearn2/monitor.py (`Monitor`). Differs: made
 * by `getMonitor`; monitoring is asynchronous; each dataset is asked only for the data that its own
 * channels need.
 */
import { type Dataset, isStochastic } from '../datasets';
import type { Model } from '../models';
import { type Batch, type DataSpecs, DataSpecsMapping, nullDataSpecs } from '../space';
import type { tf } from '../engine';
import { learningCurves } from '../plots';
import { displaySymbol, type MimeBundle } from '../utils/display';
import { StateError } from '../utils/errors';
import { Logger } from '../utils/log';
import { optionsOf, parseOptions } from '../utils/options';
import { ChannelMap } from './channel_map';
import { type ChannelState, MonitorChannel, type Progress } from './monitor_channel';
import { type Iteration, MonitoredDataset } from './monitored_dataset';
import { setupChannels, type SetupOptions } from './setup_channels';
import { type Prereq, type Probe, tryOut } from './probe';
import { byName, channelList, report, showValue } from './report';

/** What happens when a channel is added under a name that exists. */
export type ChannelConflict = 'error' | 'copy_history' | 'overwrite';

/** A dataset to monitor on, and how to go through it. */
export interface AddDatasetOptions extends Partial<Iteration> {
  dataset: Dataset;
}

export interface AddChannelOptions {
  /** On which to compute the value; may be omitted when the monitor has exactly one. */
  dataset?: Dataset;
  /** What the value is computed from; no data unless given. */
  dataSpecs?: DataSpecs;
  /** Run once for each batch before values are computed. */
  prereqs?: readonly Prereq[];
  /** What the value means, for people. */
  doc?: string;
}

/** A monitor as plain data: what is saved. Datasets are the YAML that made them. */
export interface MonitorState {
  epochsSeen: number;
  batchesSeen: number;
  examplesSeen: number;
  /** When the monitor was made, in seconds since 1970. */
  startTime: number;
  trainingSucceeded: boolean;
  timeBudgetExceeded: boolean;
  onChannelConflict: ChannelConflict;
  datasets: (string | null)[];
  channels: Record<string, ChannelState>;
}

/** A channel's value on a batch: a scalar by tensor operations only, or a number that may change. */
export type ChannelValue = (data: Batch) => tf.Tensor | number;

const log = new Logger('monitor');

/** Computes channels on datasets and keeps their history. */
export class Monitor {
  static readonly schema = optionsOf<object>()({});

  /** By name, in the order of creation. */
  readonly channels = new ChannelMap();
  onChannelConflict: ChannelConflict = 'error';
  trainingSucceeded = false;
  timeBudgetExceeded = false;
  /** No printed report: something else shows the channels. */
  quiet = false;

  private readonly monitored: MonitoredDataset[] = [];
  private startTime = Date.now() / 1000;
  private epochsSeen = 0;
  private batchesSeen = 0;
  private examplesSeen = 0;
  /** Whether channels were added that were not announced yet. */
  private unannounced = true;

  private model?: Model;

  constructor(options: object = {}) {
    parseOptions(Monitor.schema, options, 'monitor.Monitor');
  }

  /** Says which model to watch; `getMonitor` does it. */
  attach(model: Model): this {
    this.model = model;
    return this;
  }

  private watched(): Model {
    if (this.model) return this.model;
    throw new StateError('monitor.Monitor: it watches no model; take it from getMonitor(model).');
  }

  /** The datasets in the order in which they were added. */
  get datasets(): Dataset[] {
    return this.monitored.map(({ dataset }) => dataset);
  }

  /**
   * Adds a dataset to monitor on; a dataset that was added before is left as it is.
   * @throws {@link StateError} when the mode draws at random and there is no seed, or the other way
   * round; whatever the dataset's iterator throws when the sizes are impossible.
   */
  addDataset({
    dataset,
    mode = 'sequential',
    batchSize = null,
    numBatches = null,
    seed = null,
  }: AddDatasetOptions): void {
    if (isStochastic(mode) !== (seed !== null)) {
      const need = seed === null ? 'needs a seed' : 'takes no seed';
      throw new StateError(`monitor.Monitor.addDataset: iteration mode \`${mode}\` ${need}.`);
    }
    if (this.datasets.includes(dataset)) return;
    const iteration = { mode, batchSize, numBatches, seed };
    this.expectIterable(dataset, iteration);
    this.monitored.push(new MonitoredDataset(dataset, iteration));
  }

  private expectIterable(dataset: Dataset, { seed, ...options }: Iteration): void {
    const model = this.watched();
    const inputs = { space: model.getInputSpace(), source: model.getInputSource() };
    const dataSpecs = new DataSpecsMapping(inputs).flat;
    dataset.iterator({ ...options, rng: seed, dataSpecs }).return?.();
  }

  /**
   * Adds the channels of a cost and of the model on one dataset or several. Those of a dataset
   * named `valid` are prefixed by `valid_`.
   */
  setup(options: SetupOptions): void {
    setupChannels(this, this.watched(), options);
  }

  /**
   * Adds a channel.
   * @param value - Runs in a compiled function when it gives a tensor; it is tried out at once on
   * a batch of zeros.
   * @throws {@link StateError} when the name is taken or the dataset is not clear; ShapeError when
   * the value is not a scalar.
   */
  addChannel(name: string, value: ChannelValue, options: AddChannelOptions = {}): void {
    const { dataset, dataSpecs = nullDataSpecs(), prereqs = [], doc = '' } = options;
    const where = 'monitor.Monitor.addChannel';
    const target = this.targetFor(name, dataset);
    const compute = (data: Batch) => ({ [name]: value(data) });
    const { onHost } = tryOut(where, dataSpecs, compute, true);
    const channels = new Map([[name, this.newChannel(name, doc)]]);
    target.addProbe({ channels, dataSpecs, prereqs, compute, onHost });
  }

  /**
   * Adds the channels that a probe feeds. For those who extend the monitor.
   * @param names - Channel names by the keys of the probe's values.
   */
  addProbe(
    dataset: Dataset,
    names: ReadonlyMap<string, string>,
    probe: Omit<Probe, 'channels'>,
  ): void {
    const target = this.targetFor([...names.values()].join(', '), dataset);
    const channels = new Map([...names].map(([key, name]) => [key, this.newChannel(name)]));
    target.addProbe({ ...probe, channels });
  }

  private targetFor(name: string, dataset?: Dataset): MonitoredDataset {
    const known = this.monitored;
    if (dataset === undefined && known.length === 1) return known[0];
    const found = known.find((candidate) => candidate.dataset === dataset);
    if (found) return found;
    const what = dataset ? 'its dataset was not added to the monitor' : 'give its dataset';
    throw new StateError(
      `monitor.Monitor.addChannel: channel \`${name}\`: ${what} (there are ${known.length}).`,
    );
  }

  private newChannel(name: string, doc = ''): MonitorChannel {
    const former = this.channels.has(name) ? this.channels.get(name) : undefined;
    if (former && this.onChannelConflict === 'error') {
      throw new StateError(
        `monitor: there is a channel \`${name}\` already. To go on with the training that the model ` +
          'was saved in, give Train the option `resume`. To train it again, put its monitor aside ' +
          'with monitor.pushMonitor, or set onChannelConflict to "copy_history".',
      );
    }
    const channel = new MonitorChannel(name, doc);
    if (former && this.onChannelConflict === 'copy_history') {
      channel.setState({ ...former.getState(), doc });
    }
    if (former) for (const monitored of this.monitored) monitored.drop(former);
    this.channels.set(name, channel);
    this.unannounced = true;
    return channel;
  }

  /**
   * Computes every channel on its dataset, adds the values to the records and prints the report.
   * Records change only when all values are there. Not stopped by an interrupt.
   */
  async monitor(): Promise<void> {
    if (this.unannounced && !this.quiet) log.report(channelList(this.channels.values()));
    this.unannounced = false;
    const values = new Map<MonitorChannel, number>();
    for (const monitored of this.monitored) {
      for (const [channel, value] of await monitored.measure()) values.set(channel, value);
    }
    const progress = this.progress();
    for (const [channel, value] of values) channel.record(value, progress);
    if (!this.quiet) log.report(report(progress, values.keys()));
  }

  /** How much of all datasets is measured, in [0, 1]; undefined unless `monitor` runs. */
  get measured(): number | undefined {
    const running = this.monitored.findIndex(({ measured }) => measured !== undefined);
    if (running < 0) return undefined;
    return (running + this.monitored[running].measured!) / this.monitored.length;
  }

  private progress(): Progress {
    return {
      epochs: this.epochsSeen,
      batches: this.batchesSeen,
      examples: this.examplesSeen,
      seconds: Date.now() / 1000 - this.startTime,
    };
  }

  /** Says that the model was trained on a batch. */
  reportBatch(examples: number): void {
    this.batchesSeen += 1;
    this.examplesSeen += examples;
  }

  /** Says that an epoch of training is complete. */
  reportEpoch(): void {
    this.epochsSeen += 1;
  }

  getEpochsSeen(): number {
    return this.epochsSeen;
  }

  getBatchesSeen(): number {
    return this.batchesSeen;
  }

  getExamplesSeen(): number {
    return this.examplesSeen;
  }

  /** Takes over another monitor's counters. */
  transferExperience(from: Monitor): void {
    this.epochsSeen = from.epochsSeen;
    this.batchesSeen = from.batchesSeen;
    this.examplesSeen = from.examplesSeen;
  }

  /** What it is made from again when loaded: the rest is state. */
  getConfig(): Record<string, unknown> {
    return {};
  }

  /** Counters and records as plain data, copied. */
  getState(): MonitorState {
    const channels = [...this.channels].map(([name, channel]) => [name, channel.getState()]);
    return {
      epochsSeen: this.epochsSeen,
      batchesSeen: this.batchesSeen,
      examplesSeen: this.examplesSeen,
      startTime: this.startTime,
      trainingSucceeded: this.trainingSucceeded,
      timeBudgetExceeded: this.timeBudgetExceeded,
      onChannelConflict: this.onChannelConflict,
      datasets: this.datasets.map((dataset) => dataset.yamlSrc ?? null),
      channels: Object.fromEntries(channels) as Record<string, ChannelState>,
    };
  }

  /**
   * Puts saved counters and records back. The channels have their history but nothing computes
   * them until they are added again, with `onChannelConflict` "copy_history".
   */
  setState(state: MonitorState): void {
    this.epochsSeen = state.epochsSeen;
    this.batchesSeen = state.batchesSeen;
    this.examplesSeen = state.examplesSeen;
    this.startTime = state.startTime;
    this.trainingSucceeded = state.trainingSucceeded;
    this.timeBudgetExceeded = state.timeBudgetExceeded;
    this.onChannelConflict = state.onChannelConflict;
    for (const [name, channelState] of Object.entries(state.channels)) {
      const channel = new MonitorChannel(name);
      channel.setState(channelState);
      this.channels.set(name, channel);
    }
  }

  /** Counters and last values, as text. */
  describe(): string {
    const { epochs, batches, examples } = this.progress();
    const counts = `${epochs} epochs, ${batches} batches, ${examples} examples seen`;
    const lines = byName(this.channels.values()).map((channel) => {
      const value = channel.valRecord.length > 0 ? showValue(channel.last()) : 'no value yet';
      return `  ${channel.name}: ${value}`;
    });
    return [`Monitor: ${counts}; ${lines.length} channels`, ...lines].join('\n');
  }

  toString(): string {
    return this.describe();
  }

  /** The learning curves, and all last values as text. */
  async [displaySymbol](): Promise<MimeBundle> {
    const text = { 'text/plain': this.describe() };
    const measured = [...this.channels.values()].filter(({ valRecord }) => valRecord.length > 0);
    if (measured.length === 0) return text;
    return { ...(await learningCurves(measured).bundle()), ...text };
  }
}
