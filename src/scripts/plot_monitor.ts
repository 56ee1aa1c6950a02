/**
 * @file Curves of saved models' channels. Port of pylearn2/scripts/plot_monitor.py. Differs: makes
 * a chart (SVG, PNG or Vega-Lite) instead of a window, and takes names of channels as arguments too.
 */
import { createInterface } from 'node:readline/promises';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { Model } from '../models';
import {
  type Chart,
  type ChannelRecords,
  curvesChart,
  downsample,
  groupChannels,
  lastValues,
  MAX_POINTS,
  pointsOf,
  selectGroups,
  type XAxis,
  xAxes,
  xRecord,
} from '../plots';
import { DataError } from '../utils/errors';
import { Logger } from '../utils/log';
import { compareNumberAware } from '../utils/number_aware';
import { flag, instanceOf, optionsOf, parseOptions } from '../utils/options';
import { codeOf, readChoice } from './channel_codes';
import type { ScriptCommand } from './command';
import { loadModel, monitorOf } from './load_model';
import { isMetricsFile, readMetrics } from './metrics_file';
import { shortNames } from './short_names';

export interface PlotMonitorOptions {
  /** Paths of saved models or of tables that a MetricsLog wrote (.csv), or models. */
  models: (string | Model)[];
  /** Writes the chart to this file, in .svg, .png or .json (Vega-Lite). */
  out?: string | null;
  /** Names of channels, of what they measure, or patterns with `*`; all unless given. */
  channels?: string[] | null;
  /** What the x axis counts; examples unless given. */
  x?: XAxis;
  /** Ends of the y axis; null for an end that follows the data. */
  yrange?: [number | null, number | null];
  /** Whether to draw means of up to 6 values instead of the values. */
  smooth?: boolean;
  /** Whether the y axis is logarithmic. */
  log?: boolean;
}

const WHERE = 'scripts.plot_monitor';
/** Values in the means of a smoothed curve. */
const SMOOTHING = 6;
const end = z.number().nullable();
const schema = optionsOf<PlotMonitorOptions>()({
  models: z.array(z.union([z.string().min(1), instanceOf(Model)])).min(1),
  out: z.string().min(1).nullable().default(null),
  channels: z.array(z.string()).nullable().default(null),
  x: z.enum(xAxes).default('examples'),
  yrange: z.tuple([end, end]).default([null, null]),
  smooth: flag().default(false),
  log: flag().default(false),
});
const log = new Logger(WHERE);

/** A channel of one of several models. */
interface ModelChannel extends ChannelRecords {
  /** Its name in its own model. */
  readonly plain: string;
}

type Channels = ReadonlyMap<string, ModelChannel>;

/** Plain records, so that models can be freed. */
function recordsOf(model: Model, label: string): ChannelRecords[] {
  return [...monitorOf(model, label, WHERE).channels.values()].map((channel) => ({
    name: channel.name,
    valRecord: [...channel.valRecord],
    epochRecord: [...channel.epochRecord],
    batchRecord: [...channel.batchRecord],
    exampleRecord: [...channel.exampleRecord],
    timeRecord: [...channel.timeRecord],
  }));
}

/** Of a file that holds a model or the values of its channels. */
function recordsIn(path: string): ChannelRecords[] {
  if (isMetricsFile(path)) return readMetrics(path, WHERE);
  const model = loadModel(path, WHERE);
  const records = recordsOf(model, path);
  model.dispose();
  return records;
}

/** The channels of all models by name, `name:model` where there are several models. */
function channelsOf(models: readonly (string | Model)[]): Channels {
  const labels = models.map((model, i) => (typeof model === 'string' ? model : `model ${i + 1}`));
  const short = shortNames(labels);
  const all = models.flatMap((model, i) => {
    const suffix = models.length > 1 ? `:${short[i]}` : '';
    const records = model instanceof Model ? recordsOf(model, labels[i]) : recordsIn(model);
    return records.map((one) => ({ ...one, plain: one.name, name: one.name + suffix }));
  });
  all.sort((a, b) => compareNumberAware(a.name, b.name));
  return new Map(all.map((channel) => [channel.name, channel]));
}

interface Look {
  x: XAxis;
  yrange: [number | null, number | null];
  smooth: boolean;
  log: boolean;
}

function warnOfHoles({ name, valRecord }: ChannelRecords): void {
  if (valRecord.some(Number.isNaN)) log.info(`${name} contains NaNs`);
  if (valRecord.some((value) => Math.abs(value) === Infinity)) {
    log.info(`${name} contains infinite values`);
  }
}

/** All chosen channels in one panel. */
function chartOf(channels: Channels, names: readonly string[], look: Look): Chart {
  const groups = groupChannels(names);
  const chosen = groups.flatMap(({ members }) => members.map(({ name }) => channels.get(name)!));
  chosen.forEach(warnOfHoles);
  const limit = Math.floor(MAX_POINTS / Math.max(1, chosen.length));
  const series = chosen.map((channel) => {
    const x = xRecord(channel, look.x);
    const points = pointsOf(x, channel.valRecord, look.smooth ? SMOOTHING : 1);
    return { label: channel.name, points: downsample(points, limit) };
  });
  const title = chosen.length === 1 ? chosen[0].name : '';
  const size = [640, 320] as const;
  return curvesChart(
    [{ title, series }],
    { xTitle: look.x, size, log: look.log, yRange: look.yrange },
    lastValues(groups, [{ label: '', channels }]),
  );
}

/** The channels that are asked for, each of all models unless a model is named too. */
function namesOf(channels: Channels, wanted: readonly string[] | null): string[] {
  if (channels.size === 0) throw new DataError(`${WHERE}: there are no channels to plot.`);
  const all = [...channels.values()];
  if (wanted === null) return all.map(({ name }) => name);
  const groups = groupChannels([...new Set(all.map(({ plain }) => plain))]);
  const shared = wanted.filter((each) => !channels.has(each));
  const members = selectGroups(groups, shared, WHERE).flatMap((group) => group.members);
  const plain = new Set(members.map(({ name }) => name));
  return all
    .filter((each) => plain.has(each.plain) || wanted.includes(each.name))
    .map(({ name }) => name);
}

/**
 * Draws channels of saved models over each other.
 * @returns A chart, which shows itself at the end of a cell.
 * @throws {@link DataError} for a file that is no monitored model; NameError for a channel that
 * there is not.
 */
export async function plotMonitor(options: PlotMonitorOptions): Promise<Chart> {
  const { models, out, channels: wanted, ...look } = parseOptions(schema, options, WHERE);
  const channels = channelsOf(models);
  const chart = chartOf(channels, namesOf(channels, wanted), look);
  if (out !== null) await chart.save(out);
  return chart;
}

const HELP =
  'Put e, b, s or h in the list somewhere to plot epochs, batches, seconds, or hours; o to smooth.';
const QUESTION =
  'Enter a list of channels to plot (example: A, C,F-G, h, <test_err>) or q to quit: ';

/** Asks, draws, and asks again, as long as the person does not quit. */
async function ask(channels: Channels, out: string, look: Look): Promise<void> {
  const names = [...channels.keys()];
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      names.forEach((name, i) => log.info(`${codeOf(i)}. ${name}`));
      log.info(`\n${HELP}`);
      const answer = (await terminal.question(QUESTION)).trim();
      if (answer === 'q') return;
      await draw(answer, names);
    }
  } finally {
    terminal.close();
  }

  async function draw(answer: string, all: readonly string[]): Promise<void> {
    try {
      const { channels: chosen, x = look.x, smooth } = readChoice(answer, all);
      const chart = chartOf(channels, chosen, { ...look, x, smooth: smooth || look.smooth });
      await chart.save(out);
      log.info(`${chart}\n\nThe chart is in ${out}.\n`);
    } catch (error) {
      log.info(`${(error as Error).message}\n`);
    }
  }
}

function range(text: string): [number | null, number | null] {
  const ends = text.split(':').map((each) => (each === '' ? null : Number(each)));
  if (ends.length === 2 && !ends.some(Number.isNaN)) return ends as [number | null, number | null];
  throw new InvalidArgumentError('It must be two numbers with a colon between: 0:0.1');
}

function xAxis(text: string): XAxis {
  const found = xAxes.find((axis) => axis === text || axis.startsWith(text));
  if (found !== undefined && text !== '') return found;
  throw new InvalidArgumentError(`It must be one of ${xAxes.join(', ')}.`);
}

interface Flags {
  out?: string;
  channels?: string[];
  x?: XAxis;
  yrange?: [number | null, number | null];
  smooth?: boolean;
  log?: boolean;
}

async function run(models: string[], flags: Flags): Promise<void> {
  const { out = 'monitor.svg', channels = null, x = 'examples', smooth = false } = flags;
  const yrange: Look['yrange'] = flags.yrange ?? [null, null];
  const look = { x, smooth, log: flags.log ?? false, yrange };
  if (channels === null && process.stdin.isTTY) {
    const all = channelsOf(models);
    if (all.size > 1) return ask(all, out, look);
  }
  log.info(`${await plotMonitor({ models, out, channels, ...look })}\n\nThe chart is in ${out}.`);
}

/** `tslearn2 plot-monitor model.pkl`. */
export const command: ScriptCommand = {
  name: 'plot-monitor',
  aliases: ['plot_monitor'],
  summary: "draw curves of saved models' channels",
  configure(program): void {
    program
      .argument('<models...>', 'paths of saved models, or of tables of metrics (.csv)')
      .option('--out <file>', 'where to write the chart, .svg, .png or .json (monitor.svg)')
      .option('--channels <names...>', 'what to draw, instead of asking')
      .option('--x <axis>', `one of ${xAxes.join(', ')}`, xAxis)
      .option('--yrange <a:b>', 'ends of the y axis', range)
      .option('--smooth', 'means of up to 6 values')
      .option('--log', 'a logarithmic y axis')
      .action(run);
  },
};
