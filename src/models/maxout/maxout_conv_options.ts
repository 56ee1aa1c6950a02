/** @file Options of MaxoutConvC01B. */
import { z } from 'zod';
import { ModelExtension } from '../../model_extensions';
import { flag, instanceOf, optionsOf } from '../../utils/options';
import { type LayerOptions, normalizer, type Normalizer, pair } from '../mlp';

export interface MaxoutConvC01BOptions extends LayerOptions {
  /** Channels of the output. */
  numChannels: number;
  /** Kernels that a channel is the largest of. */
  numPieces: number;
  /** Rows and columns of a kernel. */
  kernelShape: readonly number[];
  /** Rows and columns of a pool. */
  poolShape: readonly number[];
  /** Rows and columns from one pool to the next. */
  poolStride: readonly number[];
  layerName: string;
  /** Initial weights: uniform between -irange and irange. */
  irange: number;
  /** Initial bias. */
  initBias?: number;
  /** Factor on the learning rate of the weights. */
  wLrScale?: number | null;
  /** Factor on the learning rate of the biases. */
  bLrScale?: number | null;
  /** Zeros to put around the images, on each side. */
  pad?: number;
  /** Whether pools that are larger than the image shrink to it; else they are refused. */
  fixPoolShape?: boolean;
  /** Whether strides that are larger than the pool shrink to it; else they are refused. */
  fixPoolStride?: boolean;
  /** Whether kernels that are larger than the padded image shrink to it; else they are refused. */
  fixKernelShape?: boolean;
  /** Has no effect: it was about the memory of a GPU. */
  partialSum?: number;
  /** Whether a kernel has one bias, or one at each place. */
  tiedB?: boolean;
  /** Largest L2 norm of a kernel, over all its input channels. */
  maxKernelNorm?: number | null;
  /** Applied to the input, in the axes ('c', 0, 1, 'b'). */
  inputNormalization?: Normalizer | null;
  /** Applied before pooling. */
  detectorNormalization?: Normalizer | null;
  /** Whether 0 takes part in each maximum. */
  minZero?: boolean;
  /** Applied to the output. */
  outputNormalization?: Normalizer | null;
  /** Rows and columns from one place of a kernel to the next. */
  kernelStride?: readonly number[];
}

const size = z.number().int().positive();
const scale = z.number().nullable().default(null);

/** The schema of {@link MaxoutConvC01BOptions}. */
export const maxoutConvSchema = optionsOf<MaxoutConvC01BOptions>()({
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  numChannels: size,
  numPieces: size,
  kernelShape: pair,
  poolShape: pair,
  poolStride: pair,
  layerName: z.string(),
  irange: z.number().nonnegative(),
  initBias: z.number().default(0),
  wLrScale: scale.meta({ yaml: 'W_lr_scale' }),
  bLrScale: scale,
  pad: z.number().int().nonnegative().default(0),
  fixPoolShape: flag().default(false),
  fixPoolStride: flag().default(false),
  fixKernelShape: flag().default(false),
  partialSum: size.default(1),
  tiedB: flag().default(false),
  maxKernelNorm: z.number().positive().nullable().default(null),
  inputNormalization: normalizer,
  detectorNormalization: normalizer,
  minZero: flag().default(false),
  outputNormalization: normalizer,
  kernelStride: pair.default([1, 1]),
});
