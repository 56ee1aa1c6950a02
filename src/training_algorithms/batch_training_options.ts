/** @file The options that the training algorithms share. */
import { z } from 'zod';
import { Cost } from '../costs';
import { Dataset } from '../datasets';
import type { TerminationCriterion } from '../termination_criteria';
import { show } from '../utils/errors';
import { flag, OptionError } from '../utils/options';
import type { Seed } from '../utils/rng';

/** One dataset, or several by name. */
export type MonitoringDataset = Dataset | Record<string, Dataset>;

/** What every algorithm that goes through a dataset in batches takes. */
export interface BatchTrainingOptions {
  /** Examples in a batch; the model's own batch size if not given. */
  batchSize?: number | null;
  /** Examples in a monitoring batch. */
  monitoringBatchSize?: number | null;
  /** Monitoring batches. Without a monitoring batch size they divide the dataset among them. */
  monitoringBatches?: number | null;
  /** What to monitor on. Channels of a dataset named `valid` begin with `valid_`. */
  monitoringDataset?: MonitoringDataset | null;
  /** When to stop; null for never. */
  terminationCriterion?: TerminationCriterion | null;
  /** Whether to give the model our batch size if it insists on another one. */
  setBatchSize?: boolean;
}

/** What those with a cost and a random order of examples take beside. */
export interface CostTrainingOptions extends BatchTrainingOptions {
  /** What to minimise; the model's default cost if not given. */
  cost?: Cost | null;
  /** Batches in an epoch; all that the dataset has if not given. */
  batchesPerIter?: number | null;
  /** Accepted for the sake of old files; has no effect. */
  theanoFunctionMode?: unknown;
}

function isMonitoringDataset(value: unknown): value is MonitoringDataset {
  if (value instanceof Dataset) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = Object.values(value);
  return members.length > 0 && members.every((member) => member instanceof Dataset);
}

function isCriterion(value: unknown): value is TerminationCriterion {
  return typeof (value as Partial<TerminationCriterion> | null)?.continueLearning === 'function';
}

/** The zod type of a number of examples or batches. */
export const count = z.number().int().positive();

/** The zod types of what {@link CostTrainingOptions} adds. */
export const costTrainingShape = {
  cost: z
    .custom<Cost>((value) => value instanceof Cost, {
      error: ({ input }) =>
        Array.isArray(input)
          ? 'expected a Cost (costs.cost.SumOfCosts makes one of several)'
          : 'expected a Cost',
    })
    .nullish(),
  batchesPerIter: count.nullish(),
  theanoFunctionMode: z.unknown().optional(),
};

/** The zod types of {@link BatchTrainingOptions}. */
export const batchTrainingShape = {
  batchSize: count.nullish(),
  monitoringBatchSize: count.nullish(),
  monitoringBatches: count.nullish(),
  monitoringDataset: z
    .custom<MonitoringDataset>(isMonitoringDataset, {
      error: 'expected a Dataset or a mapping from names to Datasets',
    })
    .nullish(),
  // StepShrinker is an extension as well as a criterion, hence not instanceOf.
  terminationCriterion: z
    .custom<TerminationCriterion>(isCriterion, { error: 'expected a TerminationCriterion' })
    .nullish(),
  setBatchSize: flag().default(false),
};

/** The zod type of a generator's seed; RandomState checks it. */
export const seedOption = z.custom<Seed>(
  (seed) => typeof seed === 'number' || Array.isArray(seed),
  { error: 'expected an integer or a list of integers' },
);

/**
 * Checks that nobody says how to monitor without saying on what.
 * @throws {@link OptionError}
 */
export function expectMonitoringDataset(
  where: string,
  options: Pick<
    BatchTrainingOptions,
    'monitoringDataset' | 'monitoringBatches' | 'monitoringBatchSize'
  >,
  keys: readonly string[],
): void {
  if (options.monitoringDataset) return;
  for (const option of ['monitoringBatches', 'monitoringBatchSize'] as const) {
    const value = options[option];
    if (value == null || value === -1) continue;
    const detail = `expected none without a monitoring dataset, received ${show(value)}`;
    throw new OptionError(where, [{ option, path: '', problem: 'invalid', detail }], keys);
  }
}
