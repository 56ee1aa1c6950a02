import assert from 'node:assert/strict';
import type { MLP } from '../../src/models/mlp';
import type { Train } from '../../src/train';
import { RandomState } from '../../src/utils/rng';
import { compilingAsync } from '../support/compiled';
import { expectClose } from '../support/expect';
import { quietly } from '../support/log';
import { load } from '../support/yaml';

const mlp = 'pylearn2.models.mlp';
const softmax = `!obj:${mlp}.Softmax { layer_name: 'y', n_classes: 3, irange: .1 }`;
const conv = (options: string, name = 'c') =>
  `!obj:${mlp}.ConvElemwise { layer_name: '${name}', output_channels: 2, kernel_shape: [3, 2],
    irange: .2, nonlinearity: !obj:${mlp}.TanhConvNonlinearity {}, ${options} }`;
const images = (axes = "['b', 0, 1, 'c']") =>
  `input_space: !obj:pylearn2.space.Conv2DSpace { shape: [6, 5], num_channels: 1, axes: ${axes} }`;

/** What is unusual about an experiment: its layers, and what else differs. */
interface Variant {
  layers: string;
  input?: string;
  cost?: string;
  batch?: number;
  model?: string;
  algorithm?: string;
}

const variants: Record<string, Variant> = {
  'an MLP in an MLP in an MLP': {
    layers: `!obj:${mlp}.MLP { layer_name: 'outer', layers: [
      !obj:${mlp}.Tanh { layer_name: 'a', dim: 4, irange: .1 },
      !obj:${mlp}.MLP { layer_name: 'inner', layers: [
        !obj:${mlp}.Sigmoid { layer_name: 'b', dim: 4, irange: .1 } ] } ] }, ${softmax}`,
    cost: `!obj:pylearn2.costs.cost.SumOfCosts { costs: [ !obj:pylearn2.costs.mlp.Default {},
      !obj:pylearn2.costs.mlp.WeightDecay { coeffs: [ [ .1, [ .2 ] ], .3 ] },
      [ .5, !obj:pylearn2.costs.mlp.L1WeightDecay { coeffs: { 'outer': [ .1, [ .2 ] ] } } ] ] }`,
  },
  'an MLP as the last layer': {
    layers: `!obj:${mlp}.Tanh { layer_name: 'a', dim: 4, irange: .1 },
      !obj:${mlp}.MLP { layer_name: 'top', layers: [ ${softmax} ] }`,
  },
  'pools that leave gaps': {
    layers: `${conv("pool_type: 'max', pool_shape: [1, 1], pool_stride: [2, 3]")}, ${softmax}`,
    input: images(),
  },
  'pools that overlap, of means, with a full border': {
    layers: `${conv("pool_type: 'mean', pool_shape: [3, 3], pool_stride: [2, 2], border_mode: 'full', tied_b: 1")}, ${softmax}`,
    input: images(),
    batch: 5,
  },
  'kernels with a stride and a norm constraint': {
    layers: `${conv('kernel_stride: [2, 1], max_kernel_norm: .3, W_lr_scale: .1')},
      ${conv('kernel_shape: [1, 1]', 'd').replace('kernel_shape: [3, 2],', '')}, ${softmax}`,
    input: images(),
  },
  'images with the examples last': {
    layers: `${conv('init_bias: .1')}, ${softmax}`,
    input: images("['c', 0, 1, 'b']"),
  },
  'dropout by the name of the layer': {
    layers: `${conv('init_bias: .1')}, !obj:pylearn2.models.maxout.Maxout { layer_name: 'm',
      num_units: 3, num_pieces: 2, irange: .1 }, ${softmax}`,
    input: images(),
    cost: `!obj:pylearn2.costs.mlp.dropout.Dropout { default_input_include_prob: 1.,
      input_include_probs: { 'm': .5, 'y': .8 }, input_scales: { 'm': 2., 'y': 1.25 },
      per_example: 0 }`,
  },
  'layers side by side over an image': {
    layers: `!obj:${mlp}.FlattenerLayer { raw_layer: !obj:${mlp}.CompositeLayer { layer_name: 'both',
      layers: [ ${conv('init_bias: .1')}, !obj:${mlp}.Linear { layer_name: 'l', dim: 2, irange: .1 } ] } },
      ${softmax}`,
    input: images(),
  },
  'a batch size that the model insists on': {
    layers: softmax,
    model: 'batch_size: 11,',
    batch: 11,
  },
  'a detector normalisation and pools larger than strides': {
    layers: `${conv(`pool_type: 'max', pool_shape: [3, 3], pool_stride: [2, 2],
      detector_normalization: !obj:pylearn2.expr.normalize.CrossChannelNormalizationBC01 { n: 3 },
      output_normalization: !obj:pylearn2.expr.normalize.CrossChannelNormalizationBC01 { n: 1 }`)}, ${softmax}`,
    input: images(),
  },
  'a vector made an image on the way': {
    layers: `!obj:${mlp}.Tanh { layer_name: 'a', dim: 12, irange: .1 },
      !obj:${mlp}.SpaceConverter { layer_name: 's', output_space:
        !obj:pylearn2.space.Conv2DSpace { shape: [3, 4], num_channels: 1, axes: ['c', 0, 1, 'b'] } },
      ${conv('init_bias: 0.')}, ${softmax}`,
  },
  'pools of probabilities, blocks that compete, line searches': {
    layers: `!obj:${mlp}.SoftmaxPool { layer_name: 'p', detector_layer_dim: 6, pool_size: 2, irange: .1 },
      !obj:pylearn2.models.lwta.LWTA { layer_name: 'w', dim: 4, block_size: 2, irange: .1 }, ${softmax}`,
    algorithm: `!obj:pylearn2.training_algorithms.bgd.BGD { conjugate: 1, updates_per_batch: 2,`,
  },
};

const numbers = new RandomState(7);
const rows = Array.from({ length: 22 }, () =>
  Array.from({ length: 30 }, () => numbers.randn().toFixed(2)),
);
const labels = rows.map((_, i) => i % 3);

function train({ layers, input = 'nvis: 30', cost, batch = 6, ...rest }: Variant): Promise<Train> {
  const algorithm = `${rest.algorithm ?? '!obj:pylearn2.training_algorithms.sgd.SGD { learning_rate: .1,'}
    batch_size: ${batch}, monitoring_dataset: { 'train': *train },
    ${cost ? `cost: ${cost},` : ''}
    termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 2 } }`;
  const made = load<Train>(`!obj:pylearn2.train.Train {
    dataset: &train !obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
      X: [${rows.map((row) => `[${row.join()}]`).join()}], y: [${labels.join()}], y_labels: 3,
      view_converter: !obj:pylearn2.datasets.dense_design_matrix.DefaultViewConverter {
        shape: [6, 5, 1] } },
    model: !obj:${mlp}.MLP { ${rest.model ?? ''} layers: [ ${layers} ], ${input} },
    algorithm: ${algorithm} }`);
  return quietly(() => made.mainLoop().then(() => made));
}

const valuesOf = ({ model }: Train) =>
  (model as MLP).getParamValues().flatMap(({ data }) => [...(data as Float32Array)]);

describe('train: unusual combinations', () => {
  for (const [name, variant] of Object.entries(variants)) {
    it(`trains ${name}, the same compiled and eager`, async () => {
      const compiled = await compilingAsync(true, () => train(variant));
      const eager = await compilingAsync(false, () => train(variant));
      expectClose(valuesOf(compiled), valuesOf(eager), 1e-4);
      const { channels } = compiled.model.monitor!;
      for (const [channel, { valRecord }] of channels) {
        assert.equal(valRecord.length, 3, channel);
        assert.ok(valRecord.every(Number.isFinite), channel);
      }
    });
  }
});
