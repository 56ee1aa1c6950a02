/**
 * @file Descent with line searches on large batches. Port of pylearn2/training_algorithms/bgd.py
 * (`BGD`). Differs: an epoch can be interrupted, also within a batch, and gone on with.
 */
import { z } from 'zod';
import type { Cost } from '../../costs';
import { function as makeFunction, type SharedVariable, sharedX, tf } from '../../engine';
import type { Model } from '../../models';
import {
  BatchGradientDescent,
  type DescentState,
  stepLengths,
} from '../../optimization/batch_gradient_descent';
import { StateError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import { flag, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import type { Seed } from '../../utils/rng';
import { BatchTrainingAlgorithm } from '../batch_training_algorithm';
import {
  batchTrainingShape,
  costTrainingShape,
  type CostTrainingOptions,
  count,
  expectMonitoringDataset,
  seedOption,
} from '../batch_training_options';

export interface BGDOptions extends CostTrainingOptions {
  /** Line searches on each batch. */
  updatesPerBatch?: number;
  /** Whether the first search on a batch tries `initAlpha`, or what the last batch ended with. */
  resetAlpha?: boolean;
  /** Whether to use conjugate directions. */
  conjugate?: boolean;
  /** The exhaustive search begins no line with shorter steps. */
  minInitAlpha?: number | null;
  /** Whether each batch begins with the gradient itself. */
  resetConjugate?: boolean;
  /** 'exhaustive' for a binary search, null for a few steps of adapting lengths. */
  lineSearchMode?: 'exhaustive' | null;
  /** Greater than 0, or true, to be told about each search; greater than 1, about each step. */
  verboseOptimization?: number | boolean;
  /** Share of the way to the found parameters that is gone at each batch. */
  scaleStep?: number;
  /** Step lengths that the first search tries, increasing. */
  initAlpha?: number[] | null;
  /** Of the generator that draws the order of the examples. */
  seed?: Seed | null;
}

const schema = optionsOf<BGDOptions>()({
  ...batchTrainingShape,
  ...costTrainingShape,
  updatesPerBatch: z.union([z.literal(-1), count]).default(10),
  resetAlpha: flag().default(true),
  conjugate: flag().default(false),
  minInitAlpha: z.number().positive().nullable().default(0.001),
  resetConjugate: flag().default(true),
  lineSearchMode: z.literal('exhaustive').nullish(),
  verboseOptimization: z.union([z.number(), flag()]).default(false),
  scaleStep: z.number().default(1),
  initAlpha: stepLengths.nullish(),
  seed: seedOption.nullish(),
});

const WHERE = 'training_algorithms.bgd.BGD';
const SEED = [2012, 10, 16];
const log = new Logger('training_algorithms.bgd');

/** Lowers the cost on one batch after the other by searches along the gradient. */
export class BGD extends BatchTrainingAlgorithm {
  static readonly schema = schema;
  /** Share of the way to the found parameters that is gone at each batch; extensions change it. */
  scaleStep: number;
  private readonly options: Parsed<typeof schema>;
  private optimizer?: BatchGradientDescent;
  /** The parameters before the present batch, if only a share of the way is to be gone. */
  private before?: SharedVariable[];

  constructor(options: BGDOptions = {}) {
    const checked = parseOptions(schema, options, WHERE);
    expectMonitoringDataset(WHERE, checked, schema.keys);
    const modes = { train: 'shuffled_sequential', monitor: 'sequential' } as const;
    super(WHERE, checked, modes, checked.seed ?? SEED);
    this.options = checked;
    this.scaleStep = checked.scaleStep;
  }

  override getState(): Record<string, unknown> {
    const optimizer = this.optimizer?.getState() ?? null;
    return { ...super.getState(), scaleStep: this.scaleStep, optimizer };
  }

  override setState(state: Record<string, unknown>): void {
    super.setState(state);
    this.scaleStep = state.scaleStep as number;
    if (state.optimizer) this.optimizer?.setState(state.optimizer as DescentState);
  }

  /** Frees what the searches remember. */
  override dispose(): void {
    super.dispose();
    this.forgetBefore();
    this.optimizer?.dispose();
    this.optimizer = undefined;
  }

  protected override prepare(model: Model, cost: Cost): void {
    expectDeterministic(cost);
    expectTractable(model, cost);
    this.forgetBefore();
    this.optimizer?.dispose();
    this.optimizer = this.makeOptimizer(model, cost);
    if (this.monitoringDataset === null) return;
    this.setupMonitor();
    this.addChannels(this.optimizer);
  }

  protected override async trainBatch(batch: tf.Tensor[], signal: AbortSignal): Promise<boolean> {
    const optimizer = this.optimizer!;
    if (!optimizer.interrupted) this.beforeStep();
    await optimizer.minimize(batch, signal);
    if (optimizer.interrupted) return false;
    this.afterStep();
    this.monitor.reportBatch(this.sizeOf(batch));
    return true;
  }

  private makeOptimizer(model: Model, cost: Cost): BatchGradientDescent {
    const { updatesPerBatch, verboseOptimization, ...options } = this.options;
    return new BatchGradientDescent({
      objective: (batch) => cost.expr(model, this.nest(batch)) as tf.Scalar,
      gradients: (batch) => cost.getGradients(model, this.nest(batch)),
      params: model.getParams(),
      paramConstrainers: [(updates) => model.modifyUpdates(updates)],
      lrScalers: model.getLrScalers(),
      maxIter: updatesPerBatch,
      verbose: verboseOptimization,
      initAlpha: options.initAlpha,
      minInitAlpha: options.minInitAlpha,
      resetAlpha: options.resetAlpha,
      conjugate: options.conjugate,
      resetConjugate: options.resetConjugate,
      lineSearchMode: options.lineSearchMode,
    });
  }

  private addChannels({ averages }: BatchGradientDescent): void {
    const dataset = this.firstMonitoringDataset();
    const { stepSize, gradSize, gradMult } = averages;
    for (const shared of [stepSize, gradSize, gradMult]) {
      this.monitor.addChannel(shared.name, () => shared.clone(), { dataset });
    }
  }

  private beforeStep(): void {
    if (this.scaleStep === 1) return;
    this.forgetBefore();
    this.before = this.model.getParams().map((param) => sharedX(param, `before(${param.name})`));
  }

  private afterStep(): void {
    const { before } = this;
    if (before === undefined) return;
    const params = this.model.getParams();
    const retreat = makeFunction((share: tf.Tensor) => ({
      outputs: [],
      updates: new Map(
        params.map((param, i) => {
          return [param, tf.add(before[i], tf.sub(param, before[i]).mul(share))] as const;
        }),
      ),
    }));
    tf.tidy(() => retreat(tf.scalar(this.scaleStep)));
    this.forgetBefore();
  }

  private forgetBefore(): void {
    for (const shared of this.before ?? []) shared.dispose();
    this.before = undefined;
  }
}

/** @throws {@link StateError} when two evaluations of the cost differ by chance. */
function expectDeterministic(cost: Cost): void {
  const stochastic = cost.isStochastic();
  if (stochastic) {
    throw new StateError(`${WHERE}: line searches cannot follow a stochastic ${nameOf(cost)}.`);
  }
  if (stochastic === undefined) {
    log.warn(`${WHERE}: ${nameOf(cost)} does not say whether it is stochastic; it must not be.`);
  }
}

/** @throws {@link StateError} when the cost has no value that line searches could compare. */
function expectTractable(model: Model, cost: Cost): void {
  let tractable = false;
  tf.tidy(() => {
    const batch = cost.getDataSpecs(model).space.getOriginBatch(model.forceBatchSize ?? 2);
    tractable = cost.expr(model, batch) !== null;
  });
  if (tractable) return;
  throw new StateError(
    `${WHERE}: ${nameOf(cost)} has no tractable value, which line searches compare.`,
  );
}

function nameOf(cost: Cost): string {
  return cost.constructor.name;
}
