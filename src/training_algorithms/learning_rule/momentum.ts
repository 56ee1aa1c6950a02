/** @file Momentum. Port of pylearn2/training_algorithms/learning_rule.py (`Momentum`). */
import { z } from 'zod';
import type { Dataset } from '../../datasets';
import { type SharedVariable, sharedX, tf, type Updates } from '../../engine';
import type { Monitor } from '../../monitor';
import { flag, optionsOf, type Parsed, parseOptions } from '../../utils/options';
import { LearningRule, type LrScalers, type RuleState, scaledRate } from './learning_rule';

export interface MomentumOptions {
  /** Share of the last step that the next one keeps, in [0, 1). */
  initMomentum: number;
  /** Whether to step by Nesterov's method. */
  nesterovMomentum?: boolean;
}

const schema = optionsOf<MomentumOptions>()({
  initMomentum: z.number().min(0).lt(1),
  nesterovMomentum: flag().default(false),
});

/**
 * Steps go on in the direction of the steps before: v' = m v - lr g, p' = p + v'. By Nesterov's
 * method p' = p + m v' - lr g, where p stands for the point that looks ahead.
 * @see Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in
 * deep learning", ICML 2013; Bengio, Boulanger-Lewandowski and Pascanu, arXiv:1212.0901.
 */
export class Momentum extends LearningRule {
  static readonly schema = schema;
  /** m; may be changed at any time. */
  readonly momentum: SharedVariable<tf.Rank.R0>;
  protected override readonly slots = ['velocity'];
  private readonly options: Parsed<typeof schema>;

  constructor(options: MomentumOptions) {
    super();
    this.options = parseOptions(schema, options, 'training_algorithms.learning_rule.Momentum');
    this.momentum = sharedX<tf.Rank.R0>(this.options.initMomentum, 'momentum');
  }

  override get params(): SharedVariable[] {
    return [...super.params, this.momentum];
  }

  override getUpdates(learningRate: tf.Tensor, gradients: Updates, lrScalers: LrScalers): Updates {
    const updates: Updates = new Map();
    for (const [param, gradient] of gradients) {
      const velocity = this.recall('velocity', param);
      const push = scaledRate(learningRate, lrScalers, param).mul(gradient);
      const next = tf.mul(this.momentum, velocity).sub(push);
      const step = this.options.nesterovMomentum ? next.mul(this.momentum).sub(push) : next;
      updates.set(velocity, next);
      updates.set(param, tf.add(param, step));
    }
    return updates;
  }

  override addChannelsToMonitor(monitor: Monitor, dataset: Dataset | undefined): void {
    monitor.addChannel('momentum', () => this.momentum.clone(), { dataset });
  }

  override getState(): RuleState {
    return { ...super.getState(), momentum: this.momentum.getValue() };
  }

  override setState(state: RuleState): void {
    super.setState(state);
    this.momentum.setValue(state.momentum);
  }

  override dispose(): void {
    super.dispose();
    this.momentum.dispose();
  }
}
