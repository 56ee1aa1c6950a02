/**
 * @file What descent tells the monitor about its steps. Port of the running averages of
 * pylearn2/optimization/batch_gradient_descent.py.
 */
import { function as makeFunction, type SharedVariable, sharedX, tf } from '../../engine';

/** Weight of a new value, after the very first, which is taken whole. */
const WEIGHT = 0.01;

/** Plain data, for saving. */
export interface AveragesState {
  values: [step: number, gradient: number, multiplier: number];
  begun: boolean;
}

/** Averages of step and gradient lengths, on the device; read them at any time. */
export class RunningAverages {
  /** Of the lengths of the steps taken, in the space of parameters. */
  readonly stepSize = sharedX<tf.Rank.R0>(0, 'ave_step_size');
  /** Of the norms of the directions of descent. */
  readonly gradSize = sharedX<tf.Rank.R0>(0, 'ave_grad_size');
  /** Of the first divided by the second: the learning rate, so to speak. */
  readonly gradMult = sharedX<tf.Rank.R0>(0, 'ave_grad_mult');
  private begun = false;
  private readonly add = makeFunction(
    (weight: tf.Tensor, step: tf.Tensor, norm: tf.Tensor) => {
      const mean = (shared: SharedVariable, value: tf.Tensor) =>
        [shared, tf.add(weight.mul(value), weight.neg().add(1).mul(shared))] as const;
      return {
        outputs: [],
        updates: new Map([
          mean(this.stepSize, step),
          mean(this.gradSize, norm),
          mean(this.gradMult, step.div(norm)),
        ]),
      };
    },
    { name: 'optimization.batch_gradient_descent.averages' },
  );

  /** Takes a step into account: its length and the norm of the direction it went in. */
  record(step: number, norm: number): void {
    const weight = this.begun ? WEIGHT : 1;
    this.begun = true;
    tf.tidy(() => this.add(tf.scalar(weight), tf.scalar(step), tf.scalar(norm)));
  }

  getState(): AveragesState {
    const [step, gradient, multiplier] = this.shared().map((shared) => shared.dataSync()[0]);
    return { values: [step, gradient, multiplier], begun: this.begun };
  }

  setState({ values, begun }: AveragesState): void {
    this.shared().forEach((shared, i) => shared.setValue(values[i]));
    this.begun = begun;
  }

  dispose(): void {
    for (const shared of this.shared()) shared.dispose();
  }

  private shared(): SharedVariable<tf.Rank.R0>[] {
    return [this.stepSize, this.gradSize, this.gradMult];
  }
}
