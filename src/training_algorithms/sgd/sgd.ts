/**
 * @file Stochastic gradient descent. Port of pylearn2/training_algorithms/sgd.py (`SGD`). Differs:
 * an epoch can be interrupted and gone on with; update callbacks may be async; its state can be
 * saved; a model without a default cost of its own is trained by `costs.mlp.Default`.
 */
import { z } from 'zod';
import { Cost } from '../../costs';
import { type IterationMode, iterationModes, type TakeBatch } from '../../datasets';
import type { tf } from '../../engine';
import {
  function as makeFunction,
  type SharedVariable,
  sharedX,
  type TensorFunction,
  type Updates,
} from '../../engine';
import type { Model } from '../../models';
import { StateError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import type { NdArray } from '../../utils/nd_array';
import {
  instanceOf,
  optionConflict,
  optionsOf,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { Pace } from '../../utils/pace';
import { float32Str } from '../../utils/python_format';
import type { Seed } from '../../utils/rng';
import { BatchTrainingAlgorithm } from '../batch_training_algorithm';
import {
  batchTrainingShape,
  costTrainingShape,
  type CostTrainingOptions,
  expectMonitoringDataset,
  seedOption,
} from '../batch_training_options';
import { finiteCheck } from '../finite';
import { LearningRule, Momentum } from '../learning_rule';
import { plainSteps, type RuleState } from '../learning_rule/learning_rule';
import { read } from './learning_rate';
import { UpdateCallback, type UpdateCallbackLike } from './update_callback';

export interface SGDOptions extends CostTrainingOptions {
  /** Size of the steps; schedules may change it. */
  learningRate: number;
  /** The order of the examples that are monitored. */
  monitorIterationMode?: IterationMode;
  /** Called after each batch: one, or a list. */
  updateCallbacks?: UpdateCallbackLike | UpdateCallbackLike[] | null;
  /** How gradients become steps; null to go against the gradient. */
  learningRule?: LearningRule | null;
  /** The way of older files to say that the learning rule is a Momentum of so much. */
  initMomentum?: number | null;
  /** The order of the examples that are trained on; `shuffled_sequential` unless given. */
  trainIterationMode?: IterationMode | null;
  /** Other costs to monitor, by the names of their channels. */
  monitoringCosts?: Record<string, Cost> | null;
  /** Of the generator that draws the order. */
  seed?: Seed;
}

const mode = z.enum(iterationModes);
const callback = z.custom<UpdateCallbackLike>(
  (value) =>
    typeof value === 'function' ||
    typeof (value as { call?: unknown } | null | undefined)?.call === 'function',
  { error: 'expected a function or an object with a method `call`' },
);

type NumberedStep = TensorFunction<[tf.Tensor1D], tf.Tensor[]>;

const schema = optionsOf<SGDOptions>()({
  ...batchTrainingShape,
  ...costTrainingShape,
  learningRate: z.number(),
  monitorIterationMode: mode.default('sequential'),
  updateCallbacks: z
    .union([z.array(callback), callback.transform((one) => [one])], {
      error: 'expected a function or an object with a method `call`, or a list of such',
    })
    .nullish(),
  learningRule: instanceOf(LearningRule).nullish(),
  initMomentum: z.number().min(0).lt(1).nullish(),
  trainIterationMode: mode.nullish(),
  monitoringCosts: z.record(z.string(), instanceOf(Cost)).nullish(),
  seed: seedOption.default([2012, 10, 5]),
});

const WHERE = 'training_algorithms.sgd.SGD';
const log = new Logger('training_algorithms.sgd');

/** Steps against the gradient of the cost on one batch after the other. */
export class SGD extends BatchTrainingAlgorithm {
  static readonly schema = schema;
  /** [] float32; schedules change it. */
  readonly learningRate: SharedVariable<tf.Rank.R0>;
  readonly learningRule: LearningRule | null;
  /** Called after each batch, in order; extensions may add to them. */
  readonly updateCallbacks: UpdateCallbackLike[];
  private readonly options: Parsed<typeof schema>;
  private step?: TensorFunction<tf.Tensor[], tf.Tensor[]>;
  /** Makes the same step for batches by number. */
  private makeNumbered?: (take: TakeBatch) => NumberedStep;
  private numbered?: { take: TakeBatch; step: NumberedStep };
  private expectFinite?: () => void;
  private readonly pace = new Pace();

  constructor(options: SGDOptions) {
    const checked = parseOptions(schema, options, WHERE);
    expectMonitoringDataset(WHERE, checked, schema.keys);
    const train = checked.trainIterationMode ?? 'shuffled_sequential';
    super(WHERE, checked, { train, monitor: checked.monitorIterationMode }, checked.seed);
    this.options = checked;
    this.learningRate = sharedX<tf.Rank.R0>(checked.learningRate, 'learning_rate');
    this.learningRule = ruleOf(checked);
    this.updateCallbacks = [...(checked.updateCallbacks ?? [])];
  }

  override getState(): Record<string, unknown> {
    return {
      ...super.getState(),
      learningRate: this.learningRate.getValue(),
      learningRule: this.learningRule?.getState() ?? null,
      updateCallbacks: this.updateCallbacks.map((one) => stateful(one)?.getState() ?? null),
    };
  }

  override setState(state: Record<string, unknown>): void {
    super.setState(state);
    this.learningRate.setValue(state.learningRate as NdArray);
    if (state.learningRule) this.learningRule?.setState(state.learningRule as RuleState);
    const saved = state.updateCallbacks as (Record<string, unknown> | null | undefined)[];
    this.updateCallbacks.forEach((one, i) => {
      const kept = saved[i];
      if (kept) stateful(one)?.setState(kept);
    });
  }

  /** Frees the learning rate and what the learning rule remembers. */
  override dispose(): void {
    super.dispose();
    this.learningRate.dispose();
    this.learningRule?.dispose();
  }

  protected override prepare(model: Model, cost: Cost): void {
    const params = model.getParams();
    this.expectFinite = finiteCheck(WHERE, params);
    this.expectFinite();
    expectScalersOfParams(model);
    this.learningRule?.setup(params);
    this.addChannels();
    this.logRates(model);
    const stepOn = (batch: tf.Tensor[]) => ({
      outputs: [] as tf.Tensor[],
      updates: this.updatesOn(batch, model, cost),
    });
    const name = `${WHERE}.step`;
    this.step = makeFunction((...batch: tf.Tensor[]) => stepOn(batch), { name });
    this.makeNumbered = (take) => makeFunction((numbers) => stepOn(take(numbers)), { name });
    this.numbered = undefined;
  }

  protected override checkEpoch(): void {
    this.expectFinite?.();
  }

  protected override async trainBatch(batch: tf.Tensor[]): Promise<boolean> {
    this.step!(...batch);
    return this.afterBatch(this.sizeOf(batch));
  }

  protected override async trainNumbered(numbers: tf.Tensor2D, take: TakeBatch): Promise<boolean> {
    if (this.numbered?.take !== take) this.numbered = { take, step: this.makeNumbered!(take) };
    const { step } = this.numbered;
    const [batches, examples] = numbers.shape;
    this.pace.time(batches, () => step.each(numbers));
    for (let batch = 0; batch < batches; batch++) await this.afterBatch(examples);
    return true;
  }

  /** Callbacks look at each batch; where there are none, steps are taken together. */
  protected override batchesAtOnce(): number {
    return this.updateCallbacks.length > 0 ? 1 : this.pace.steps;
  }

  private async afterBatch(examples: number): Promise<boolean> {
    this.monitor.reportBatch(examples);
    for (const one of this.updateCallbacks) {
      await (typeof one === 'function' ? one(this) : one.call(this));
    }
    return true;
  }

  private addChannels(): void {
    const dataset = this.firstMonitoringDataset();
    if (dataset === undefined) return;
    this.setupMonitor(this.options.monitoringCosts ?? null);
    this.monitor.addChannel('learning_rate', () => this.learningRate.clone(), {
      dataset,
      doc: 'learning rate of the algorithm, before the factors of parameters',
    });
    this.learningRule?.addChannelsToMonitor(this.monitor, dataset);
  }

  private logRates(model: Model): void {
    const scalers = model.getLrScalers();
    const rate = read(this.learningRate);
    const lines = model
      .getParams()
      .map((param) => `\t${param.name}: ${float32Str(rate * (scalers.get(param) ?? 1))}`);
    log.info(['Parameter and initial learning rate summary:', ...lines].join('\n'));
  }

  /** The next values of everything that a batch changes. */
  private updatesOn(batch: tf.Tensor[], model: Model, cost: Cost): Updates {
    const { gradients, updates } = cost.getGradients(model, this.nest(batch));
    expectAllParams(model, gradients);
    const rule = this.learningRule;
    const scalers = model.getLrScalers();
    const steps = rule
      ? rule.getUpdates(this.learningRate, gradients, scalers)
      : plainSteps(this.learningRate, gradients, scalers);
    const all: Updates = new Map([...updates, ...steps]);
    model.modifyUpdates(all);
    return all;
  }
}

/** The learning rule, said in the way of today or of older files. */
function ruleOf({ learningRule, initMomentum }: Parsed<typeof schema>): LearningRule | null {
  if (typeof initMomentum !== 'number') return learningRule ?? null;
  if (learningRule)
    throw optionConflict(WHERE, 'expected learning_rule or init_momentum, not both');
  return new Momentum({ initMomentum });
}

/** A callback that remembers something. */
function stateful(callback: UpdateCallbackLike): UpdateCallback | undefined {
  return callback instanceof UpdateCallback ? callback : undefined;
}

/** @throws {@link StateError} unless the gradients are by the parameters, all of them. */
function expectAllParams(model: Model, gradients: Updates): void {
  const params = model.getParams();
  const missing = params.find((param) => !gradients.has(param));
  if (missing) throw new StateError(`${WHERE}: the cost gives no gradient by ${missing.name}.`);
  const extra = [...gradients.keys()].find((key) => !params.includes(key));
  if (extra) throw new StateError(`${WHERE}: a gradient by ${extra.name}, which is no parameter.`);
}

function expectScalersOfParams(model: Model): void {
  const params = model.getParams();
  const extra = [...model.getLrScalers().keys()].find((key) => !params.includes(key));
  if (extra === undefined) return;
  throw new StateError(
    `${WHERE}: the model scales the learning rate of ${extra.name}, which is no parameter.`,
  );
}
