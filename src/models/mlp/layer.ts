/** @file What every layer of an MLP is. Port of pylearn2/models/mlp.py (`Layer`). */
import type { SharedVariable, tf } from '../../engine';
import type { Batch, Space } from '../../space';
import { StateError } from '../../utils/errors';
import type { NdArray } from '../../utils/nd_array';
import type { RandomState } from '../../utils/rng';
import {
  type Channels,
  Model,
  type ModelOptions,
  type ModelState,
  type WeightsFormat,
} from '../model';

/** What every layer takes. */
export interface LayerOptions extends ModelOptions {
  /** Name of the layer, unique in its MLP; starts the names of its channels and parameters. */
  layerName?: string | null;
}

/** What a layer sees of the batch when it is asked for its channels. */
export interface LayerStates {
  /** The layer's input. */
  stateBelow: Batch;
  /** The layer's output for it. */
  state: Batch;
  /** The targets; only for the last layer, when there are any. */
  targets?: Batch;
}

/** The MLP as its layers see it. */
export interface LayerOwner {
  /** Random numbers for initial weights, which the layers share in their order. */
  readonly rng: RandomState;
}

/** What a coefficient of weight decay can be: one for the layer, or several for its parts. */
export type DecayCoefficient = number | DecayCoefficient[];

/**
 * A stage of an MLP. A subclass gives `setInputSpace`, which makes its parameters,
 * `getOutputSpace` and `fprop`; a last layer also the cost.
 */
export abstract class Layer extends Model {
  declare protected readonly options: LayerOptions;
  /** Value that dropout puts in place of inputs that it drops. */
  readonly dropoutInputMaskValue: number = 0;
  protected mlp?: LayerOwner;

  constructor(options: LayerOptions) {
    super(options);
  }

  get layerName(): string {
    return this.options.layerName ?? '';
  }

  /** The MLP that the layer belongs to. */
  getMlp(): LayerOwner | undefined {
    return this.mlp;
  }

  /** @throws {@link StateError} when the layer already belongs to an MLP. */
  setMlp(mlp: LayerOwner): void {
    if (this.mlp) throw new StateError(`Layer \`${this.layerName}\` already belongs to an MLP.`);
    this.mlp = mlp;
  }

  /** Random numbers for initial weights: the MLP's own. */
  get rng(): RandomState {
    if (!this.mlp) throw new StateError(`Layer \`${this.layerName}\` belongs to no MLP yet.`);
    return this.mlp.rng;
  }

  /** Prepares for inputs in this space; makes the parameters anew. */
  abstract setInputSpace(space: Space): void;

  /**
   * The layer's output.
   * @param stateBelow - In the input space, read only.
   * @returns In the output space, owned by the caller.
   */
  abstract fprop(stateBelow: Batch): Batch;

  /** The same under the name by which models are asked that become layers, see PretrainedLayer. */
  upwardPass(stateBelow: Batch): Batch {
    return this.fprop(stateBelow);
  }

  /**
   * The cost of an output, as last layer.
   * @param _Y - Targets, in the target space.
   * @param _Yhat - What {@link fprop} gave.
   * @returns [] float32: mean over the examples.
   */
  cost(_Y: Batch, _Yhat: Batch): tf.Scalar {
    throw this.cannot('be the last layer: it has no cost');
  }

  /** The cost of each element of an output, before it is summed and averaged. */
  costMatrix(_Y: Batch, _Yhat: Batch): tf.Tensor {
    throw this.cannot('give a matrix of costs');
  }

  /** The cost that such a matrix amounts to. */
  costFromCostMatrix(_matrix: tf.Tensor): tf.Scalar {
    throw this.cannot('give a matrix of costs');
  }

  /** What to monitor of the layer; names without the layer's. */
  getLayerMonitoringChannels(_states: LayerStates): Channels {
    return {};
  }

  /** `coeff` times the sum of the squared weights. */
  getWeightDecay(_coeff: DecayCoefficient): tf.Scalar {
    throw this.cannot('decay its weights');
  }

  /** `coeff` times the sum of the absolute weights. */
  getL1WeightDecay(_coeff: DecayCoefficient): tf.Scalar {
    throw this.cannot('decay its weights');
  }

  /** The weights, copied to the host. */
  getWeights(): NdArray {
    throw this.cannot('show weights: it has none');
  }

  getWeightsFormat(): WeightsFormat {
    throw this.cannot('show weights: it has none');
  }

  /** The weights as images [hidden, rows, columns, channels]. */
  getWeightsTopo(): NdArray {
    throw this.cannot('show its weights as images');
  }

  /** Rows and columns in which to show the units; undefined where it does not matter. */
  getWeightsViewShape(): [number, number] | undefined {
    return undefined;
  }

  setWeights(_weights: NdArray): void {
    throw this.cannot('take weights');
  }

  getBiases(): NdArray {
    throw this.cannot('show biases: it has none');
  }

  setBiases(_biases: NdArray): void {
    throw this.cannot('take biases');
  }

  /** Nothing for a layer of an MLP: the MLP saves the parameters of its layers. */
  override getState(): Partial<ModelState> {
    return this.mlp ? {} : super.getState();
  }

  override setState(state: Partial<ModelState>): void {
    if (state.params) super.setState(state as ModelState);
  }

  /** The error of a layer that is asked for what it has not. */
  protected cannot(what: string): StateError {
    return new StateError(`${this.constructor.name} \`${this.layerName}\` cannot ${what}.`);
  }

  /** The coefficient of a layer whose weights are of one kind. */
  protected oneCoefficient(coeff: DecayCoefficient): number {
    if (typeof coeff !== 'number') throw this.cannot(`take ${coeff.length} decay coefficients`);
    return coeff;
  }

  /** The input space of a layer that has been given one. */
  protected known(space: Space | undefined): Space {
    if (!space) {
      throw new StateError(
        `${this.constructor.name} \`${this.layerName}\` has no input space yet.`,
      );
    }
    return space;
  }

  /** What {@link getLrScalers} gives for a layer of weights and biases: the scales that are given. */
  protected scalers(
    { wLrScale, bLrScale }: { wLrScale: number | null; bLrScale: number | null },
    { W, b }: { W?: SharedVariable; b?: SharedVariable },
  ): Map<SharedVariable, number> {
    const scales = new Map<SharedVariable, number>();
    if (W && wLrScale !== null) scales.set(W, wLrScale);
    if (b && bLrScale !== null) scales.set(b, bLrScale);
    return scales;
  }
}
