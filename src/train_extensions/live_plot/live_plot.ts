/**
 * @file Learning curves that draw themselves while training runs in a notebook. No counterpart in
 * Pylearn2; takes the place of train_extensions/live_monitoring.py and plots.py there.
 */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import type { Model } from '../../models';
import { type XAxis, xAxes } from '../../plots';
import type { TrainingAlgorithm } from '../../training_algorithms';
import { displayHost } from '../../utils/display';
import { flag, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { TrainExtension } from '../train_extension';
import { LiveDisplay } from './live_display';

export interface LivePlotOptions {
  /**
   * What to draw: names of channels, of what they measure on any dataset (`y_misclass`), or
   * patterns with `*`. Unless given: objectives, misclassification and likelihoods.
   */
  channels?: string[] | null;
  /** Width of everything and height of a chart, in pixels; [640, 200] unless given. */
  size?: [number, number];
  /** Draws means of so many values, and the values faintly behind; 1, the default, for none. */
  smoothing?: number;
  /** Draws after each so many epochs; 1 unless given. The last state is drawn in any case. */
  every?: number;
  /** What the x axis counts: 'epochs' (unless given), 'batches', 'examples', 'seconds', 'hours'. */
  x?: XAxis;
  /** Whether the y axes are logarithmic; false unless given. */
  log?: boolean;
  /** Name of a channel: marks where it is lowest, as `valid_y_misclass`; none unless given. */
  best?: string | null;
}

const whole = z.number().int().positive();
const schema = optionsOf<LivePlotOptions>()({
  channels: z.array(z.string()).nullable().default(null),
  size: z.tuple([whole.min(200), whole.min(50)]).default([640, 200]),
  smoothing: whole.default(1),
  every: whole.default(1),
  x: z.enum(xAxes).default('epochs'),
  log: flag().default(false),
  best: z.string().nullable().default(null),
});

/** Shows progress and learning curves below the cell that trains. Does nothing outside notebooks. */
export class LivePlot extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private display?: LiveDisplay;
  private monitorings = 0;

  constructor(options: LivePlotOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'train_extensions.live_plot.LivePlot');
  }

  /** @throws {@link NameError} for a channel that there is not. */
  override onStart(model: Model, dataset: Dataset, algorithm: TrainingAlgorithm): void {
    this.show(model, dataset, algorithm);
  }

  override onMonitor(model: Model, dataset: Dataset, algorithm: TrainingAlgorithm): void {
    const display = this.show(model, dataset, algorithm);
    display?.epochEnded();
    if (this.monitorings % this.options.every === 0) display?.newData();
    this.monitorings++;
  }

  override async onEnd(): Promise<void> {
    const { display } = this;
    this.display = undefined;
    await display?.finish();
  }

  /** The display of this call of mainLoop: a cell that goes on with training gets its own. */
  private show(
    model: Model,
    dataset: Dataset,
    algorithm: TrainingAlgorithm,
  ): LiveDisplay | undefined {
    const host = displayHost();
    const { monitor } = model;
    if (host === undefined || monitor === undefined) return undefined;
    monitor.quiet = true;
    const { channels, size, smoothing, x, log, best } = this.options;
    const sources = {
      monitor,
      batchesPerEpoch: () => algorithm.batchesPerEpoch(),
      epochsLeft: () => algorithm.terminationCriterion?.epochsLeft(model),
    };
    const look = { channels, size, smoothing, x, log, best, notice: dataset.notice };
    return (this.display ??= new LiveDisplay(host, sources, {
      ...look,
      where: 'train_extensions.live_plot.LivePlot',
    }));
  }
}
