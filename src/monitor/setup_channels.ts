/**
 * @file The usual channels: objective, costs, what costs and model have to say. Port of
 * pylearn2/monitor.py (`Monitor.setup`).
 */
import type { Cost } from '../costs';
import { Dataset, type IterationMode, isStochastic } from '../datasets';
import type { tf } from '../engine';
import type { Model } from '../models';
import type { Batch, DataSpecs } from '../space';
import { OptionError } from '../utils/options';
import { show } from '../utils/errors';
import type { Monitor } from './monitor';
import { type Prereq, type Probe, tryOut, type Values } from './probe';

export interface SetupOptions {
  /** One dataset, or several by name; null to monitor nothing. */
  dataset: Dataset | Record<string, Dataset> | null;
  /** Channel `objective`; null for none. */
  cost: Cost | null;
  batchSize?: number | null;
  numBatches?: number | null;
  mode?: IterationMode;
  /** Other costs to watch, by the names of their channels. */
  extraCosts?: Record<string, Cost> | null;
  /** Run once for each batch before values are computed. */
  prereqs?: readonly Prereq[];
}

/** Seed of the modes that draw: each monitoring sees the same batches. */
const SEED = [2013, 2, 22];

/** A probe and the names of its values, before the dataset's prefix. */
interface Source {
  probe: Omit<Probe, 'channels'>;
  names: Map<string, string>;
}

function refuse(option: string, detail: string): OptionError {
  const issue = { option, path: '', problem: 'invalid', detail } as const;
  return new OptionError('monitor.Monitor.setup', [issue], [option]);
}

function byPrefix(
  dataset: Dataset | Record<string, Dataset>,
): [prefix: string, dataset: Dataset][] {
  if (dataset instanceof Dataset) return [['', dataset]];
  return Object.entries(dataset).map(([name, value]) => {
    if (value instanceof Dataset) return [name === '' ? '' : `${name}_`, value];
    throw refuse('dataset', `\`${name}\`: expected a Dataset, received ${show(value)}`);
  });
}

/** The objective first, then the extra costs in alphabetical order. */
function costsByName({ cost, extraCosts }: SetupOptions): [name: string, cost: Cost][] {
  const extra = Object.entries(extraCosts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (extra.some(([name]) => name === ''))
    throw refuse('extraCosts', 'expected names, received ""');
  return cost ? [['', cost], ...extra] : extra;
}

function objectiveSource(
  model: Model,
  name: string,
  cost: Cost,
  prereqs: readonly Prereq[],
): Source {
  const channel = name === '' ? 'objective' : name;
  const compute = (data: Batch): Record<string, tf.Scalar> => {
    const value = cost.expr(model, data);
    return value === null ? {} : { [channel]: value };
  };
  return sourceOf(cost.getDataSpecs(model), compute, '', prereqs);
}

function sourceOf(
  dataSpecs: DataSpecs,
  compute: (data: Batch) => Values,
  prefix: string,
  prereqs: readonly Prereq[],
): Source {
  const { keys } = tryOut('monitor.Monitor.setup', dataSpecs, compute);
  const names = new Map(keys.map((key) => [key, prefix + key]));
  return { names, probe: { dataSpecs, compute, prereqs, onHost: false } };
}

function channelSources(
  model: Model,
  costs: [string, Cost][],
  prereqs: readonly Prereq[],
): Source[] {
  const ofCosts = costs.map(([name, cost]) => {
    const compute = (data: Batch) => cost.getMonitoringChannels(model, data);
    return sourceOf(cost.getDataSpecs(model), compute, name === '' ? '' : `${name}_`, prereqs);
  });
  const compute = (data: Batch) => model.getMonitoringChannels(data);
  return [...ofCosts, sourceOf(model.getMonitoringDataSpecs(), compute, '', prereqs)];
}

/** Where two sources give a channel of one name, the later one has it. */
function withoutClashes(sources: Source[]): Source[] {
  const owner = new Map<string, Source>();
  for (const source of sources) for (const name of source.names.values()) owner.set(name, source);
  return sources.map((source) => {
    const names = new Map([...source.names].filter(([, name]) => owner.get(name) === source));
    return { ...source, names };
  });
}

/** Adds the datasets and the channels to a monitor; see `Monitor.setup`. */
export function setupChannels(monitor: Monitor, model: Model, options: SetupOptions): void {
  const { dataset, batchSize, numBatches, mode = 'sequential', prereqs = [] } = options;
  if (dataset === null) return;
  const datasets = byPrefix(dataset);
  const costs = costsByName(options);
  const sources = [
    ...costs.map(([name, cost]) => objectiveSource(model, name, cost, prereqs)),
    ...withoutClashes(channelSources(model, costs, prereqs)),
  ].filter(({ names }) => names.size > 0);
  const seed = isStochastic(mode) ? SEED : null;
  for (const [prefix, target] of datasets) {
    monitor.addDataset({ dataset: target, mode, batchSize, numBatches, seed });
    for (const { names, probe } of sources) {
      const prefixed = new Map([...names].map(([key, name]) => [key, prefix + name]));
      monitor.addProbe(target, prefixed, probe);
    }
  }
}
