/** @file Softmax regression: an MLP of one Softmax layer. Port of pylearn2/models/softmax_regression.py. */
import { optionsOf, type OptionsSchema, parseOptions } from '../utils/options';
import { MLP, type MLPOptions, mlpShape, Softmax, type SoftmaxOptions, softmaxShape } from './mlp';

/** Options of the MLP and of its Softmax layer. */
export type SoftmaxRegressionOptions = Pick<
  MLPOptions,
  'batchSize' | 'inputSpace' | 'nvis' | 'seed' | 'extensions'
> &
  Omit<SoftmaxOptions, 'layerName' | 'noAffine' | 'binaryTargetDim' | 'nonRedundant'>;

const schema = optionsOf<SoftmaxRegressionOptions>()({ ...softmaxShape, ...mlpShape });

/** Predicts classes by the softmax of an affine function of the input. Its layer is named `y`. */
export class SoftmaxRegression extends MLP {
  static override readonly schema: OptionsSchema = schema;
  private readonly given: SoftmaxRegressionOptions;

  constructor(options: SoftmaxRegressionOptions) {
    const where = 'models.softmax_regression.SoftmaxRegression';
    const given = parseOptions(schema, options, where);
    const { batchSize, inputSpace, nvis, seed, extensions, ...softmax } = given;
    const layer = new Softmax({ ...softmax, layerName: 'y' });
    super({ layers: [layer], batchSize, inputSpace, nvis, seed, extensions }, where);
    this.given = given;
  }

  override getConfig(): object {
    return { ...this.given, initBiasTargetMarginals: null };
  }
}
