/**
 * @file Forward passes with some inputs of layers left out. Port of what pylearn2/models/mlp.py has
 * for dropout (`dropout_fprop`, `masked_fprop`, `generate_dropout_mask`, the averages over masks).
 * Differs: masks are drawn anew at each call; a mask given as a number is a bigint.
 */
import { type RandomStream, tf } from '../../engine';
import { type Batch, elementwise, VectorSpace } from '../../space';
import { NameError, StateError } from '../../utils/errors';
import { didYouMean } from '../../utils/match';
import { makeRng, type RandomState, type Seed } from '../../utils/rng';
import type { Layer } from './layer';

/** Which inputs are left out, and how those that stay make up for it. */
export interface DropoutOptions {
  /** Probability that an input of a layer stays; 0.5 unless given. */
  defaultInputIncludeProb?: number;
  /** The same, by the name of the layer. */
  inputIncludeProbs?: Record<string, number>;
  /** Factor on the inputs that stay; 2 unless given. */
  defaultInputScale?: number;
  /** The same, by the name of the layer. */
  inputScales?: Record<string, number>;
  /** Whether each example has a mask of its own, or a batch one for all; true unless given. */
  perExample?: boolean;
}

/** Which inputs a mask is about, and their scale. */
export interface MaskOptions {
  /** Names of the layers whose inputs the mask counts; all unless given. */
  maskedInputLayers?: readonly string[];
  /** Factor on the inputs that stay; 2 unless given. */
  defaultInputScale?: number;
  /** The same, by the name of the layer. */
  inputScales?: Record<string, number>;
}

function expectLayers(where: string, layers: readonly Layer[], names: Iterable<string>): void {
  const known = layers.map(({ layerName }) => layerName);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new NameError(`${where}: there is no layer \`${name}\`.${didYouMean(name, known)}`);
  }
}

/** Scales what stays and puts the layer's value in place of what goes. */
function applyMask(state: tf.Tensor, mask: tf.Tensor, scale: number, maskValue: number): tf.Tensor {
  const kept = state.mul(mask).mul(scale);
  return maskValue === 0 ? kept : kept.add(mask.neg().add(1).mul(maskValue));
}

function dropInputs(
  state: Batch,
  draw: (shape: number[]) => tf.Tensor,
  { scale, maskValue, perExample }: { scale: number; maskValue: number; perExample: boolean },
): Batch {
  if (state === null) return null;
  if (Array.isArray(state)) {
    return state.map((part) => dropInputs(part, draw, { scale, maskValue, perExample }));
  }
  return elementwise(state, (values) => {
    const shape = perExample ? values.shape : [1, ...values.shape.slice(1)];
    return applyMask(values, draw(shape), scale, maskValue);
  });
}

/**
 * The output of layers whose inputs are dropped at random.
 * @param stateBelow - Input of the first layer; read only.
 * @param stream - Where masks come from; advanced.
 * @returns Owned by the caller, with the tensors in between if this is not called in a tidy.
 * @throws {@link NameError} for a layer that there is not.
 */
export function dropoutFprop(
  layers: readonly Layer[],
  stateBelow: Batch,
  options: DropoutOptions,
  stream: RandomStream,
): Batch {
  const { defaultInputIncludeProb = 0.5, inputIncludeProbs = {}, perExample = true } = options;
  const { defaultInputScale = 2, inputScales = {} } = options;
  const where = 'models.mlp.MLP.dropoutFprop';
  expectLayers(where, layers, [...Object.keys(inputIncludeProbs), ...Object.keys(inputScales)]);
  return layers.reduce<Batch>((state, layer) => {
    const probability = inputIncludeProbs[layer.layerName] ?? defaultInputIncludeProb;
    if (probability === 1) return layer.fprop(state);
    const draw = (shape: number[]) => stream.binomial(shape, probability);
    const scale = inputScales[layer.layerName] ?? defaultInputScale;
    const maskValue = layer.dropoutInputMaskValue;
    return layer.fprop(dropInputs(state, draw, { scale, maskValue, perExample }));
  }, stateBelow);
}

/** Numbers in the inputs of the layers of these names together. */
function inputDimension(layers: readonly Layer[], names: readonly string[]): number {
  return layers
    .filter(({ layerName }) => names.includes(layerName))
    .reduce((sum, layer) => sum + layer.getInputSpace().getTotalDimension(), 0);
}

/** The lowest bits of a mask as zeros and ones [1, count], the lowest first. */
function bitsOf(mask: bigint, count: number): tf.Tensor2D {
  const bits = Array.from({ length: count }, (_, i) => Number((mask >> BigInt(i)) & 1n));
  return tf.tensor2d([bits], [1, count]);
}

/**
 * The output of layers of whose inputs those stay whose bit is set; the lowest bits are for the
 * first layer.
 * @throws {@link StateError} when the mask has more bits than there are inputs.
 */
export function maskedFprop(
  layers: readonly Layer[],
  stateBelow: Batch,
  mask: bigint,
  options: MaskOptions,
): Batch {
  const where = 'models.mlp.MLP.maskedFprop';
  const { defaultInputScale = 2, inputScales = {} } = options;
  const names = options.maskedInputLayers ?? layers.map(({ layerName }) => layerName);
  expectLayers(where, layers, [...names, ...Object.keys(inputScales)]);
  const inputs = inputDimension(layers, names);
  if (mask < 0n || mask >> BigInt(inputs) !== 0n) {
    throw new StateError(`${where}: expected a mask of at most ${inputs} bits, received ${mask}.`);
  }
  let rest = mask;
  return layers.reduce<Batch>((state, layer) => {
    if (!names.includes(layer.layerName)) return layer.fprop(state);
    const space = layer.getInputSpace();
    const count = space.getTotalDimension();
    const vectors = space.formatAs(state, new VectorSpace({ dim: count })) as tf.Tensor2D;
    const scale = inputScales[layer.layerName] ?? defaultInputScale;
    const masked = applyMask(vectors, bitsOf(rest, count), scale, layer.dropoutInputMaskValue);
    rest >>= BigInt(count);
    return layer.fprop(space.fromVector(masked as tf.Tensor2D));
  }, stateBelow);
}

/** A random mask for {@link maskedFprop}: a bit for each input of each layer. */
export function generateDropoutMask(
  layers: readonly Layer[],
  { defaultInputIncludeProb = 0.5, inputIncludeProbs = {} }: DropoutOptions = {},
  rngOrSeed: RandomState | Seed = [2013, 5, 17],
): bigint {
  expectLayers('models.mlp.generateDropoutMask', layers, Object.keys(inputIncludeProbs));
  const rng = makeRng(rngOrSeed);
  let mask = 0n;
  let bit = 0n;
  for (const layer of layers) {
    const probability = inputIncludeProbs[layer.layerName] ?? defaultInputIncludeProb;
    for (let i = 0; i < layer.getInputSpace().getTotalDimension(); i++, bit++) {
      if (rng.uniform() < probability) mask |= 1n << bit;
    }
  }
  return mask;
}

/** Every mask for the inputs of these layers. */
export function* allMasks(layers: readonly Layer[], names?: readonly string[]): Generator<bigint> {
  const count = inputDimension(layers, names ?? layers.map(({ layerName }) => layerName));
  for (let mask = 0n; mask < 1n << BigInt(count); mask++) yield mask;
}
