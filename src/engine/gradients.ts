/**
 * @file Gradients that tfjs has not got, so that layers and costs in plain tensor operations can
 * be trained. Comparisons, and what else has jumps for values, stop gradients: through
 * `tf.where(x.greater(0), x, y)` they reach x and y alone, as in Theano.
 */
import * as tfjs from '@tensorflow/tfjs';
import { StateError } from '../utils/errors';
import { conv2d } from './conv2d_gradient';
import { batchMatMul } from './matmul_gradient';

/** Ops without slope, and the names of their inputs. */
const FLAT: Readonly<Record<string, readonly string[]>> = {
  Equal: ['a', 'b'],
  NotEqual: ['a', 'b'],
  Greater: ['a', 'b'],
  GreaterEqual: ['a', 'b'],
  Less: ['a', 'b'],
  LessEqual: ['a', 'b'],
  LogicalAnd: ['a', 'b'],
  LogicalOr: ['a', 'b'],
  LogicalNot: ['x'],
  IsNan: ['x'],
  IsInf: ['x'],
  IsFinite: ['x'],
  Any: ['x'],
  All: ['x'],
  ArgMax: ['x'],
  ArgMin: ['x'],
};

type Gradient = Omit<tfjs.GradConfig, 'kernelName'>;

/** Nothing flows back, in the shapes of the inputs. */
function flat(inputs: readonly string[]): Gradient {
  return {
    inputsToSave: [...inputs],
    gradFunc: (_dy, saved) =>
      Object.fromEntries(inputs.map((name, i) => [name, () => tfjs.zeros(saved[i].shape)])),
  };
}

/** The slopes of the largest numbers go where these were. */
const topK: Gradient = {
  inputsToSave: ['x'],
  outputsToSave: [false, true],
  gradFunc: (dy, [x, indices]) => {
    const [values] = dy as tfjs.Tensor[];
    const places = () => tfjs.oneHot(indices, x.shape[x.rank - 1]).cast('float32');
    return { x: () => places().mul(values.expandDims(-1)).sum(-2) };
  },
};

/** The slopes of what was picked go where it was. */
const gatherNd: Gradient = {
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, [params, indices]) => ({
    params: () => tfjs.scatterND(indices, dy as tfjs.Tensor, params.shape),
    indices: () => tfjs.zeros(indices.shape),
  }),
};

/**
 * Letters of the operands of a product in Einstein's notation, and of its result.
 * @throws {@link StateError} for a diagonal of one operand.
 */
function lettersOf(equation: string): [operands: string[], result: string] {
  const [left, result] = equation.replace(/\s/g, '').split('->');
  const operands = left.split(',');
  const diagonal = operands.find((letters) => new Set(letters).size < letters.length);
  if (diagonal === undefined) return [operands, result];
  throw new StateError(`einsum: there is no gradient by \`${diagonal}\` of \`${equation}\`.`);
}

/**
 * By each operand: the product of the result's slope and the others. Letters that only this
 * operand has were summed over, so that the slope is the same along them.
 */
const einsum: Gradient = {
  saveAllInputs: true,
  gradFunc: (dy, saved, attributes) => {
    const [operands, result] = lettersOf(attributes.equation as string);
    const by = (i: number) => {
      const others = operands
        .map((letters, j) => [letters, saved[j]] as const)
        .filter((_, j) => j !== i);
      const known = [result, ...others.map(([letters]) => letters)];
      const kept = [...operands[i]].filter((letter) => known.join('').includes(letter));
      const product = `${known.join(',')}->${kept.join('')}`;
      const slope = tfjs.einsum(product, dy as tfjs.Tensor, ...others.map(([, tensor]) => tensor));
      const { shape } = saved[i];
      const spread = shape.map((length, axis) => (kept.includes(operands[i][axis]) ? length : 1));
      return slope.reshape(spread).broadcastTo(shape);
    };
    return Object.fromEntries(operands.map((_, i) => [i, () => by(i)]));
  },
};

/** tfjs's own, but for the places: what it gives for those is refused when they were computed. */
function gatherV2(): Gradient {
  const { gradFunc, ...own } = tfjs.getGradient('GatherV2');
  return {
    ...own,
    gradFunc: (dy, saved, attributes) => ({
      ...gradFunc(dy, saved, attributes),
      indices: () => tfjs.zeros(saved[1].shape),
    }),
  };
}

/** Makes all of them known to tfjs. */
export function registerGradients(): void {
  const gradients: Record<string, Gradient> = {
    ...Object.fromEntries(Object.entries(FLAT).map(([name, inputs]) => [name, flat(inputs)])),
    TopK: topK,
    GatherNd: gatherNd,
    GatherV2: gatherV2(),
    Einsum: einsum,
    Conv2D: conv2d(),
    BatchMatMul: batchMatMul(),
  };
  for (const [kernelName, gradient] of Object.entries(gradients)) {
    tfjs.registerGradient({ kernelName, ...gradient });
  }
}
