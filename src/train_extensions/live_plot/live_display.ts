/**
 * @file What one call of mainLoop shows in a notebook: a progress line, and charts below it. Two
 * displays, as JupyterLab builds a chart anew at each update and the line changes more often.
 */
import type { Monitor } from '../../monitor';
import { type Chart, learningCurves, type LearningCurvesOptions } from '../../plots';
import type { DisplayHandle, DisplayHost } from '../../utils/display';
import { Logger } from '../../utils/log';
import { CostBudget } from './cost_budget';
import { progressBundle, type ProgressState } from './progress';

/** Where the numbers come from. */
export interface LiveSources {
  monitor: Monitor;
  batchesPerEpoch(): number | undefined;
  epochsLeft(): number | undefined;
}

/** Milliseconds between two updates, at least, and between two looks at whether one is due. */
const GAP = 250;
const LOOK = 50;
/** Shares of the time that charts and progress may take, and pictures while training runs. */
const SHARE = 0.004;
/** Milliseconds that nobody waits longer for, though the first chart, which loads code, took long. */
const PATIENCE = 5000;
const PICTURE_SHARE = 0.005;
/** What the first picture takes, in milliseconds: vega has to be loaded. */
const FIRST_PICTURE = 400;

const log = new Logger('train_extensions.live_plot');

/** Draws while training runs; at most four updates a second, under a hundredth of the time. */
export class LiveDisplay {
  private readonly start = performance.now();
  private readonly before: { epochs: number; examples: number };
  private readonly updates = new CostBudget(SHARE, 0, PATIENCE);
  private readonly pictures = new CostBudget(PICTURE_SHARE, FIRST_PICTURE);
  private readonly progress: DisplayHandle;
  private readonly timer: NodeJS.Timeout;
  private charts?: DisplayHandle;
  private epochStart: number;
  private fresh = false;
  private lastUpdate = this.start;
  private lastLine = '';
  /** Whether it is the line's turn: epochs may end faster than charts are drawn. */
  private lineIsDue = false;
  private drawing?: Promise<void>;

  constructor(
    private readonly host: DisplayHost,
    private readonly sources: LiveSources,
    private readonly look: LearningCurvesOptions,
  ) {
    const { monitor } = sources;
    this.before = { epochs: monitor.getEpochsSeen(), examples: monitor.getExamplesSeen() };
    const [channel] = monitor.channels.values();
    this.epochStart = channel?.batchRecord.at(-1) ?? monitor.getBatchesSeen();
    this.progress = host.show(progressBundle(this.state(false)));
    this.timer = setInterval(() => this.tick(), LOOK).unref();
  }

  /** An epoch ended. */
  epochEnded(): void {
    this.epochStart = this.sources.monitor.getBatchesSeen();
  }

  /** There are new records. The first are drawn at once, which finds channels that are not there. */
  newData(): void {
    this.fresh = true;
    if (this.charts === undefined) this.drawCharts();
  }

  /** Ends all updates. */
  stop(): void {
    clearInterval(this.timer);
  }

  /** Draws the final state, whatever it costs, and ends all updates. */
  async finish(): Promise<void> {
    this.stop();
    await this.drawing;
    this.progress.update(progressBundle(this.state(true)));
    if (this.charts !== undefined) this.charts.update(await this.chart().bundle());
  }

  private tick(): void {
    if (this.drawing !== undefined || performance.now() - this.lastUpdate < GAP) return;
    try {
      if (!this.updates.allows()) return;
      if (this.fresh && !this.lineIsDue) this.drawCharts();
      else this.drawProgress();
    } catch (error) {
      this.stop();
      log.warn(`the plot is not updated any more: ${(error as Error).message}`);
    }
  }

  /** The clock in the line goes on while the monitor measures. */
  private drawProgress(): void {
    this.lineIsDue = false;
    const bundle = progressBundle(this.state(false));
    const line = String(bundle['text/plain']);
    if (line === this.lastLine) return;
    this.lastLine = line;
    this.updates.spend(() => this.progress.update(bundle));
    this.lastUpdate = performance.now();
  }

  private drawCharts(): void {
    if (this.sources.monitor.channels.size === 0) return;
    this.fresh = false;
    this.lineIsDue = true;
    const chart = this.updates.spend(() => {
      const made = this.chart();
      const bundle = made.quickBundle();
      if (this.charts === undefined) this.charts = this.host.show(bundle);
      else this.charts.update(bundle);
      return made;
    });
    this.lastUpdate = performance.now();
    if (this.pictures.allows()) this.drawing = this.drawPicture(chart);
  }

  /** Adds the still picture, for those who look at the file of a notebook that still runs. */
  private async drawPicture(chart: Chart): Promise<void> {
    try {
      const bundle = await this.pictures.spendAsync(() => chart.bundle());
      this.charts!.update(bundle);
      this.lastUpdate = performance.now();
    } catch (error) {
      log.warn(`no picture of the chart: ${(error as Error).message}`);
    } finally {
      this.drawing = undefined;
    }
  }

  private chart(): Chart {
    return learningCurves(this.sources.monitor.channels.values(), this.look);
  }

  private state(ended: boolean): ProgressState {
    const { monitor, batchesPerEpoch, epochsLeft } = this.sources;
    const [epochs, batches] = [monitor.getEpochsSeen(), monitor.getBatchesSeen()];
    return {
      epochs,
      batches,
      batchInEpoch: batches - this.epochStart,
      batchesPerEpoch: batchesPerEpoch(),
      epochsLeft: epochsLeft(),
      measured: monitor.measured,
      seconds: (performance.now() - this.start) / 1000,
      epochsDone: epochs - this.before.epochs,
      examplesDone: monitor.getExamplesSeen() - this.before.examples,
      ended,
    };
  }
}
