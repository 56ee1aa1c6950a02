/** @file The contract of layers: as the one layer of an MLP. */
import { tf } from '../../src/engine';
import type { MLP } from '../../src/models/mlp';
import type { Batch } from '../../src/space';
import { batchIn, targetsIn } from '../support/batches';
import { describeFamily, type Examples, type Objective } from './contract';
import { descend } from './descent';

const LINEAR = '!obj:pylearn2.models.mlp.Linear';
const SIGMOID = '!obj:pylearn2.models.mlp.Sigmoid';
const AUTOENCODER = '!obj:pylearn2.models.autoencoder.Autoencoder';
const BC01 = '!obj:pylearn2.expr.normalize.CrossChannelNormalizationBC01';

/** Layers of vectors of 4 numbers that have a cost. */
const last: Examples = {
  'models.mlp.Linear': [
    '{ layer_name: h, dim: 3, irange: .5 }',
    '{ layer_name: h, dim: 3, istdev: .5, use_abs_loss: 1, max_row_norm: .3, init_bias: [.1, .2, .3] }',
    '{ layer_name: h, dim: 2, sparse_init: 2, use_bias: 0, mask_weights: [[1, 0], [1, 1], [0, 1], [1, 1]] }',
  ],
  'models.mlp.Sigmoid': [
    '{ layer_name: h, dim: 3, irange: .5 }',
    "{ layer_name: h, dim: 3, irange: .5, monitor_style: 'classification', init_bias: -.5 }",
  ],
  'models.mlp.Softmax': [
    '{ layer_name: y, n_classes: 3, irange: .5, max_col_norm: .4 }',
    '{ layer_name: y, n_classes: 3, istdev: .5, binary_target_dim: 1 }',
    '{ layer_name: y, n_classes: 3, irange: .5, non_redundant: 1 }',
    '{ layer_name: y, n_classes: 3, sparse_init: 0 }',
    '{ layer_name: y, n_classes: 4, no_affine: 1 }',
  ],
  'models.mlp.LinearGaussian':
    '{ layer_name: h, dim: 3, irange: .5, init_beta: 2., min_beta: .5, max_beta: 4., beta_lr_scale: .5 }',
  'models.mlp.CompositeLayer': `{ layer_name: c, layers: [ ${LINEAR} { layer_name: a, dim: 2, irange: .5 }, ${SIGMOID} { layer_name: b, dim: 2, irange: .5 } ] }`,
  'models.mlp.FlattenerLayer': `{ raw_layer: !obj:pylearn2.models.mlp.CompositeLayer { layer_name: c, layers: [ ${LINEAR} { layer_name: a, dim: 2, irange: .5 }, ${SIGMOID} { layer_name: b, dim: 2, irange: .5 } ] } }`,
};

/** Layers of such vectors without a cost. */
const inner: Examples = {
  'models.mlp.Tanh': '{ layer_name: h, dim: 3, irange: .5, max_col_norm: .4 }',
  'models.mlp.RectifiedLinear': [
    '{ layer_name: h, dim: 3, irange: .5, init_bias: .4 }',
    '{ layer_name: h, dim: 3, irange: .5, left_slope: .1 }',
  ],
  'models.maxout.Maxout': [
    '{ layer_name: h, num_units: 3, num_pieces: 2, irange: .5, max_col_norm: .9 }',
    '{ layer_name: h, num_units: 3, num_pieces: 2, pool_stride: 1, irange: .5, min_zero: 1 }',
  ],
  'models.lwta.LWTA': '{ layer_name: h, dim: 4, block_size: 2, irange: .5 }',
  'models.mlp.SoftmaxPool': '{ layer_name: h, detector_layer_dim: 6, pool_size: 2, irange: .5 }',
  'models.mlp.Softplus': '{ layer_name: h, dim: 3, irange: .5 }',
  'models.mlp.SpaceConverter':
    '{ layer_name: s, output_space: !obj:pylearn2.space.Conv2DSpace { shape: [2, 2], num_channels: 1 } }',
  'models.mlp.PretrainedLayer': [
    `{ layer_name: h, layer_content: ${AUTOENCODER} { nvis: 4, nhid: 3, act_enc: tanh, act_dec: null } }`,
    `{ layer_name: h, freeze_params: 1, layer_content: ${AUTOENCODER} { nvis: 4, nhid: 3, act_enc: sigmoid, act_dec: null } }`,
  ],
};

/** Layers of images of 6 x 6, 2 channels, without a cost. */
const images: Examples = {
  'models.maxout.MaxoutConvC01B': [
    '{ layer_name: h, num_channels: 3, num_pieces: 2, kernel_shape: [3, 3], pool_shape: [2, 2], pool_stride: [2, 2], irange: .3, max_kernel_norm: .9 }',
    '{ layer_name: h, num_channels: 2, num_pieces: 2, kernel_shape: [3, 3], kernel_stride: [2, 2], pool_shape: [2, 2], pool_stride: [1, 1], pad: 1, irange: .3, tied_b: 1, min_zero: 1, init_bias: -.5, W_lr_scale: .5, b_lr_scale: .5 }',
  ],
  'models.mlp.ConvElemwise': [
    '{ layer_name: h, output_channels: 3, kernel_shape: [3, 3], irange: .3, nonlinearity: !obj:pylearn2.models.mlp.TanhConvNonlinearity {} }',
    `{ layer_name: h, output_channels: 2, kernel_shape: [3, 3], kernel_stride: [2, 2], sparse_init: 4, output_normalization: ${BC01} { n: 3 }, nonlinearity: !obj:pylearn2.models.mlp.IdentityConvNonlinearity {} }`,
  ],
  'models.mlp.ConvRectifiedLinear':
    '{ layer_name: h, output_channels: 2, kernel_shape: [3, 3], irange: .3, left_slope: .2, pool_shape: [2, 2], pool_stride: [1, 1], max_kernel_norm: .8 }',
  'models.mlp.WindowLayer': '{ layer_name: w, window: [1, 2, 4, 4] }',
};

/** Layers of such images that have a cost. */
const lastImages: Examples = {
  'models.mlp.ConvElemwise':
    "{ layer_name: h, output_channels: 2, kernel_shape: [2, 3], irange: .3, border_mode: full, pool_type: mean, pool_shape: [2, 2], pool_stride: [2, 2], tied_b: 1, max_kernel_norm: .5, nonlinearity: !obj:pylearn2.models.mlp.SigmoidConvNonlinearity { monitor_style: 'detection' } }",
};

function data(mlp: MLP): [Batch, Batch] {
  return [batchIn(mlp.getInputSpace()), targetsIn(mlp.getTargetSpace())];
}

/** A sum of the outputs with fixed weights. */
function weighted(outputs: Batch, weights: Batch): tf.Scalar {
  if (outputs instanceof tf.Tensor) return outputs.mul(weights as tf.Tensor).sum();
  const parts = (outputs as Batch[]).map((part, i) => weighted(part, (weights as Batch[])[i]));
  return parts.reduce((sum, part) => sum.add(part));
}

/** Of the outputs, and of the cost if the layer has one. */
function objective(mlp: MLP, isCosted: boolean): Objective {
  const expression = () => {
    const [x, y] = data(mlp);
    const sum = weighted(mlp.fprop(x), batchIn(mlp.getOutputSpace()));
    return isCosted ? sum.add<tf.Scalar>(mlp.costFromX([x, y])) : sum;
  };
  return { expression: () => tf.tidy(expression), params: mlp.getParams() };
}

function describeLayers(
  title: string,
  examples: Examples,
  inputs: string,
  isCosted: boolean,
): void {
  describeFamily<MLP>({
    title,
    examples,
    around: (layer) => `!obj:pylearn2.models.mlp.MLP { ${inputs}, layers: [ ${layer} ] }`,
    numbers: (mlp) =>
      descend(mlp, objective(mlp, isCosted).expression, () => mlp.getMonitoringChannels(data(mlp))),
    objective: (mlp) => objective(mlp, isCosted),
  });
}

const VECTORS = 'nvis: 4';
const IMAGES = 'input_space: !obj:pylearn2.space.Conv2DSpace { shape: [6, 6], num_channels: 2 }';

describeLayers('last layers', last, VECTORS, true);
describeLayers('inner layers', inner, VECTORS, false);
describeLayers('last layers of images', lastImages, IMAGES, true);
describeLayers('inner layers of images', images, IMAGES, false);
