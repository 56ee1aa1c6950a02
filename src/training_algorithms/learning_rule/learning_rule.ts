/**
 * @file What every learning rule is. Port of pylearn2/training_algorithms/learning_rule.py
 * (`LearningRule`). Differs: what a rule remembers is named in `slots` and made by `setup`, so that
 * it can be saved and freed.
 */
import type { Dataset } from '../../datasets';
import { type SharedVariable, sharedX, tf, type Updates } from '../../engine';
import type { Monitor } from '../../monitor';
import { StateError } from '../../utils/errors';
import type { NdArray } from '../../utils/nd_array';

/** Factors on the learning rate, for the parameters that have one. */
export type LrScalers = ReadonlyMap<SharedVariable, number>;

/** Saved memory of a rule: arrays by `slot(parameter)`. */
export type RuleState = Record<string, NdArray>;

/** Turns gradients into the parameters' next values. */
export abstract class LearningRule {
  /** Names of what the rule remembers of each parameter: tensors of its shape, zero at first. */
  protected readonly slots: readonly string[] = [];
  private readonly memory = new Map<string, SharedVariable>();
  private parameters: readonly SharedVariable[] = [];

  /** The rule's own variables: what it remembers of the parameters, and maybe a momentum. */
  get params(): SharedVariable[] {
    return [...this.memory.values()];
  }

  /** Makes the memory for some parameters, forgetting what was remembered of others. */
  setup(params: readonly SharedVariable[]): void {
    this.forget();
    this.parameters = params;
    for (const slot of this.slots) {
      for (const param of params) {
        const key = this.key(slot, param);
        this.memory.set(
          key,
          tf.tidy(() => sharedX(tf.zerosLike(param), key)),
        );
      }
    }
  }

  /**
   * One step. Runs inside a compiled function: tensor operations only.
   * @param learningRate - [] float32.
   * @param gradients - By all parameters given to {@link setup}.
   * @returns Next values of the parameters and of what the rule remembers.
   */
  abstract getUpdates(learningRate: tf.Tensor, gradients: Updates, lrScalers: LrScalers): Updates;

  /** Adds what there is to watch about the rule. */
  addChannelsToMonitor(_monitor: Monitor, _dataset: Dataset | undefined): void {}

  getState(): RuleState {
    return Object.fromEntries([...this.memory].map(([key, shared]) => [key, shared.getValue()]));
  }

  /** @throws {@link StateError} when the state is that of another rule or of other parameters. */
  setState(state: RuleState): void {
    for (const [key, shared] of this.memory) {
      if (!(key in state)) throw new StateError(`${this.constructor.name}: no ${key} was saved.`);
      shared.setValue(state[key]);
    }
  }

  /** Frees the rule's variables. */
  dispose(): void {
    this.forget();
  }

  /** What the rule remembers of a parameter. */
  protected recall(slot: string, param: SharedVariable): SharedVariable {
    const shared = this.memory.get(this.key(slot, param));
    if (shared) return shared;
    throw new StateError(
      `${this.constructor.name}: no ${slot} of ${param.name}; setup comes first.`,
    );
  }

  /** The parameters given to {@link setup}. */
  protected trained(): readonly SharedVariable[] {
    return this.parameters;
  }

  /** Equal names are told apart by position. */
  private key(slot: string, param: SharedVariable): string {
    const position = this.parameters.indexOf(param);
    const first = this.parameters.findIndex(({ name }) => name === param.name);
    return `${slot}(${param.name}${first === position ? '' : `#${position}`})`;
  }

  private forget(): void {
    for (const shared of this.memory.values()) shared.dispose();
    this.memory.clear();
  }
}

/** The learning rate of one parameter. */
export function scaledRate(
  learningRate: tf.Tensor,
  lrScalers: LrScalers,
  param: SharedVariable,
): tf.Tensor {
  const scaler = lrScalers.get(param);
  return scaler === undefined ? learningRate : learningRate.mul(scaler);
}

/** Steps against the gradient: what is done without a learning rule. */
export function plainSteps(
  learningRate: tf.Tensor,
  gradients: Updates,
  lrScalers: LrScalers,
): Updates {
  return new Map(
    [...gradients].map(([param, gradient]) => {
      const rate = scaledRate(learningRate, lrScalers, param);
      return [param, tf.sub(param, rate.mul(gradient))];
    }),
  );
}
