/** @file The multilayer perceptron. Port of pylearn2/models/mlp.py (`MLP`). */
import { z } from 'zod';
import { RandomStream, type SharedVariable, tf, tidyOutermost, type Updates } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import {
  type Batch,
  combineDataSpecs,
  type DataSpecs,
  type Source,
  Space,
  VectorSpace,
} from '../../space';
import { NameError, StateError } from '../../utils/errors';
import type { NdArray } from '../../utils/nd_array';
import {
  flag,
  instanceOf,
  optionConflict,
  optionsOf,
  type OptionsSchema,
  type Parsed,
  parseOptions,
} from '../../utils/options';
import { RandomState, type RandomStateState, type Seed } from '../../utils/rng';
import type { Channels, ModelState, WeightsFormat } from '../model';
import { sumOverLayers } from './decay';
import {
  allMasks,
  type DropoutOptions,
  dropoutFprop,
  generateDropoutMask,
  maskedFprop,
  type MaskOptions,
} from './dropout';
import {
  type DecayCoefficient,
  Layer,
  type LayerOptions,
  type LayerOwner,
  type LayerStates,
} from './layer';
import { geometricMean } from './softmax';

export interface MLPOptions extends LayerOptions {
  /** The stages, from the input to the output; the last one gives the cost. */
  layers: Layer[];
  /** Batch size that the model insists on. */
  batchSize?: number | null;
  /** Where inputs live; without it and `nvis` the MLP is a layer of another one. */
  inputSpace?: Space | null;
  /** Source of the inputs; a list of as many as an input space of several has parts. */
  inputSource?: Source;
  /** Source of the targets, in the same manner. */
  targetSource?: Source;
  /** Short for an input space of vectors of so many numbers. */
  nvis?: number | null;
  /** Seed of the initial weights. */
  seed?: number | number[] | null;
  /** Whether channels may look at targets. */
  monitorTargets?: boolean;
}

/** The zod shape of what MLP shares with the models made of it. */
export const mlpShape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  batchSize: z.number().int().positive().nullable().default(null),
  inputSpace: instanceOf(Space).nullable().default(null),
  nvis: z.number().int().positive().nullable().default(null),
  seed: z
    .union([z.number(), z.array(z.number())])
    .nullable()
    .default(null),
};

const sourceSchema: z.ZodType<Source, Source> = z.union(
  [z.string(), z.array(z.lazy(() => sourceSchema))],
  { error: 'expected the name of a source, or a list of them' },
);

const schema = optionsOf<MLPOptions>()({
  ...mlpShape,
  layers: z.array(instanceOf(Layer)).min(1),
  layerName: z.string().nullable().default(null),
  inputSource: sourceSchema.default('features'),
  targetSource: sourceSchema.default('targets'),
  monitorTargets: flag().default(true),
});

/** What is saved of an MLP. */
export interface MLPState extends ModelState {
  /** Which parameters are held, by their place among all. */
  frozen: number[];
  /** Where the streams of weights and of dropout's masks stand. */
  rng: RandomStateState;
  masks?: { seed: number; drawn: number };
}

const DEFAULT_SEED = [2013, 1, 4];

/**
 * Layers one after the other. All draw their initial weights from one stream, in order. An MLP
 * without input space is a layer of another MLP and draws from that one's stream.
 */
export class MLP extends Layer implements LayerOwner {
  static readonly schema: OptionsSchema = schema;
  declare protected readonly options: Parsed<typeof schema>;
  readonly layers: Layer[];
  private readonly frozen = new Set<SharedVariable>();
  private readonly ownRng: RandomState;
  private inputSpace?: Space;
  /** Where dropout's masks come from, once they are asked for. */
  private masks?: RandomStream;

  constructor(options: MLPOptions, where = 'models.mlp.MLP') {
    super(parseOptions(schema, options, where));
    const { layers, batchSize, inputSpace, nvis, seed } = this.options;
    if (nvis !== null && inputSpace !== null) {
      throw optionConflict(where, 'expected nvis or input_space, received both');
    }
    this.ownRng = new RandomState(seed ?? DEFAULT_SEED);
    this.layers = [...layers];
    this.forceBatchSize = batchSize ?? undefined;
    this.checkNames(where);
    for (const layer of layers) layer.setMlp(this);
    const space = nvis === null ? inputSpace : new VectorSpace({ dim: nvis });
    if (space) this.setInputSpace(space);
  }

  private checkNames(where: string): void {
    const names = new Set<string>();
    for (const { layerName } of this.layers) {
      if (names.has(layerName)) {
        throw new NameError(`${where}: two layers are named \`${layerName}\`.`);
      }
      names.add(layerName);
    }
  }

  /** The stream of initial weights; the outer MLP's for an MLP that is a layer. */
  override get rng(): RandomState {
    return this.mlp ? this.mlp.rng : this.ownRng;
  }

  override setInputSpace(space: Space): void {
    this.inputSpace = space;
    let below = space;
    for (const layer of this.layers) {
      layer.setInputSpace(below);
      below = layer.getOutputSpace();
    }
  }

  /** Puts more layers on top. */
  addLayers(layers: readonly Layer[]): void {
    for (const layer of layers) {
      const below = this.lastLayer.getOutputSpace();
      this.layers.push(layer);
      this.checkNames('models.mlp.MLP.addLayers');
      layer.setMlp(this);
      layer.setInputSpace(below);
    }
  }

  /** Holds parameters as they are: training leaves them alone. */
  freeze(params: Iterable<SharedVariable>): void {
    for (const param of params) this.frozen.add(param);
  }

  private get lastLayer(): Layer {
    return this.layers[this.layers.length - 1];
  }

  override getInputSpace(): Space {
    if (this.inputSpace) return this.inputSpace;
    throw new StateError(
      `MLP \`${this.layerName}\` has no input space yet: it is a layer of no other MLP and was ` +
        'given neither nvis nor input_space.',
    );
  }

  override getOutputSpace(): Space {
    return this.lastLayer.getOutputSpace();
  }

  override getTargetSpace(): Space {
    return this.lastLayer.getTargetSpace();
  }

  override getInputSource(): Source {
    return this.options.inputSource;
  }

  override getTargetSource(): Source {
    return this.options.targetSource;
  }

  override getParams(): SharedVariable[] {
    return this.savedParams().filter((param) => !this.frozen.has(param));
  }

  /** The parameters of all layers, held or not. */
  protected override savedParams(): SharedVariable[] {
    return [...new Set(this.layers.flatMap((layer) => layer.getParams()))];
  }

  override getState(): Partial<MLPState> {
    if (this.mlp) return {};
    const frozen = this.savedParams().flatMap((param, i) => (this.frozen.has(param) ? [i] : []));
    const masks = this.masks && { seed: this.masks.seed, ...this.masks.getState() };
    return { ...super.getState(), frozen, rng: this.ownRng.getState(), masks };
  }

  override setState(state: Partial<MLPState>): void {
    super.setState(state);
    if (state.frozen) this.freeze(state.frozen.map((i) => this.savedParams()[i]));
    if (state.rng) this.ownRng.setState(state.rng);
    if (state.masks) {
      this.masks = new RandomStream(state.masks.seed);
      this.masks.setState(state.masks);
    }
  }

  override getLrScalers(): Map<SharedVariable, number> {
    return new Map(this.layers.flatMap((layer) => [...layer.getLrScalers()]));
  }

  override setBatchSize(batchSize: number): void {
    super.setBatchSize(batchSize);
    for (const layer of this.layers) layer.setBatchSize(batchSize);
  }

  protected override constrain(updates: Updates): void {
    for (const layer of this.layers) layer.modifyUpdates(updates);
  }

  override fprop(stateBelow: Batch): Batch {
    const output = () => this.states(stateBelow)[this.layers.length - 1] as tf.TensorContainer;
    return tidyOutermost(output) as Batch;
  }

  /** The output of every layer for an input, in order. */
  states(stateBelow: Batch): Batch[] {
    let state = stateBelow;
    return this.layers.map((layer) => (state = layer.fprop(state)));
  }

  /** The output when inputs of layers are dropped at random; see {@link DropoutOptions}. */
  dropoutFprop(stateBelow: Batch, options: DropoutOptions = {}): Batch {
    // A stream of its own, as in the original: weights do not depend on how often masks are drawn.
    this.masks ??= new RandomStream(Math.max(this.rng.randint(2 ** 15), 1));
    const { layers, masks } = this;
    const output = () => dropoutFprop(layers, stateBelow, options, masks) as tf.TensorContainer;
    return tidyOutermost(output) as Batch;
  }

  /** The output when those inputs of layers stay whose bit is set in a mask; {@link MaskOptions}. */
  maskedFprop(stateBelow: Batch, mask: bigint, options: MaskOptions = {}): Batch {
    const output = () => maskedFprop(this.layers, stateBelow, mask, options) as tf.TensorContainer;
    return tidyOutermost(output) as Batch;
  }

  /** A mask for {@link maskedFprop} in which each bit is set with some probability. */
  generateDropoutMask(options: DropoutOptions = {}, rng?: RandomState | Seed): bigint {
    return generateDropoutMask(this.layers, options, rng);
  }

  /**
   * Probabilities averaged, as geometric means, over passes with random masks.
   * @param count - How many passes.
   */
  sampledDropoutAverage(
    stateBelow: Batch,
    count: number,
    options: DropoutOptions = {},
  ): tf.Tensor2D {
    return tf.tidy(() => {
      const passes = Array.from({ length: count }, () => this.dropoutFprop(stateBelow, options));
      return geometricMean(passes as tf.Tensor2D[]);
    });
  }

  /** The same over all masks that there are: 2 to the number of inputs. */
  exhaustiveDropoutAverage(stateBelow: Batch, options: MaskOptions = {}): tf.Tensor2D {
    const masks = [...allMasks(this.layers, options.maskedInputLayers)];
    return tf.tidy(() => {
      const passes = masks.map((mask) => this.maskedFprop(stateBelow, mask, options));
      return geometricMean(passes as tf.Tensor2D[]);
    });
  }

  override cost(Y: Batch, Yhat: Batch): tf.Scalar {
    return this.lastLayer.cost(Y, Yhat);
  }

  override costMatrix(Y: Batch, Yhat: Batch): tf.Tensor {
    return this.lastLayer.costMatrix(Y, Yhat);
  }

  override costFromCostMatrix(matrix: tf.Tensor): tf.Scalar {
    return this.lastLayer.costFromCostMatrix(matrix);
  }

  /** The cost on a batch: [inputs, targets]. */
  costFromX(data: Batch): tf.Scalar {
    const [X, Y] = data as [Batch, Batch];
    return tidyOutermost(() => this.cost(Y, this.fprop(X)));
  }

  /** What {@link costFromX} needs. */
  costFromXDataSpecs(): DataSpecs {
    return combineDataSpecs(
      { space: this.getInputSpace(), source: this.getInputSource() },
      { space: this.getTargetSpace(), source: this.getTargetSource() },
    );
  }

  override getMonitoringDataSpecs(): DataSpecs {
    if (this.options.monitorTargets) return this.costFromXDataSpecs();
    return { space: this.getInputSpace(), source: this.getInputSource() };
  }

  override getMonitoringChannels(data: Batch): Channels {
    if (!this.options.monitorTargets) return this.channelsOf(data);
    const [stateBelow, targets] = data as [Batch, Batch];
    return this.channelsOf(stateBelow, targets);
  }

  override getLayerMonitoringChannels({ stateBelow, targets }: LayerStates): Channels {
    return this.channelsOf(stateBelow, targets);
  }

  private channelsOf(input: Batch, targets?: Batch): Channels {
    const channels: Channels = {};
    const states = [input, ...this.states(input)];
    this.layers.forEach((layer, i) => {
      const own = layer.getLayerMonitoringChannels({
        stateBelow: states[i],
        state: states[i + 1],
        targets: layer === this.lastLayer ? targets : undefined,
      });
      for (const [name, value] of Object.entries(own)) {
        channels[`${layer.layerName}_${name}`] = value;
      }
    });
    return channels;
  }

  override getWeightDecay(coeff: DecayCoefficient): tf.Scalar {
    const term = (layer: Layer, own: DecayCoefficient) => layer.getWeightDecay(own);
    return sumOverLayers(`MLP \`${this.layerName}\``, this.layers, coeff, term);
  }

  override getL1WeightDecay(coeff: DecayCoefficient): tf.Scalar {
    const term = (layer: Layer, own: DecayCoefficient) => layer.getL1WeightDecay(own);
    return sumOverLayers(`MLP \`${this.layerName}\``, this.layers, coeff, term);
  }

  override getWeights(): NdArray {
    return this.layers[0].getWeights();
  }

  override getWeightsFormat(): WeightsFormat {
    return this.layers[0].getWeightsFormat();
  }

  override getWeightsTopo(): NdArray {
    return this.layers[0].getWeightsTopo();
  }

  override getWeightsViewShape(): [number, number] | undefined {
    return this.layers[0].getWeightsViewShape();
  }

  /** With the layers as they are now, so that a model that grew is saved whole. */
  override getConfig(): object {
    return { ...this.options, layers: this.layers };
  }

  override dispose(): void {
    for (const layer of this.layers) layer.dispose();
    this.masks?.dispose();
  }

  override toString(): string {
    const lines = this.layers.map((layer) => {
      const space = layer.getInputSpace();
      const dim = space.getTotalDimension();
      return `${layer.layerName}\n\tInput space: ${space}\n\tTotal input dimension: ${dim}`;
    });
    return `${lines.join('\n')}\n`;
  }
}
