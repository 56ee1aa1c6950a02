/**
 * @file Averages of channels over one dataset. Port of the accumulation of pylearn2/monitor.py.
 * Differs: sums are kept in float64 on the host, and all values of a batch are read at once.
 */
import { function as makeFunction, tf, type TensorFunction, withSameDraws } from '../engine';
import {
  areInOrder,
  BatchGroups,
  type Dataset,
  type DatasetIterator,
  type IterationMode,
  stackRows,
  type TakeBatch,
} from '../datasets';
import { type Batch, combineDataSpecs, DataSpecsMapping } from '../space';
import { show, StateError } from '../utils/errors';
import { breathe } from '../utils/interrupt';
import type { MonitorChannel } from './monitor_channel';
import { Pace } from '../utils/pace';
import { expectScalar, type Prereq, type Probe } from './probe';

/** How to go through a dataset for monitoring. */
export interface Iteration {
  mode: IterationMode;
  batchSize: number | null;
  numBatches: number | null;
  /** For the modes that draw: the same batches at each monitoring. */
  seed: number | readonly number[] | null;
}

/** Takes the numbers of a batch, or the first one where they are in order. */
type NumberedStep = TensorFunction<[tf.Tensor], tf.Tensor1D>;

/** The probes in the order of their values, and the data that they need. */
interface Plan {
  mapping: DataSpecsMapping;
  device: readonly (readonly [probe: Probe, index: number])[];
  host: readonly (readonly [probe: Probe, index: number])[];
  /** Numbers that no batch changes. */
  constant: readonly (readonly [probe: Probe, index: number])[];
  prereqs: ReadonlyMap<Prereq, number>;
  /** All values of the device probes, in one vector. */
  step: TensorFunction<tf.Tensor[], tf.Tensor1D>;
  /** The same for batches by number; made anew when batches are taken in another way. */
  numbered?: { take: TakeBatch; step: NumberedStep; inOrder: Map<number, NumberedStep> };
  /** In the order of device, host and constant. */
  channels: readonly MonitorChannel[];
  pace: Pace;
}

/** A dataset, how to go through it, and what to compute on it. */
export class MonitoredDataset {
  private probes: Probe[] = [];
  private plan?: Plan;
  private done?: number;

  constructor(
    readonly dataset: Dataset,
    private readonly iteration: Iteration,
  ) {}

  addProbe(probe: Probe): void {
    this.probes.push(probe);
    this.plan = undefined;
  }

  /** Stops computing a channel. */
  drop(channel: MonitorChannel): void {
    for (const { channels } of this.probes) {
      for (const [key, fed] of channels) if (fed === channel) channels.delete(key);
    }
    this.probes = this.probes.filter(({ channels }) => channels.size > 0);
    this.plan = undefined;
  }

  /** How much of the examples is measured, in [0, 1]; undefined unless `measure` runs. */
  get measured(): number | undefined {
    return this.done;
  }

  /** The means of all channels over the examples; breathes between batches. */
  async measure(): Promise<Map<MonitorChannel, number>> {
    const plan = (this.plan ??= makePlan(this.probes));
    const needsData = plan.mapping.flat.sources.length > 0;
    try {
      const means = needsData ? await this.average(plan) : evaluate(plan, []);
      const all = [...means, ...numbersOf(plan.constant, [])];
      return new Map(plan.channels.map((channel, i) => [channel, all[i]]));
    } finally {
      this.done = undefined;
    }
  }

  private async average(plan: Plan): Promise<Float64Array> {
    const { seed, ...options } = this.iteration;
    const { flat } = plan.mapping;
    const batches = this.dataset.iterator({ ...options, rng: seed, dataSpecs: flat });
    const sums = new Float64Array(countOf(plan));
    let examples = 0;
    this.done = 0;
    for (const { values, size } of measures(plan, batches)) {
      values.forEach((value, i) => (sums[i % sums.length] += value * size));
      examples += size * (values.length / sums.length);
      this.done = examples / batches.numExamples;
      await breathe();
    }
    if (examples !== batches.numExamples) {
      throw new StateError(
        `monitor: the iterator announced ${batches.numExamples} examples and gave ${examples}.`,
      );
    }
    return sums.map((sum) => sum / examples);
  }
}

function makePlan(probes: readonly Probe[]): Plan {
  const mapping = new DataSpecsMapping(combineDataSpecs(...probes.map((probe) => probe.dataSpecs)));
  const numbered = probes.map((probe, index) => [probe, index] as const);
  const device = numbered.filter(([probe]) => !probe.onHost);
  const constant = numbered.filter(([probe]) => isConstant(probe));
  const host = numbered.filter(([probe]) => probe.onHost && !isConstant(probe));
  const prereqs = new Map<Prereq, number>();
  for (const [probe, index] of numbered) {
    for (const prereq of probe.prereqs) if (!prereqs.has(prereq)) prereqs.set(prereq, index);
  }
  const step = makeFunction<tf.Tensor[], tf.Tensor1D>(
    (...flat) => ({ outputs: stacked(device, mapping.nest(flat)) }),
    { name: 'monitor' },
  );
  const ordered = [...device, ...host, ...constant];
  const channels = ordered.flatMap(([probe]) => [...probe.channels.values()]);
  return { mapping, device, host, constant, prereqs, step, channels, pace: new Pace() };
}

/** Whether a probe gives numbers that have nothing to do with the data. */
function isConstant({ onHost, dataSpecs, prereqs }: Probe): boolean {
  return (
    onHost && prereqs.length === 0 && new DataSpecsMapping(dataSpecs).flat.sources.length === 0
  );
}

/** How many channels have another value for each batch. */
function countOf({ device, host }: Plan): number {
  return [...device, ...host].reduce((sum, [{ channels }]) => sum + channels.size, 0);
}

/** All values of the device probes, which see the same noise: terms of a cost add up to it. */
function stacked(device: Plan['device'], nested: Batch): tf.Tensor1D {
  const scalars = device.map(([probe, index]) => () => {
    const values = probe.compute((nested as Batch[])[index]);
    return [...probe.channels].map(([key, { name }]) => expectScalar('monitor', name, values[key]));
  });
  return tf.stack(withSameDraws(scalars).flat()) as tf.Tensor1D;
}

/**
 * The values on one batch of `size` after the other, or on several of that size at once; by number
 * where nobody needs to see the batches.
 */
function* measures(
  plan: Plan,
  batches: DatasetIterator,
): Generator<{ values: Float64Array | Float32Array; size: number }> {
  const { indexed } = batches;
  if (!indexed || plan.host.length > 0 || plan.prereqs.size > 0) {
    const [space] = plan.mapping.flat.spaces;
    for (const batch of batches) {
      const size = space.batchSize(batch[0]);
      yield { values: evaluate(plan, batch), size };
    }
    return;
  }
  const groups = new BatchGroups(indexed);
  const { pace } = plan;
  for (let rows = groups.nextRows(pace.steps); rows; rows = groups.nextRows(pace.steps)) {
    const batches = rows;
    const values = pace.time(batches.length, () => valuesOn(plan, groups.take, batches));
    yield { values, size: batches[0].length };
  }
}

/** The values on each row of numbers, one batch after the other. */
function valuesOn(plan: Plan, take: TakeBatch, rows: readonly Int32Array[]): Float32Array {
  const inOrder = take.inOrder !== undefined && areInOrder(rows);
  const step = inOrder ? orderedStep(plan, take, rows[0].length) : numberedSteps(plan, take).step;
  return tf.tidy(() => {
    const numbers = inOrder
      ? tf.tensor1d(
          rows.map(([first]) => first),
          'int32',
        )
      : stackRows(rows);
    return step.each(numbers).dataSync() as Float32Array;
  });
}

function numberedSteps(plan: Plan, take: TakeBatch): NonNullable<Plan['numbered']> {
  if (plan.numbered?.take !== take) {
    const step = stepOn(plan, (numbers) => take(numbers as tf.Tensor1D));
    plan.numbered = { take, step, inOrder: new Map() };
  }
  return plan.numbered!;
}

/** For batches of so many examples side by side. */
function orderedStep(plan: Plan, take: TakeBatch, size: number): NumberedStep {
  const { inOrder } = numberedSteps(plan, take);
  const known = inOrder.get(size);
  if (known) return known;
  const made = stepOn(plan, (first) => take.inOrder!(first as tf.Scalar, size));
  inOrder.set(size, made);
  return made;
}

function stepOn(
  { device, mapping }: Plan,
  take: (numbers: tf.Tensor) => tf.Tensor[],
): NumberedStep {
  return makeFunction<[tf.Tensor], tf.Tensor1D>(
    (numbers) => ({ outputs: stacked(device, mapping.nest(take(numbers))) }),
    { name: 'monitor' },
  );
}

/** The values on one batch, whose tensors are disposed of. */
function evaluate(plan: Plan, batch: tf.Tensor[]): Float64Array {
  const result = new Float64Array(countOf(plan));
  tf.tidy(() => {
    const nested = plan.mapping.nest(batch) as Batch[];
    for (const [prereq, index] of plan.prereqs) prereq(nested[index]);
    const scalars = plan.device.length > 0 ? plan.step(...batch).dataSync() : [];
    result.set(scalars);
    result.set(numbersOf(plan.host, nested), scalars.length);
  });
  tf.dispose(batch);
  return result;
}

function numbersOf(host: Plan['host'], nested: readonly Batch[]): number[] {
  return host.flatMap(([probe, index]) => {
    const values = probe.compute(nested[index]);
    return [...probe.channels].map(([key, { name }]) => {
      const value = values[key];
      if (typeof value === 'number') return value;
      const came = show(value);
      throw new StateError(`monitor: channel \`${name}\` was a number and is now ${came}.`);
    });
  });
}
