/** @file The contract of models: a few steps down their own cost, or that of reconstruction. */
import { MeanSquaredReconstructionError, type Reconstructing } from '../../src/costs/autoencoder';
import { tf } from '../../src/engine';
import type { Model } from '../../src/models';
import { MLP } from '../../src/models/mlp';
import { batchIn, targetsIn } from '../support/batches';
import { describeFamily, type Examples } from './contract';
import { descend } from './descent';

const SOFTMAX = '!obj:pylearn2.models.mlp.Softmax { layer_name: y, n_classes: 3, irange: .5 }';
const TANH = (name: string) =>
  `!obj:pylearn2.models.mlp.Tanh { layer_name: ${name}, dim: 3, irange: .5 }`;
const NOISE = '!obj:pylearn2.corruption.BinomialCorruptor { corruption_level: .3 }';
const CODER = '{ nvis: 4, nhid: 3, act_enc: tanh, act_dec: null, irange: .5 }';
const SQUASHED = '{ nvis: 4, nhid: 3, act_enc: sigmoid, act_dec: sigmoid, irange: .5 }';
const UPPER = '{ nvis: 3, nhid: 2, act_enc: tanh, act_dec: null, irange: .5 }';
const AUTOENCODER = '!obj:pylearn2.models.autoencoder.Autoencoder';
const DENOISING = '!obj:pylearn2.models.autoencoder.DenoisingAutoencoder';

const quiet: Examples = {
  'models.mlp.MLP': [
    `{ nvis: 4, seed: [1, 2], layers: [ ${TANH('h')}, ${SOFTMAX} ] }`,
    `{ nvis: 4, layers: [ !obj:pylearn2.models.mlp.MLP { layer_name: inner, layers: [ ${TANH('a')}, ${TANH('b')} ] }, ${SOFTMAX} ] }`,
    `{ input_space: !obj:pylearn2.space.Conv2DSpace { shape: [4, 4], num_channels: 1, axes: ['c', 0, 1, 'b'] }, layers: [
      !obj:pylearn2.models.mlp.ConvRectifiedLinear { layer_name: h, output_channels: 2, kernel_shape: [2, 2], irange: .4, pool_shape: [2, 2], pool_stride: [1, 1], left_slope: .3 }, ${SOFTMAX} ] }`,
  ],
  'models.softmax_regression.SoftmaxRegression': '{ nvis: 4, n_classes: 3, irange: .5 }',
  'models.autoencoder.Autoencoder': [
    CODER,
    '{ nvis: 4, nhid: 3, act_enc: sigmoid, act_dec: tanh, tied_weights: 1, irange: null, istdev: .5, rng: [1, 2, 3] }',
  ],
  'models.autoencoder.ContractiveAutoencoder': SQUASHED,
  'models.autoencoder.UntiedAutoencoder': `{ base: ${AUTOENCODER} { nvis: 4, nhid: 3, act_enc: tanh, act_dec: null, tied_weights: 1 } }`,
  'models.autoencoder.DeepComposedAutoencoder': `{ autoencoders: [ ${AUTOENCODER} ${CODER}, ${AUTOENCODER} ${UPPER} ] }`,
};

/** Models that draw random numbers. */
const noisy: Examples = {
  'models.autoencoder.DenoisingAutoencoder': `{ corruptor: ${NOISE}, ${CODER.slice(1)}`,
  'models.autoencoder.HigherOrderContractiveAutoencoder': `{ corruptor: ${NOISE}, num_corruptions: 2, ${SQUASHED.slice(1)}`,
  'models.autoencoder.StackedDenoisingAutoencoder': `{ corruptor: ${NOISE}, autoencoders: [ ${DENOISING} { corruptor: ${NOISE}, ${CODER.slice(1)}, ${AUTOENCODER} ${UPPER} ] }`,
};

function objective(model: Model) {
  const reconstruction = new MeanSquaredReconstructionError();
  const expression = () => {
    const x = batchIn(model.getInputSpace());
    if (model instanceof MLP) return model.costFromX([x, targetsIn(model.getTargetSpace())]);
    return reconstruction.expr(model as Reconstructing, x);
  };
  return { expression: () => tf.tidy(expression), params: model.getParams() };
}

const numbers = (model: Model) => descend(model, objective(model).expression);

describeFamily<Model>({ title: 'models', examples: quiet, numbers, objective });
describeFamily<Model>({ title: 'noisy models', examples: noisy, numbers });
