/**
 * @file Layers with a weight matrix: what Linear and Softmax share in pylearn2/models/mlp.py
 * (their parameters, accessors, decay and constraints).
 */
import { type SharedVariable, sharedX, tf, type Updates } from '../../engine';
import { constrainNorms } from '../../model_extensions/norm_constraint';
import { type Batch, Conv2DSpace, type Space, VectorSpace } from '../../space';
import { NdArray } from '../../utils/nd_array';
import type { WeightsFormat } from '../model';
import { type DecayCoefficient, Layer } from './layer';

/** Limits on the norms of rows (one for each input) and columns (one for each unit). */
export interface NormLimits {
  maxRowNorm?: number | null;
  maxColNorm: number | null;
  minColNorm?: number | null;
}

/** The variables that a layer has, of those that it may have. */
export function present(...params: (SharedVariable | undefined)[]): SharedVariable[] {
  return params.filter((param) => param !== undefined);
}

/** A layer that multiplies its input, laid out as a vector, by a matrix `W` and adds a bias `b`. */
export abstract class AffineLayer extends Layer {
  /** Weights [inputs, units] float32. */
  W?: SharedVariable<tf.Rank.R2>;
  /** Biases [units] float32. */
  b?: SharedVariable<tf.Rank.R1>;
  protected inputSpace?: Space;
  /** The layout in which the matrix takes the input. */
  protected desiredSpace = new VectorSpace({ dim: 0 });

  protected abstract makeParams(inputs: number): void;

  override setInputSpace(space: Space): void {
    this.dispose();
    this.inputSpace = space;
    this.desiredSpace = new VectorSpace({ dim: space.getTotalDimension() });
    this.makeParams(this.desiredSpace.dim);
  }

  override getInputSpace(): Space {
    return this.known(this.inputSpace);
  }

  /** The input as the matrix takes it: [batch, inputs] float32. */
  protected asVectors(stateBelow: Batch): tf.Tensor2D {
    this.getInputSpace().validate(
      stateBelow,
      `${this.constructor.name} \`${this.layerName}\` fprop`,
    );
    return this.getInputSpace().formatAs(stateBelow, this.desiredSpace) as tf.Tensor2D;
  }

  /** The input times the weights plus the biases: [batch, units] float32. */
  protected affine(stateBelow: Batch): tf.Tensor2D {
    return tf.tidy(() => {
      const z = this.asVectors(stateBelow).matMul(this.weights()) as tf.Tensor2D;
      return this.b ? z.add<tf.Tensor2D>(this.b) : z;
    });
  }

  /** @throws {@link StateError} when the layer has no weights. */
  protected weights(): SharedVariable<tf.Rank.R2> {
    if (!this.W) throw this.cannot('give its weights: it has none');
    return this.W;
  }

  protected setParams(W: NdArray, b: NdArray | null, prefix: string): void {
    this.W = sharedX(W, `${prefix}_W`);
    this.b = b ? sharedX(b, `${prefix}_b`) : undefined;
  }

  override getWeights(): NdArray {
    return this.weights().getValue();
  }

  override setWeights(weights: NdArray): void {
    this.weights().setValue(weights);
  }

  override getWeightsFormat(): WeightsFormat {
    return ['v', 'h'];
  }

  /** The weights as images, when the inputs are images: [units, rows, columns, channels]. */
  override getWeightsTopo(): NdArray {
    const space = this.getInputSpace();
    if (!(space instanceof Conv2DSpace)) return super.getWeightsTopo();
    const { shape, numChannels } = space;
    const shown = new Conv2DSpace({ shape, numChannels });
    const images = tf.tidy(() => shown.fromVector(this.weights().transpose()));
    const topo = new NdArray(images.dataSync() as Float32Array, [...images.shape]);
    images.dispose();
    return topo;
  }

  override getBiases(): NdArray {
    if (!this.b) throw this.cannot('show biases: it has none');
    return this.b.getValue();
  }

  override setBiases(biases: NdArray): void {
    if (!this.b) throw this.cannot('take biases: it has none');
    this.b.setValue(biases);
  }

  override getWeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return tf.tidy(() => this.weights().square().sum().mul(this.oneCoefficient(coeff)));
  }

  override getL1WeightDecay(coeff: DecayCoefficient): tf.Scalar {
    return tf.tidy(() => this.weights().abs().sum().mul(this.oneCoefficient(coeff)));
  }

  /** Keeps the norms of the next weights within limits. */
  protected constrainWeights(updates: Updates, limits: NormLimits): void {
    const { maxRowNorm = null, maxColNorm, minColNorm = null } = limits;
    let W = this.W && updates.get(this.W);
    if (!this.W || !W) return;
    if (maxRowNorm !== null) W = constrainNorms(W, { axes: [1], max: maxRowNorm });
    if (maxColNorm !== null || minColNorm !== null) {
      W = constrainNorms(W, { axes: [0], min: minColNorm ?? 0, max: maxColNorm });
    }
    updates.set(this.W, W);
  }
}
