/** @file A convolutional rectified layer. Port of pylearn2/models/mlp.py (`ConvRectifiedLinear`). */
import { z } from 'zod';
import { flag, optionsOf, type OptionsSchema, parseOptions } from '../../utils/options';
import { ConvElemwise } from './conv_elemwise';
import { RectifierConvNonlinearity } from './conv_nonlinearity';
import { type ConvOptions, convShape } from './conv_options';

export interface ConvRectifiedLinearOptions extends ConvOptions {
  /** Rows and columns of a pool. */
  poolShape: readonly number[] | null;
  /** Rows and columns from one pool to the next. */
  poolStride: readonly number[] | null;
  /** Slope of the rectifier below zero. */
  leftSlope?: number;
}

const schema = optionsOf<ConvRectifiedLinearOptions>()({
  ...convShape,
  poolShape: convShape.poolShape.unwrap(),
  poolStride: convShape.poolStride.unwrap(),
  poolType: z.enum(['max', 'mean']).nullable().default('max'),
  tiedB: flag().default(false),
  leftSlope: z.number().default(0),
});

/** A ConvElemwise with a rectifier; pools take the largest number unless told otherwise. */
export class ConvRectifiedLinear extends ConvElemwise {
  static override readonly schema: OptionsSchema = schema;
  private readonly given: ConvRectifiedLinearOptions;

  constructor(options: ConvRectifiedLinearOptions) {
    const where = 'models.mlp.ConvRectifiedLinear';
    const given = parseOptions(schema, options, where);
    const { leftSlope, ...rest } = given;
    super({ ...rest, nonlinearity: new RectifierConvNonlinearity({ leftSlope }) }, where);
    this.given = given;
  }

  override getConfig(): object {
    return this.given;
  }
}
