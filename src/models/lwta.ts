/**
 * @file Units that compete in blocks. Port of pylearn2/models/lwta.py; Srivastava et al. 2013,
 * "Compete to compute".
 */
import { z } from 'zod';
import { tf, tidyOutermost } from '../engine';
import type { Batch } from '../space';
import { optionConflict, optionsOf, type OptionsSchema, type Parsed } from '../utils/options';
import { Linear, type LinearOptions, linearShape } from './mlp';

/**
 * Keeps the largest number of each block and makes the others zero; of equal ones the last stays.
 * @param p - [batch, units] float32, read only; blocks divide the units.
 * @returns The same shape, owned by the caller.
 */
export function lwta(p: tf.Tensor2D, blockSize: number): tf.Tensor2D {
  return tidyOutermost(() => {
    const [batch, units] = p.shape;
    const blocks = p.reshape([batch, units / blockSize, blockSize]);
    const last = blocks.reverse(2).argMax(2);
    const winners = tf
      .oneHot(last as tf.Tensor2D, blockSize)
      .reverse(2)
      .cast('float32');
    return blocks.mul(winners).reshape([batch, units]) as tf.Tensor2D;
  });
}

export interface LWTAOptions extends LinearOptions {
  /** Units in a block. */
  blockSize: number;
}

const schema = optionsOf<LWTAOptions>()({ ...linearShape, blockSize: z.number().int().positive() });

const WHERE = 'models.lwta.LWTA';

/** Output: x W + b, of each block of units the largest number only. */
export class LWTA extends Linear {
  static override readonly schema: OptionsSchema<LWTAOptions> = schema;
  declare protected readonly options: Parsed<typeof schema>;

  constructor(options: LWTAOptions) {
    super(options, WHERE);
    const { dim, blockSize } = this.options;
    if (dim % blockSize === 0) return;
    throw optionConflict(WHERE, `expected a block_size that divides ${dim}, received ${blockSize}`);
  }

  override fprop(stateBelow: Batch): tf.Tensor2D {
    return tidyOutermost(() => lwta(super.fprop(stateBelow), this.options.blockSize));
  }
}
