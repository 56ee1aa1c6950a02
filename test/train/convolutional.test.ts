import assert from 'node:assert/strict';
import { tf } from '../../src/engine';
import type { MLP } from '../../src/models/mlp';
import type { Train } from '../../src/train';
import { cloneViaSerialize } from '../../src/utils/serial';
import { expectClose } from '../support/expect';
import { quietly } from '../support/log';
import { useMnist } from '../support/mnist';
import { load } from '../support/yaml';

/** conv.yaml in small, with an odd last batch. */
const experiment = (cost: string) => `!obj:pylearn2.train.Train {
  dataset: &train !obj:pylearn2.datasets.mnist.MNIST { which_set: 'train', start: 0, stop: 250 },
  model: !obj:pylearn2.models.mlp.MLP {
    input_space: !obj:pylearn2.space.Conv2DSpace { shape: [28, 28], num_channels: 1 },
    layers: [
      !obj:pylearn2.models.mlp.ConvRectifiedLinear {
        layer_name: 'h2', output_channels: 8, irange: .3, kernel_shape: [5, 5],
        pool_shape: [4, 4], pool_stride: [2, 2], max_kernel_norm: 1.9365 },
      !obj:pylearn2.models.mlp.ConvRectifiedLinear {
        layer_name: 'h3', output_channels: 8, irange: .3, kernel_shape: [5, 5],
        pool_shape: [4, 4], pool_stride: [2, 2], max_kernel_norm: 1.9365 },
      !obj:pylearn2.models.mlp.Softmax {
        max_col_norm: 1.9365, layer_name: 'y', n_classes: 10, istdev: .05 } ] },
  algorithm: !obj:pylearn2.training_algorithms.sgd.SGD {
    batch_size: 20, learning_rate: .1,
    learning_rule: !obj:pylearn2.training_algorithms.learning_rule.Momentum { init_momentum: .5 },
    monitoring_dataset: { 'train': *train },
    cost: !obj:pylearn2.costs.cost.SumOfCosts { costs: [
      ${cost},
      !obj:pylearn2.costs.mlp.WeightDecay { coeffs: { 'h2': .00005, 'h3': .00005, 'y': .00005 } } ] },
    termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 4 } } }`;

const costs = {
  'its own cost': `!obj:pylearn2.costs.cost.MethodCost { method: 'cost_from_X' }`,
  dropout: `!obj:pylearn2.costs.mlp.dropout.Dropout {
    input_include_probs: { 'h2': 1. }, default_input_include_prob: .8,
    default_input_scale: 1.25 }`,
};

describe('train: convolutional networks', () => {
  useMnist();

  for (const [name, cost] of Object.entries(costs)) {
    it(`learns digits by ${name} and decay, and is the same after saving`, async () => {
      const train = load<Train>(experiment(cost));
      await quietly(() => train.mainLoop());
      const model = train.model as MLP;
      const record = (channel: string) => model.monitor!.channels.get(channel).valRecord;
      const nll = record('train_y_nll');
      assert.equal(nll.length, 5);
      assert.ok(nll[4] < 0.9 * nll[0], nll.join(' '));
      const [sum, decay] = [record('train_objective'), record('train_term_1_weight_decay')];
      record('train_term_0').forEach((term, i) => {
        // With dropout each of the two is drawn for itself.
        expectClose(sum[i], term + decay[i], name === 'dropout' ? 0.3 : 1e-5);
      });
      const images = tf.randomUniform([7, 28, 28, 1]);
      const copy = cloneViaSerialize(model) as MLP;
      expectClose(copy.fprop(images) as tf.Tensor, model.fprop(images) as tf.Tensor, 0);
    });
  }
});
