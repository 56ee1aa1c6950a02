/**
 * @file The main loop of training. Port of pylearn2/train.py (`Train`). Differs: asynchronous; can
 * be interrupted and goes on from there; warns of a dataset without YAML only when models are saved.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { Dataset } from '../datasets';
import { Model } from '../models';
import { type ChannelConflict, getMonitor, type Monitor } from '../monitor';
import { TrainExtension } from '../train_extensions';
import { TrainingAlgorithm } from '../training_algorithms';
import { displayHost, displaySymbol, type MimeBundle } from '../utils/display';
import { DataError, show, StateError } from '../utils/errors';
import { interruptSignal, nextTurn } from '../utils/interrupt';
import { Logger } from '../utils/log';
import { flag, instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { formatDuration } from '../utils/timing';
import { defaultExtensions } from './default_extensions';
import { ExtensionList, type HookArguments } from './extension_list';
import { defaultSavePath, saveModel } from './save_model';
import { SelfTraining } from './self_training';
import { trainingBundle } from './training_bundle';
import { restoreTraining, savedTraining, saveWithModel, type Stage } from './training_state';

export interface TrainOptions {
  /** The examples to train on. */
  dataset: Dataset;
  model: Model;
  /** How to train; null for a model that trains itself. */
  algorithm?: TrainingAlgorithm | null;
  /** File for the model; null to derive it from the YAML file's name when `saveFreq` is not 0. */
  savePath?: string | null;
  /** Epochs from one save to the next, and once more at the end; 0 for never. */
  saveFreq?: number;
  extensions?: TrainExtension[] | null;
  /** Whether the first save may replace a file that is there. */
  allowOverwrite?: boolean;
  /**
   * Whether to go on with the training that the model was saved in, as if it had not stopped: with
   * the state of the optimiser (learning rate, momentum, order of the examples), of schedules,
   * criterion and extensions, and with the monitor's records. Algorithm and extensions have to be
   * of the same classes; their options may differ, and what depends on both, as a limit of epochs
   * counted from the beginning, goes by the new ones. An epoch that was cut off begins anew, and so
   * do the means of PolyakAveraging.
   * Otherwise, as in Pylearn2, a model that was loaded keeps its parameters and no more.
   */
  resume?: boolean;
  /**
   * Whether to draw a live plot in a notebook, and to keep metrics in `.tslearn2/metrics`; null lets
   * the notebook decide, which does.
   */
  plot?: boolean | null;
}

const schema = optionsOf<TrainOptions>()({
  dataset: instanceOf(Dataset),
  model: instanceOf(Model),
  algorithm: instanceOf(TrainingAlgorithm).nullable().default(null),
  savePath: z.string().min(1).nullable().default(null),
  saveFreq: z.number().int().nonnegative().default(0),
  extensions: z.array(instanceOf(TrainExtension)).nullable().default(null),
  allowOverwrite: flag().default(true),
  resume: flag().default(false),
  plot: flag().nullable().default(null),
});

export interface MainLoopOptions {
  /** Seconds after which no further epoch is begun; null for no limit. */
  timeBudget?: number | null;
}

const loopSchema = optionsOf<MainLoopOptions>()({
  timeBudget: z.number().nonnegative().nullable().default(null),
});

/** Why the main loop ended. */
export type StopReason = 'criterion' | 'extension' | 'time budget' | 'interrupted';

/** Where training is after a monitoring. */
export interface EpochReport {
  /** Epochs, batches and examples that the model was trained on. */
  epochs: number;
  batches: number;
  examples: number;
  /** Last values by channel name. */
  values: Record<string, number>;
}

const log = new Logger('train');

function since(start: number): number {
  return (performance.now() - start) / 1000;
}

/** Trains a model on a dataset by an algorithm, monitors it, and saves it now and then. */
export class Train {
  static readonly schema = schema;
  readonly dataset: Dataset;
  readonly model: Model;
  readonly algorithm: TrainingAlgorithm;
  /** File for the model; null when it is not saved. */
  readonly savePath: string | null;
  private readonly options: Parsed<typeof schema>;
  private readonly extensionList: ExtensionList;
  private stage: Stage = 'setup';
  private running = false;
  private haltRequested = false;
  private firstSave = true;
  /** Batches seen when the present epoch began. */
  private batchesBefore = 0;
  /** Seconds of the present epoch so far: in the algorithm, and in all. */
  private spent = { training: 0, total: 0 };
  /** What the two channels show. */
  private shown = { trainingSecondsThisEpoch: 0, totalSecondsLastEpoch: 0 };

  constructor(options: TrainOptions) {
    this.options = parseOptions(schema, options, 'train.Train');
    const { dataset, model, algorithm, savePath, saveFreq, extensions } = this.options;
    this.dataset = dataset;
    this.model = model;
    this.algorithm = algorithm ?? new SelfTraining(model);
    this.savePath = savePath ?? (saveFreq > 0 ? defaultSavePath() : null);
    this.extensionList = new ExtensionList([...(extensions ?? [])]);
    model.datasetYamlSrc = dataset.yamlSrc;
    this.warn();
  }

  private warn(): void {
    if (this.savePath === null) return;
    if (this.options.saveFreq === 0) {
      log.warn('a save path is given but the save frequency is 0: the model is never saved.');
    }
    if (this.dataset.yamlSrc === undefined) {
      log.warn('the dataset was not made from YAML: the saved model will not know its data.');
    }
  }

  get extensions(): readonly TrainExtension[] {
    return this.extensionList.members;
  }

  /** Adds an extension; it is set up when the main loop next starts. */
  addExtension(extension: TrainExtension): void {
    this.extensionList.add(extension);
  }

  private get hookArguments(): HookArguments {
    return [this.model, this.dataset, this.algorithm];
  }

  private get monitor(): Monitor {
    return getMonitor(this.model);
  }

  /**
   * Prepares monitor, algorithm and extensions, and makes the parameters meet their constraints.
   * The main loop does it at its first call; doing it again does nothing.
   */
  async setup(): Promise<void> {
    if (this.stage !== 'setup') return this.extensionList.setup(this.hookArguments);
    const { monitor, optimiserState } = this.model;
    try {
      await this.setupAll();
    } catch (error) {
      // The channels added so far would be in the way of another try.
      this.model.monitor = monitor;
      this.model.optimiserState = optimiserState;
      this.extensionList.reset();
      throw error;
    }
    saveWithModel(this.model, this.parts, () => ({
      stage: this.stage,
      haltRequested: this.haltRequested,
    }));
  }

  private async setupAll(): Promise<void> {
    const saved = this.options.resume ? savedTraining(this.model, this.parts) : undefined;
    this.model.optimiserState = undefined;
    this.monitor.timeBudgetExceeded = false;
    await this.setupParts(saved ? 'copy_history' : this.monitor.onChannelConflict);
    if (saved) return this.resume(saved);
    this.model.enforceConstraints();
    this.stage = 'first monitoring';
  }

  private async setupParts(onChannelConflict: ChannelConflict): Promise<void> {
    const { monitor } = this;
    const former = monitor.onChannelConflict;
    monitor.onChannelConflict = onChannelConflict;
    try {
      this.algorithm.setup(this.model, this.dataset);
      this.addDefaultExtensions();
      await this.extensionList.setup(this.hookArguments);
      this.addTimeChannels();
    } finally {
      monitor.onChannelConflict = former;
    }
  }

  /** Goes on where the model was saved; maybe after some extensions were asked, before others. */
  private async resume(saved: ReturnType<typeof savedTraining>): Promise<void> {
    const { stage, haltRequested, nextAsked } = saved.training;
    restoreTraining(this.parts, saved);
    this.stage = stage;
    this.haltRequested = haltRequested;
    this.batchesBefore = this.monitor.getBatchesSeen();
    log.info(`Resuming after epoch ${this.monitor.getEpochsSeen()}.`);
    if (nextAsked === null) return;
    const halt = await this.extensionList.onMonitor(this.hookArguments, nextAsked);
    this.haltRequested ||= halt;
  }

  private get parts() {
    return { algorithm: this.algorithm, extensions: this.extensionList };
  }

  private addDefaultExtensions(): void {
    if (!displayHost() || this.options.plot === false) return;
    const defaults = defaultExtensions(this);
    for (const extension of defaults) {
      if (!this.extensionList.hasLike(extension)) this.extensionList.add(extension);
    }
    // What is drawn needs not be printed.
    if (defaults.length > 0) this.monitor.quiet = true;
  }

  private addTimeChannels(): void {
    const [dataset] = this.monitor.datasets;
    if (dataset === undefined) return;
    const { monitor, shown } = this;
    monitor.addChannel('training_seconds_this_epoch', () => shown.trainingSecondsThisEpoch, {
      dataset,
      doc: 'seconds that the algorithm took for the epoch that has just ended',
    });
    monitor.addChannel('total_seconds_last_epoch', () => shown.totalSecondsLastEpoch, {
      dataset,
      doc: 'seconds that the epoch before took in all, with monitoring and saving',
    });
  }

  /**
   * Trains until the criterion, an extension, the time budget or an interrupt ends it. Called again
   * it goes on where it stopped, in the middle of an epoch if need be.
   * @returns Why it ended.
   * @throws {@link StateError} when it is running already; whatever the parts throw, after which
   * monitor and parameters are as they were at the last batch.
   */
  async mainLoop(options: MainLoopOptions = {}): Promise<StopReason> {
    const epochs = this.epochs(options);
    let step = await epochs.next();
    while (!step.done) step = await epochs.next();
    return step.value;
  }

  /**
   * The main loop by steps: yields after each monitoring, the one before training included. Leaving
   * the iteration stops training there; the main loop goes on from there.
   */
  async *epochs(options: MainLoopOptions = {}): AsyncGenerator<EpochReport, StopReason> {
    const { timeBudget } = parseOptions(loopSchema, options, 'train.Train.mainLoop');
    if (this.running) throw new StateError('train.Train.mainLoop: it is running already.');
    this.running = true;
    try {
      return yield* this.loop(timeBudget ?? Infinity);
    } finally {
      this.running = false;
      await this.extensionList.onEnd(this.hookArguments);
    }
  }

  private async *loop(budget: number): AsyncGenerator<EpochReport, StopReason> {
    const start = performance.now();
    const signal = interruptSignal();
    // Leaves the cell's own code, which an interrupt may cut off anywhere; this loop it may not.
    await nextTurn();
    await this.setup();
    await this.extensionList.onStart(this.hookArguments);
    for (;;) {
      if (this.stage === 'first monitoring' || this.stage === 'monitoring') {
        await (this.stage === 'monitoring' ? this.endEpoch() : this.look());
        yield this.report();
      }
      const verdict = this.stage === 'decide' ? this.decide() : undefined;
      if (verdict) return this.succeed(verdict);
      if (signal.aborted) return this.interrupted();
      if (this.exceeds(budget, since(start))) return this.succeed('time budget');
      if (!(await this.trainEpoch())) return this.interrupted();
    }
  }

  /** Monitors and asks the extensions. */
  private async look(): Promise<void> {
    await this.monitor.monitor();
    // From here on an error leaves the records complete: do not monitor this epoch again.
    this.stage = 'decide';
    this.haltRequested = await this.extensionList.onMonitor(this.hookArguments);
  }

  private async endEpoch(): Promise<void> {
    const start = performance.now();
    await this.look();
    const { saveFreq } = this.options;
    if (saveFreq > 0 && this.monitor.getEpochsSeen() % saveFreq === 0) await this.save();
    this.shown.totalSecondsLastEpoch = this.spent.total + since(start);
  }

  /** Why to stop now, if so. */
  private decide(): 'criterion' | 'extension' | undefined {
    const halted = this.haltRequested;
    this.haltRequested = false;
    if (!this.algorithm.continueLearning(this.model)) return 'criterion';
    if (halted) return 'extension';
    this.stage = 'train';
    this.spent = { training: 0, total: 0 };
    this.batchesBefore = this.monitor.getBatchesSeen();
    return undefined;
  }

  private exceeds(budget: number, elapsed: number): boolean {
    const exceeded = elapsed >= budget;
    if (exceeded) {
      log.warn(`Time budget exceeded (${elapsed.toFixed(3)}/${budget} seconds).`);
    }
    this.monitor.timeBudgetExceeded = exceeded;
    return exceeded;
  }

  /** Trains to the end of the epoch. Returns false when an interrupt came first. */
  private async trainEpoch(): Promise<boolean> {
    const start = performance.now();
    try {
      if (!(await this.askAlgorithm())) return false;
    } finally {
      this.spent.training += since(start);
      this.spent.total += since(start);
    }
    this.shown.trainingSecondsThisEpoch = this.spent.training;
    if (!this.monitor.quiet) log.info(`Time this epoch: ${formatDuration(this.spent.training)}`);
    this.monitor.reportEpoch();
    this.stage = 'monitoring';
    return true;
  }

  private async askAlgorithm(): Promise<boolean> {
    const completed: unknown = await this.algorithm.train(this.dataset);
    if (typeof completed === 'boolean') return completed;
    const name = this.algorithm.constructor.name;
    throw new StateError(
      `train.Train: expected ${name}.train to tell whether the epoch was completed, ` +
        `received ${show(completed)}. Use continueLearning to end training.`,
    );
  }

  private async succeed(reason: StopReason): Promise<StopReason> {
    this.monitor.trainingSucceeded = true;
    if (this.options.saveFreq > 0) await this.save();
    return reason;
  }

  private interrupted(): 'interrupted' {
    const epoch = this.monitor.getEpochsSeen() + 1;
    const batch = this.monitor.getBatchesSeen() - this.batchesBefore;
    const place = batch > 0 ? `in epoch ${epoch} after batch ${batch}` : `before epoch ${epoch}`;
    log.info(`Interrupted ${place}. Everything is kept: run \`await train.mainLoop()\` to go on.`);
    return 'interrupted';
  }

  private report(): EpochReport {
    const channels = [...this.monitor.channels].filter(([, { valRecord }]) => valRecord.length > 0);
    return {
      epochs: this.monitor.getEpochsSeen(),
      batches: this.monitor.getBatchesSeen(),
      examples: this.monitor.getExamplesSeen(),
      values: Object.fromEntries(channels.map(([name, channel]) => [name, channel.last()])),
    };
  }

  /**
   * Saves the model with its monitor, if there is a path; extensions are told before.
   * @throws {@link DataError} at the first save when the file is there and may not be replaced;
   * StateError when the model refers to the dataset.
   */
  async save(): Promise<void> {
    await this.extensionList.onSave(this.hookArguments);
    if (this.savePath === null) return;
    if (this.firstSave && !this.options.allowOverwrite && existsSync(this.savePath)) {
      throw new DataError(`train.Train: ${this.savePath} exists and may not be overwritten.`);
    }
    const voice = this.monitor.quiet ? undefined : log;
    saveModel(voice, this.savePath, this.model, this.dataset);
    this.firstSave = false;
  }

  /** Frees what training holds beside model and dataset. */
  dispose(): void {
    this.algorithm.dispose();
  }

  /** What is trained on what by what, and how far it is. */
  describe(): string {
    const [model, dataset, algorithm] = this.hookArguments.map(
      ({ constructor }) => constructor.name,
    );
    const { monitor } = this.model;
    const progress = monitor
      ? `${monitor.getEpochsSeen()} epochs, ${monitor.getBatchesSeen()} batches seen`
      : 'not started';
    return `Train: ${model} on ${dataset} by ${algorithm}, ${progress}`;
  }

  toString(): string {
    return this.describe();
  }

  /** Its parts before it begins; then its state and, once there are records, all curves so far. */
  async [displaySymbol](): Promise<MimeBundle> {
    const { monitor } = this.model;
    const text = this.describe();
    return monitor
      ? { ...(await monitor[displaySymbol]()), 'text/plain': text }
      : trainingBundle(text, this);
  }
}
