/**
 * @file The line along which a search moves the parameters, held on the device. Port of the
 * functions that pylearn2/optimization/batch_gradient_descent.py compiles: gradient, conjugate
 * direction, normalisation, moving, objective, and their sums over several batches (`Accumulator`).
 * Differs: moving costs no reading back of the parameters, and the objective at the start of the
 * line comes with the gradient.
 */
import {
  function as makeFunction,
  type SharedVariable,
  sharedX,
  type TensorFunction,
  tf,
  type Updates,
} from '../../engine';
import type { NdArray } from '../../utils/nd_array';

/** The objective on a batch, by tensor operations; a scalar owned by the caller. */
export type ObjectiveOf = (batch: tf.Tensor[]) => tf.Scalar;

/** The same with the gradients by all parameters, and what else has to be updated with them. */
export type GradientsOf = (batch: tf.Tensor[]) => {
  cost: tf.Scalar;
  gradients: Updates;
  updates: Updates;
};

/** What is to be minimised, and how steps are bounded. */
export interface Problem {
  objective: ObjectiveOf;
  gradients: GradientsOf;
  params: readonly SharedVariable[];
  /** Change the parameters' next values in place. */
  constrainers: readonly ((updates: Updates) => void)[];
  /** Factors on the steps of some parameters. */
  lrScalers: ReadonlyMap<SharedVariable, number>;
  /** Whether to mix the former direction into the gradient. */
  conjugate: boolean;
}

const WHERE = 'optimization.batch_gradient_descent';
/** Keeps the share of the former direction finite. */
const EPSILON = 1e-7;

type BatchFunction<Outputs extends tf.TensorContainer> = TensorFunction<tf.Tensor[], Outputs>;

function dot(a: readonly tf.Tensor[], b: readonly tf.Tensor[]): tf.Scalar {
  return tf.addN(a.map((part, i) => part.mul(b[i]).sum())) as tf.Scalar;
}

/** Reads a tensor's numbers and frees it. */
function take(tensor: tf.Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}

function zerosLike(params: readonly SharedVariable[], name: string): SharedVariable[] {
  return tf.tidy(() =>
    params.map((param) => sharedX(tf.zerosLike(param), `${name}(${param.name})`)),
  );
}

/** Start, direction and norm of the line; `aim` makes a new one, the rest moves along it. */
export class DescentLine {
  private readonly start: SharedVariable[];
  private readonly direction: SharedVariable[];
  private readonly norm = sharedX<tf.Rank.R0>(0, 'norm');
  /** Sums of gradients over several batches; made when there are several. */
  private sums: SharedVariable[] = [];
  private readonly aimAlong: BatchFunction<tf.Tensor>;
  private readonly objective: BatchFunction<tf.Scalar>;
  private readonly addGradients: BatchFunction<tf.Scalar>;
  private readonly aimBySums: BatchFunction<tf.Scalar>;
  private readonly move: BatchFunction<tf.Tensor[]>;

  constructor(private readonly problem: Problem) {
    this.start = zerosLike(problem.params, 'start');
    this.direction = zerosLike(problem.params, 'direction');
    this.aimAlong = makeFunction((...batch) => this.aimStep(batch), { name: `${WHERE}.gradient` });
    this.objective = makeFunction((...batch) => ({ outputs: problem.objective(batch) }), {
      name: `${WHERE}.objective`,
    });
    this.addGradients = makeFunction((weight, ...batch) => this.sumStep(weight, batch), {
      name: `${WHERE}.accumulate`,
    });
    this.aimBySums = makeFunction(() => this.turn(this.sums), { name: `${WHERE}.direction` });
    this.move = makeFunction((alpha) => this.moveStep(alpha), { name: `${WHERE}.move` });
  }

  /** Sets what the former direction counts for at the next `aim`: 0 forgets it. */
  forget(norm: 0 | 1): void {
    this.norm.setValue(norm);
  }

  /**
   * Starts a new line where the parameters are, against the gradient there.
   * @returns The objective at the start and the norm of the direction, before normalisation.
   */
  aim(batches: readonly tf.Tensor[][]): { objective: number; norm: number } {
    if (batches.length === 1) {
      const [objective, norm] = take(this.aimAlong(...batches[0]));
      return { objective, norm };
    }
    const objective = this.sumGradients(batches);
    return { objective, norm: take(this.aimBySums())[0] };
  }

  /** Moves the parameters to a distance from the start, and gives the objective there. */
  objectiveAt(alpha: number, batches: readonly tf.Tensor[][]): number {
    this.goTo(alpha);
    return weightsOf(batches).reduce(
      (sum, weight, i) => sum + weight * take(this.objective(...batches[i]))[0],
      0,
    );
  }

  /** Moves the parameters to a distance from the start; 0 is the start itself. */
  goTo(alpha: number): void {
    tf.tidy(() => this.move(tf.scalar(alpha)));
  }

  /** The normalised direction of the last line, in the order of the parameters. */
  getState(): NdArray[] {
    return this.direction.map((part) => part.getValue());
  }

  setState(direction: readonly NdArray[]): void {
    this.direction.forEach((part, i) => part.setValue(direction[i]));
  }

  dispose(): void {
    for (const shared of [...this.start, ...this.direction, ...this.sums, this.norm]) {
      shared.dispose();
    }
  }

  private ordered(gradients: Updates): tf.Tensor[] {
    return this.problem.params.map((param) => gradients.get(param)!);
  }

  private aimStep(batch: tf.Tensor[]) {
    const { cost, gradients, updates } = this.problem.gradients(batch);
    const turned = this.turn(this.ordered(gradients));
    return {
      outputs: tf.stack([cost, turned.outputs]),
      updates: new Map([...updates, ...turned.updates]),
    };
  }

  private turn(gradients: readonly tf.Tensor[]) {
    const aims = this.problem.conjugate ? this.conjugate(gradients) : gradients;
    const norm = dot(aims, aims).sqrt() as tf.Scalar;
    const updates: Updates = new Map([[this.norm as SharedVariable, norm as tf.Tensor]]);
    this.problem.params.forEach((param, i) => {
      updates.set(this.start[i], param);
      updates.set(this.direction[i], aims[i].divNoNan(norm));
    });
    return { outputs: norm, updates };
  }

  /** Polak and Ribiere's formula, with the former direction where they have the former gradient. */
  private conjugate(gradients: readonly tf.Tensor[]): tf.Tensor[] {
    const former = this.direction.map((part) => part.mul(this.norm));
    const change = dot(gradients, gradients).sub(dot(gradients, former));
    const share = change.div(dot(former, former).add(EPSILON)).relu();
    return gradients.map((part, i) => part.add(former[i].mul(share)));
  }

  private moveStep(alpha: tf.Tensor) {
    const { params, constrainers, lrScalers } = this.problem;
    const updates: Updates = new Map(
      params.map((param, i) => {
        const scaler = lrScalers.get(param);
        const length = scaler === undefined ? alpha : alpha.mul(scaler);
        return [param, this.start[i].sub(this.direction[i].mul(length))];
      }),
    );
    for (const constrain of constrainers) constrain(updates);
    return { outputs: [] as tf.Tensor[], updates };
  }

  private sumGradients(batches: readonly tf.Tensor[][]): number {
    if (this.sums.length === 0) this.sums = zerosLike(this.problem.params, 'sum');
    else tf.tidy(() => this.sums.forEach((sum) => sum.assign(tf.zerosLike(sum))));
    return weightsOf(batches).reduce((sum, share, i) => {
      const weighted = tf.tidy(() => this.addGradients(tf.scalar(share), ...batches[i]));
      return sum + take(weighted)[0];
    }, 0);
  }

  private sumStep(weight: tf.Tensor, batch: tf.Tensor[]) {
    const { cost, gradients, updates } = this.problem.gradients(batch);
    const next: Updates = new Map(updates);
    this.ordered(gradients).forEach((part, i) => {
      next.set(this.sums[i], this.sums[i].add(part.mul(weight)));
    });
    return { outputs: cost.mul(weight) as tf.Scalar, updates: next };
  }
}

/** The share of each batch in all examples. */
function weightsOf(batches: readonly tf.Tensor[][]): number[] {
  if (batches.length === 1) return [1];
  const sizes = batches.map(([first]) => first.shape[0] ?? 1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => size / total);
}
