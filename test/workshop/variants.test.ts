import assert from 'node:assert/strict';
import type { Train } from '../../src/train';
import { cloneViaSerialize } from '../../src/utils/serial';
import { compilingAsync } from '../support/compiled';
import { expectClose } from '../support/expect';
import { logged } from '../support/log';
import { useMnist } from '../support/mnist';
import { load } from '../support/yaml';
import { remembered } from '../contracts/experiment';
import { convnet, digits, experiment, type Parts } from './experiments';

const SOFTMAX = "!obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 10, irange: .01 }";
const layer = (type: string, name: string, rest = 'dim: 20, irange: .05') =>
  `!obj:pylearn2.models.mlp.${type} { layer_name: '${name}', ${rest} }`;
const mlp = (...layers: string[]) =>
  `!obj:pylearn2.models.mlp.MLP { nvis: 784, layers: [ ${layers.join(', ')} ] }`;
const sum = (...costs: string[]) =>
  `!obj:pylearn2.costs.cost.SumOfCosts { costs: [ ${costs.join(', ')} ] }`;
const DEFAULT = '!obj:pylearn2.costs.mlp.Default {}';

interface Variant extends Parts {
  /** Channels that it must have. */
  channels: string[];
  /** The channel that must fall; `seen_y_nll` unless given. */
  falls?: string;
  /** How far compiled and eager numbers may be apart; 1e-4 unless given. */
  tolerance?: number;
}

const variants: Record<string, Variant> = {
  'layers of every kind, one above the other': {
    model: mlp(
      layer('Tanh', 'a'),
      layer('Softplus', 'b'),
      layer('Sigmoid', 'c', 'dim: 20, sparse_init: 10, init_bias: -1.'),
      layer('RectifiedLinear', 'd', 'dim: 20, irange: .3, max_col_norm: 1.9'),
      layer('Linear', 'e', 'dim: 20, istdev: .1, use_bias: 0'),
      SOFTMAX,
    ),
    sgd: `monitoring_dataset: { 'seen': *data },
      learning_rule: !obj:pylearn2.training_algorithms.learning_rule.RMSProp { decay: .9 },`,
    channels: ['seen_a_range_x_max_u', 'seen_d_col_norms_max', 'seen_y_misclass'],
    // Steps are divided by gradients, some nearly 0, which makes the order of sums visible.
    tolerance: 1e-3,
  },
  'dropout by layer with decay of both kinds': {
    model: mlp(layer('RectifiedLinear', 'h0'), layer('Tanh', 'h1'), SOFTMAX),
    cost: sum(
      `!obj:pylearn2.costs.mlp.dropout.Dropout { input_include_probs: { 'h0': .9, 'h1': .7 },
        input_scales: { 'h0': 1.11, 'h1': 1.43 }, default_input_include_prob: 1., default_input_scale: 1. }`,
      "!obj:pylearn2.costs.mlp.WeightDecay { coeffs: { 'h0': .0001, 'y': .0002 } }",
      '[ .5, !obj:pylearn2.costs.mlp.L1WeightDecay { coeffs: [ .0001, 0., .0001 ] } ]',
    ),
    channels: ['seen_term_0', 'seen_term_1_weight_decay', 'seen_term_2_l1_penalty'],
  },
  'an MLP within an MLP, with its own coefficients of decay': {
    model: mlp(
      `!obj:pylearn2.models.mlp.MLP { layer_name: 'inner', layers: [
        ${layer('Tanh', 'a')}, ${layer('Tanh', 'b')} ] }`,
      SOFTMAX,
    ),
    cost: sum(DEFAULT, '!obj:pylearn2.costs.mlp.WeightDecay { coeffs: [ [.001, .001], .001 ] }'),
    channels: ['seen_term_1_weight_decay', 'seen_inner_a_row_norms_max'],
  },
  'layers side by side, flattened': {
    model: mlp(
      `!obj:pylearn2.models.mlp.FlattenerLayer { raw_layer:
        !obj:pylearn2.models.mlp.CompositeLayer { layer_name: 'sides', layers: [
          ${layer('Tanh', 'left')}, ${layer('Sigmoid', 'right')} ] } }`,
      SOFTMAX,
    ),
    channels: ['seen_sides_left_row_norms_max'],
  },
  'a convolutional network without pooling, axes as in cuda-convnet, in odd monitoring batches': {
    model: `!obj:pylearn2.models.mlp.MLP { layers: [
      !obj:pylearn2.models.mlp.ConvElemwise { layer_name: 'c', output_channels: 4, irange: .1,
        kernel_shape: [7, 5], kernel_stride: [2, 3], tied_b: 1,
        nonlinearity: !obj:pylearn2.models.mlp.TanhConvNonlinearity {} }, ${SOFTMAX} ],
      input_space: !obj:pylearn2.space.Conv2DSpace {
        shape: [28, 28], num_channels: 1, axes: ['c', 0, 1, 'b'] } }`,
    sgd: "monitoring_dataset: { 'seen': *data }, monitoring_batch_size: 70, monitoring_batches: 3,",
    channels: ['seen_c_kernel_norms_max'],
  },
  'a convolutional network with dropout, in a mode that draws': {
    data: digits(0, 240),
    model: convnet('batch_size: 30,'),
    cost: sum(
      "!obj:pylearn2.costs.mlp.dropout.Dropout { input_include_probs: { 'c': .9 } }",
      '!obj:pylearn2.costs.mlp.WeightDecay { coeffs: [ .0005, .0005 ] }',
    ),
    sgd: `monitoring_dataset: { 'seen': *data }, train_iteration_mode: batchwise_shuffled_sequential,
      learning_rule: !obj:pylearn2.training_algorithms.learning_rule.Momentum {
        init_momentum: .5, nesterov_momentum: 1 },`,
    extensions: `!obj:pylearn2.training_algorithms.learning_rule.MomentumAdjustor {
      start: 1, saturate: 3, final_momentum: .9 }`,
    channels: ['momentum', 'seen_c_max_x_max_u'],
  },
  'maxout in the axes of cuda-convnet, one mask of dropout for a batch': {
    data: digits(0, 250).replace(' }', ", axes: ['c', 0, 1, 'b'] }"),
    model: `!obj:pylearn2.models.mlp.MLP { input_space: !obj:pylearn2.space.Conv2DSpace {
        shape: [28, 28], num_channels: 1, axes: ['c', 0, 1, 'b'] }, layers: [
      !obj:pylearn2.models.maxout.MaxoutConvC01B { layer_name: 'm', num_channels: 3, num_pieces: 2,
        irange: .1, kernel_shape: [7, 7], pool_shape: [4, 4], pool_stride: [3, 3], pad: 1 },
      !obj:pylearn2.models.mlp.WindowLayer { layer_name: 'w', window: [0, 1, 5, 6] }, ${SOFTMAX} ] }`,
    cost: `!obj:pylearn2.costs.mlp.dropout.Dropout { default_input_include_prob: .8,
      default_input_scale: 1.25, per_example: 0 }`,
    channels: ['seen_m_kernel_norms_max', 'seen_m_range_x.max_u'],
  },
  'images made of vectors on the way, with other axes further on': {
    model: mlp(
      layer('Linear', 'l', 'dim: 64, irange: .05'),
      `!obj:pylearn2.models.mlp.SpaceConverter { layer_name: 's', output_space:
        !obj:pylearn2.space.Conv2DSpace { shape: [8, 8], num_channels: 1 } }`,
      `!obj:pylearn2.models.mlp.ConvRectifiedLinear { layer_name: 'c', output_channels: 3, irange: .3,
        kernel_shape: [3, 3], pool_shape: [2, 2], pool_stride: [1, 1] }`,
      `!obj:pylearn2.models.mlp.SpaceConverter { layer_name: 't', output_space:
        !obj:pylearn2.space.Conv2DSpace { shape: [5, 5], num_channels: 3, axes: [1, 'b', 'c', 0] } }`,
      `!obj:pylearn2.models.mlp.ConvElemwise { layer_name: 'd', output_channels: 2, irange: .3,
        kernel_shape: [2, 2], nonlinearity: !obj:pylearn2.models.mlp.TanhConvNonlinearity {} }`,
      SOFTMAX,
    ),
    channels: ['seen_l_col_norms_max', 'seen_d_kernel_norms_max'],
  },
  'targets taken apart for layers side by side, decayed each by its own': {
    model: mlp(
      layer('Tanh', 'h'),
      `!obj:pylearn2.models.mlp.FlattenerLayer { raw_layer:
        !obj:pylearn2.models.mlp.CompositeLayer { layer_name: 'y', layers: [
          ${layer('Sigmoid', 'a', 'dim: 4, irange: .1')}, ${layer('Linear', 'b', 'dim: 6, irange: .1')} ] } }`,
    ),
    cost: sum(
      DEFAULT,
      "!obj:pylearn2.costs.mlp.WeightDecay { coeffs: { 'h': .001, 'y': [ .001, .002 ] } }",
    ),
    channels: ['seen_y_a_01_loss', 'seen_y_b_max_x_max_u'],
    falls: 'seen_objective',
  },
  'other costs monitored, on several datasets, by few batches': {
    model: mlp(layer('Tanh', 'h'), SOFTMAX),
    sgd: `monitoring_dataset: { 'seen': *data, 'new': ${digits(300, 400)} },
      monitoring_batches: 2, monitor_iteration_mode: 'sequential',
      monitoring_costs: { 'squares': !obj:pylearn2.costs.mlp.WeightDecay { coeffs: [1., 1.] },
        'method': !obj:pylearn2.costs.cost.MethodCost { method: 'cost_from_X' } },
      update_callbacks: [ !obj:pylearn2.training_algorithms.sgd.ExponentialDecay {
        decay_factor: 1.01, min_lr: .01 } ],`,
    channels: ['seen_squares', 'new_method', 'new_y_misclass', 'learning_rate'],
  },
  'all in batches of one size, trained in part': {
    model: mlp(layer('Sigmoid', 'h'), SOFTMAX),
    sgd: `monitoring_dataset: *data, batches_per_iter: 4, train_iteration_mode: 'even_shuffled_sequential',
      learning_rule: !obj:pylearn2.training_algorithms.learning_rule.AdaDelta { decay: .9 },`,
    extensions: `!obj:pylearn2.train_extensions.ChannelSmoother {
      channel_to_smooth: 'y_nll', channel_to_publish: 'smooth', k: 3 }`,
    channels: ['smooth', 'objective'],
    falls: 'y_nll',
  },
};

async function run(yaml: string): Promise<Train> {
  const train = load<Train>(yaml);
  await train.mainLoop();
  return train;
}

describe('workshop/variants: other experiments in the manner of the workshop', () => {
  useMnist();

  for (const [name, variant] of Object.entries(variants)) {
    const { channels, falls = 'seen_y_nll', tolerance = 1e-4, ...parts } = variant;
    it(`${name}: learn, compiled as in eager execution, and are the same after saving`, async () => {
      const trains: Train[] = [];
      const lines = await logged(async () => {
        for (const on of [true, false]) {
          trains.push(await compilingAsync(on, () => run(experiment(parts))));
        }
      });
      assert.deepEqual(lines.filter(({ where }) => where === 'engine'), []); // prettier-ignore
      const [{ model }, eager] = trains;
      expectClose(remembered(model), remembered(eager.model), tolerance);
      const { valRecord } = model.monitor!.channels.get(falls);
      assert.ok(valRecord.at(-1)! < valRecord[0], valRecord.join(' '));
      for (const channel of channels) assert.ok(model.monitor!.channels.has(channel), channel);
      expectClose(remembered(cloneViaSerialize(model)), remembered(model), 0);
    });
  }
});
