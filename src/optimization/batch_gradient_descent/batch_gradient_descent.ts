/**
 * @file Steepest or conjugate descent with line searches, all examples at once. Port of
 * pylearn2/optimization/batch_gradient_descent.py.
 * Differs: `objective` and `gradients` are functions of a batch where Theano has expressions with
 * `inputs`; the updates that go with gradients come from `gradients`, so there is no
 * `gradient_updates`; descent ends where the gradient is zero, instead of failing.
 */
import { z } from 'zod';
import type { tf } from '../../engine';
import { grad, SharedVariable, type Updates } from '../../engine';
import { NumericalError } from '../../utils/errors';
import { breathe, interruptSignal } from '../../utils/interrupt';
import { Logger } from '../../utils/log';
import type { NdArray } from '../../utils/nd_array';
import {
  callable,
  flag,
  instanceOf,
  optionsOf,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { DescentLine, type GradientsOf, type ObjectiveOf } from './descent_line';
import { exhaustiveSearch } from './exhaustive_search';
import { gridSearch } from './grid_search';
import type { LineSearch } from './line_search';
import { type AveragesState, RunningAverages } from './running_averages';
import { stepLengths } from './step_lengths';

export interface BatchGradientDescentOptions {
  /** The objective on a batch, by tensor operations. */
  objective: ObjectiveOf;
  /** What is changed to lower the objective; owned by the caller. */
  params: SharedVariable[];
  /** Applied to the parameters' next values, in place, at each point of a search. */
  paramConstrainers?: ((updates: Updates) => void)[] | null;
  /** Most iterations of one call of `minimize`; -1 for no limit. */
  maxIter?: number;
  /** Factors on the steps of some parameters. */
  lrScalers?: ReadonlyMap<SharedVariable, number> | null;
  /** Greater than 0, or true, to be told about each iteration; greater than 1, about each point. */
  verbose?: number | boolean;
  /** Step length at which the default search gives up shrinking. */
  tol?: number | null;
  /** Step lengths that the first search tries, increasing; by default as the search mode likes. */
  initAlpha?: number[] | null;
  /** The exhaustive search begins no line with shorter steps. */
  minInitAlpha?: number | null;
  /** Whether each call of `minimize` begins with `initAlpha`, or where the last call ended. */
  resetAlpha?: boolean;
  /** Whether to use conjugate directions. */
  conjugate?: boolean;
  /** Whether each call of `minimize` begins with the gradient itself. */
  resetConjugate?: boolean;
  /** Gradients by all parameters; by differentiation of the objective if not given. */
  gradients?: GradientsOf | null;
  /** 'exhaustive' for a binary search, null for a few steps of adapting lengths. */
  lineSearchMode?: 'exhaustive' | null;
  /** Whether `minimize` takes a list of batches and lowers their mean objective. */
  accumulate?: boolean;
  /** Accepted for the sake of old files; has no effect. */
  theanoFunctionMode?: unknown;
}

const positive = z.number().positive();
const schema = optionsOf<BatchGradientDescentOptions>()({
  objective: callable<ObjectiveOf>(),
  params: z.array(instanceOf(SharedVariable)).min(1),
  paramConstrainers: z.array(callable<(updates: Updates) => void>()).nullish(),
  maxIter: z.union([z.literal(-1), z.number().int().positive()]).default(-1),
  lrScalers: z.instanceof(Map<SharedVariable, number>).nullish(),
  verbose: z.union([z.number(), flag()]).default(0),
  tol: positive.nullish(),
  initAlpha: stepLengths.nullish(),
  minInitAlpha: positive.nullable().default(1e-3),
  resetAlpha: flag().default(true),
  conjugate: flag().default(false),
  resetConjugate: flag().default(true),
  gradients: callable<GradientsOf>().nullish(),
  lineSearchMode: z.literal('exhaustive').nullish(),
  accumulate: flag().default(false),
  theanoFunctionMode: z.unknown().optional(),
});

const WHERE = 'optimization.batch_gradient_descent.BatchGradientDescent';
const FIRST_STEPS = { exhaustive: [0.5, 1], grid: [0.001, 0.005, 0.01, 0.05, 0.1] };
/** Fits single precision. */
const TOLERANCE = 1e-6;

/** A call of `minimize` under way, or cut short by an interrupt. */
interface Descent {
  iteration: number;
  alphas: number[];
  objective: number;
}

/** Plain data, for saving: where the next call of `minimize` begins. */
export interface DescentState {
  alphas: number[];
  averages: AveragesState;
  /** The last direction, which conjugate descent needs if it is not reset. */
  direction: NdArray[];
}

function differentiate(objective: ObjectiveOf, params: SharedVariable[]): GradientsOf {
  return (batch) => {
    const { value, grads } = grad(() => objective(batch), params);
    const gradients: Updates = new Map(params.map((param, i) => [param, grads[i]]));
    return { cost: value, gradients, updates: new Map() };
  };
}

/** Lowers an objective by searching along one direction after the other. */
export class BatchGradientDescent {
  static readonly schema = schema;
  /** What the steps were like; owned by this object. */
  readonly averages = new RunningAverages();
  private readonly options: Parsed<typeof schema>;
  private readonly logger = new Logger('optimization.batch_gradient_descent');
  private readonly line: DescentLine;
  private readonly search: LineSearch;
  private alphas: number[];
  private descent?: Descent;

  constructor(options: BatchGradientDescentOptions) {
    this.options = parseOptions(schema, options, WHERE);
    const { objective, params, conjugate, lineSearchMode: mode } = this.options;
    this.line = new DescentLine({
      objective,
      gradients: this.options.gradients ?? differentiate(objective, params),
      params,
      constrainers: this.options.paramConstrainers ?? [],
      lrScalers: this.options.lrScalers ?? new Map(),
      conjugate,
    });
    this.search = mode
      ? exhaustiveSearch(this.options.minInitAlpha)
      : gridSearch(this.options.tol ?? TOLERANCE);
    this.alphas = this.options.initAlpha ?? FIRST_STEPS[mode ?? 'grid'];
  }

  /** Whether an interrupt cut the last call of `minimize` short; the next call goes on from there. */
  get interrupted(): boolean {
    return this.descent !== undefined;
  }

  /**
   * Changes the parameters to lower the objective on a batch. Lets others run between evaluations
   * and stops at the end of an iteration when interrupted; the parameters are then whole.
   * @param inputs - The batch, or with `accumulate` a list of batches; read only.
   * @param signal - Whose abortion interrupts.
   * @returns The lowest objective found, which is the one at the parameters.
   * @throws {@link NumericalError} when the objective is not a number at the parameters.
   */
  async minimize(inputs: tf.Tensor[] | tf.Tensor[][], signal = interruptSignal()): Promise<number> {
    const batches = (this.options.accumulate ? inputs : [inputs]) as tf.Tensor[][];
    const descent = this.descent ?? this.begin();
    this.descent = undefined;
    let more = true;
    while (more && descent.iteration !== this.options.maxIter) {
      more = await this.iterate(descent, batches);
      if (more && signal.aborted && descent.iteration !== this.options.maxIter) {
        this.descent = descent;
        return descent.objective;
      }
    }
    if (!this.options.resetAlpha) this.alphas = descent.alphas;
    return descent.objective;
  }

  getState(): DescentState {
    const { alphas, averages, line } = this;
    return { alphas: [...alphas], averages: averages.getState(), direction: line.getState() };
  }

  setState({ alphas, averages, direction }: DescentState): void {
    this.alphas = [...alphas];
    this.averages.setState(averages);
    this.line.setState(direction);
  }

  dispose(): void {
    this.line.dispose();
    this.averages.dispose();
  }

  private begin(): Descent {
    this.line.forget(this.options.resetConjugate ? 0 : 1);
    return { iteration: 0, alphas: this.alphas, objective: NaN };
  }

  /** One line; false when there is nothing more to gain. */
  private async iterate(descent: Descent, batches: tf.Tensor[][]): Promise<boolean> {
    const { objective, norm } = this.line.aim(batches);
    this.expectNumber(objective, norm);
    descent.iteration += 1;
    descent.objective = objective;
    if (norm === 0) return false;
    const { best, alphas, converged } = await this.searchLine(objective, descent.alphas, batches);
    Object.assign(descent, { alphas, objective: best.objective });
    this.tell(1, `iteration ${descent.iteration}: step ${best.alpha}, objective ${best.objective}`);
    if (converged) return false;
    this.averages.record(best.alpha, norm);
    return true;
  }

  /** Leaves the parameters at the best point, or at the start if the search fails. */
  private async searchLine(origin: number, alphas: number[], batches: tf.Tensor[][]) {
    let reached = 0;
    try {
      const found = await this.search(origin, alphas, async (alpha) => {
        const objective = this.line.objectiveAt(alpha, batches);
        this.tell(2, `\t${alpha} ${objective}`);
        await breathe();
        return objective;
      });
      reached = found.best.alpha;
      return found;
    } finally {
      this.line.goTo(reached);
    }
  }

  private expectNumber(objective: number, norm: number): void {
    if (Number.isNaN(objective) || !Number.isFinite(norm)) {
      throw new NumericalError(
        `${WHERE}.minimize: the objective is ${objective} at the parameters, ` +
          `and its gradient has the norm ${norm}.`,
      );
    }
  }

  private tell(level: number, text: string): void {
    if (Number(this.options.verbose) >= level) this.logger.info(text);
  }
}
