/** @file The options that convolutional layers share. */
import { z } from 'zod';
import type { tf } from '../../engine';
import { ModelExtension } from '../../model_extensions';
import { flag, instanceOf, optionConflict } from '../../utils/options';
import { monitorStyles } from './conv_nonlinearity';
import { type BorderMode, borderModes } from './convolution';
import type { LayerOptions } from './layer';

/** Changes a layer's images on their way: a class with such a method, or a function. */
export type Normalizer =
  { apply(bc01: tf.Tensor4D): tf.Tensor4D } | ((bc01: tf.Tensor4D) => tf.Tensor4D);

export interface ConvOptions extends LayerOptions {
  /** Number of kernels: channels of the output. */
  outputChannels: number;
  /** Rows and columns of a kernel. */
  kernelShape: readonly number[];
  layerName: string;
  /** Initial weights: uniform between -irange and irange. */
  irange?: number | null;
  /** 'valid': kernels stay on the image; 'full': they go over its border. */
  borderMode?: BorderMode;
  /** Initial weights: so many of each kernel are normal, the others zero. */
  sparseInit?: number | null;
  /** Has no effect, as in Pylearn2. */
  includeProb?: number;
  /** Initial bias. */
  initBias?: number;
  /** Factor on the learning rate of the weights. */
  wLrScale?: number | null;
  /** Factor on the learning rate of the biases. */
  bLrScale?: number | null;
  /** Largest L2 norm of a kernel, over all its input channels. */
  maxKernelNorm?: number | null;
  /** What stands for a pool: its largest number, its mean; null for no pooling. */
  poolType?: 'max' | 'mean' | null;
  /** Rows and columns of a pool. */
  poolShape?: readonly number[] | null;
  /** Rows and columns from one pool to the next. */
  poolStride?: readonly number[] | null;
  /** Whether a channel has one bias, or one at each place. */
  tiedB?: boolean | null;
  /** Applied before pooling, where there is pooling. */
  detectorNormalization?: Normalizer | null;
  /** Applied to the output. */
  outputNormalization?: Normalizer | null;
  /** Rows and columns from one place of a kernel to the next. */
  kernelStride?: readonly number[];
  /** Has no effect: the nonlinearity has a style of its own. */
  monitorStyle?: (typeof monitorStyles)[number];
}

/** The zod type of rows and columns. */
export const pair = z
  .array(z.number().int().positive())
  .readonly()
  .refine((sizes) => sizes.length === 2, { error: 'expected rows and columns' });

function isNormalizer(value: unknown): value is Normalizer {
  if (typeof value === 'function') return true;
  return typeof (value as { apply?: unknown } | null)?.apply === 'function';
}

/** The zod type of a normalisation of images. */
export const normalizer = z
  .custom<Normalizer>(isNormalizer, {
    error: 'expected a normalisation, such as CrossChannelNormalizationBC01',
  })
  .nullable()
  .default(null);

/** The zod shape of {@link ConvOptions}. */
export const convShape = {
  extensions: z.array(instanceOf(ModelExtension)).default([]),
  outputChannels: z.number().int().positive(),
  kernelShape: pair,
  layerName: z.string(),
  irange: z.number().nonnegative().nullable().default(null),
  borderMode: z.enum(borderModes).default('valid'),
  sparseInit: z.number().int().nonnegative().nullable().default(null),
  includeProb: z.number().min(0).max(1).default(1),
  initBias: z.number().default(0),
  wLrScale: z.number().nullable().default(null).meta({ yaml: 'W_lr_scale' }),
  bLrScale: z.number().nullable().default(null),
  maxKernelNorm: z.number().positive().nullable().default(null),
  poolType: z.enum(['max', 'mean']).nullable().default(null),
  poolShape: pair.nullable().default(null),
  poolStride: pair.nullable().default(null),
  tiedB: flag().nullable().default(null),
  detectorNormalization: normalizer,
  outputNormalization: normalizer,
  kernelStride: pair.default([1, 1]),
  monitorStyle: z.enum(monitorStyles).default('classification'),
};

/**
 * Checks how the options go together.
 * @throws OptionError unless there is one scheme of weights, and pools have shape and stride.
 */
export function checkConvOptions(
  options: Pick<ConvOptions, 'irange' | 'sparseInit' | 'poolType' | 'poolShape' | 'poolStride'>,
  where: string,
): void {
  const { irange, sparseInit, poolType, poolShape, poolStride } = options;
  if ((irange === null) === (sparseInit === null)) {
    const given = irange === null ? 'neither' : 'both';
    throw optionConflict(where, `expected irange or sparse_init, received ${given}`);
  }
  if (poolType !== null && (poolShape === null || poolStride === null)) {
    throw optionConflict(where, `expected pool_shape and pool_stride for ${poolType} pooling`);
  }
}
