/** @file The rectifier. Port of pylearn2/models/mlp.py (`RectifierConvNonlinearity`). */
import { z } from 'zod';
import type { tf } from '../../../engine';
import { rectify } from '../../../expr';
import { optionsOf, type Parsed, parseOptions } from '../../../utils/options';
import { ConvNonlinearity } from './conv_nonlinearity';

export interface RectifierConvNonlinearityOptions {
  /** Slope of the function below zero. */
  leftSlope?: number;
}

const schema = optionsOf<RectifierConvNonlinearityOptions>()({ leftSlope: z.number().default(0) });

/** What is negative is multiplied by a slope. It has no cost. */
export class RectifierConvNonlinearity extends ConvNonlinearity {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;

  constructor(options: RectifierConvNonlinearityOptions = {}) {
    super();
    this.options = parseOptions(schema, options, 'models.mlp.RectifierConvNonlinearity');
  }

  override isIncreasing(): boolean {
    return this.options.leftSlope >= 0;
  }

  override apply(z: tf.Tensor4D): tf.Tensor4D {
    return rectify(z, this.options.leftSlope);
  }

  override getConfig(): object {
    return this.options;
  }
}
