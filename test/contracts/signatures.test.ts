/** @file The options of the ancestor's classes, and their defaults: here they are the same. */
import assert from 'node:assert/strict';
import { resolve } from '../../src/config';
import { schemaOf } from '../../src/config/taken_options';
import type { Member } from '../../src/config/tree';
import { load } from '../support/yaml';

const DIM = "dim: 3, layer_name: 'h'";
const LINEAR = `irange=None, istdev=None, sparse_init=None, sparse_stdev=1., include_prob=1.,
  init_bias=0., W_lr_scale=None, b_lr_scale=None, mask_weights=None, max_row_norm=None,
  max_col_norm=None, min_col_norm=None, use_abs_loss=False, use_bias=True`;
const CONV = `irange=None, border_mode='valid', sparse_init=None, include_prob=1., init_bias=0.,
  W_lr_scale=None, b_lr_scale=None, max_kernel_norm=None, detector_normalization=None,
  output_normalization=None, kernel_stride=(1, 1), monitor_style='classification'`;
const KERNEL = "output_channels: 2, kernel_shape: [3, 3], layer_name: 'c'";
const CODER = 'tied_weights=False, irange=1e-3, istdev=None, rng=9001';
const CODED = "nvis: 4, nhid: 3, act_enc: 'tanh', act_dec: null";
const CORRUPTOR = 'corruptor: !obj:pylearn2.corruption.GaussianCorruptor { stdev: .1 }';
const SOFTMAX = `irange=None, istdev=None, sparse_init=None, W_lr_scale=None, b_lr_scale=None,
  max_row_norm=None, max_col_norm=None, init_bias_target_marginals=None`;
const MODEL = `!obj:pylearn2.models.softmax_regression.SoftmaxRegression {
  n_classes: 3, nvis: 4, irange: 0. }`;
const DATA = '!obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix { X: [[0., 1.]] }';
const LAYER = "!obj:pylearn2.models.mlp.Linear { layer_name: 'l', dim: 2, irange: .1 }";
const COST = '!obj:pylearn2.costs.mlp.Default {}';
const TRAINING = `cost=None, batch_size=None, batches_per_iter=None, monitoring_batch_size=None,
  monitoring_batches=None, monitoring_dataset=None, termination_criterion=None,
  set_batch_size=False, theano_function_mode=None`;

/** By dotted name: the options that have defaults, as Python writes them, and the others. */
const signatures: Record<string, [defaults: string, required: string]> = {
  'train.Train': [
    'algorithm=None, save_path=None, save_freq=0, extensions=None, allow_overwrite=True',
    `dataset: ${DATA}, model: ${MODEL}`,
  ],
  'space.VectorSpace': ["sparse=False, dtype='floatX'", 'dim: 3'],
  'space.IndexSpace': ["dtype='int64'", 'max_labels: 3, dim: 1'],
  'space.Conv2DSpace': [
    "channels=None, num_channels=None, axes=('b', 0, 1, 'c'), dtype='floatX'",
    'shape: [2, 2]',
  ],
  'space.CompositeSpace': ['', 'components: []'],
  'space.NullSpace': ['', ''],
  'models.mlp.MLP': [
    `batch_size=None, input_space=None, input_source='features', target_source='targets',
     nvis=None, seed=None, layer_name=None, monitor_targets=True`,
    `layers: [ ${LAYER} ]`,
  ],
  'models.mlp.Softmax': [
    `${SOFTMAX}, no_affine=False, binary_target_dim=None, non_redundant=False`,
    "n_classes: 3, layer_name: 'y'",
  ],
  'models.mlp.Linear': [LINEAR, DIM],
  'models.mlp.Tanh': [LINEAR, DIM],
  'models.mlp.Softplus': [LINEAR, DIM],
  'models.mlp.Sigmoid': [`${LINEAR}, monitor_style='detection'`, DIM],
  'models.mlp.RectifiedLinear': [`${LINEAR}, left_slope=0.`, DIM],
  'models.mlp.LinearGaussian': [
    LINEAR,
    `${DIM}, init_beta: 1., min_beta: .1, max_beta: 9., beta_lr_scale: 1.`,
  ],
  'models.mlp.SoftmaxPool': [
    `pool_size=1, irange=None, sparse_init=None, sparse_stdev=1., include_prob=1., init_bias=0.,
     W_lr_scale=None, b_lr_scale=None, mask_weights=None, max_col_norm=None`,
    "detector_layer_dim: 4, layer_name: 'h'",
  ],
  'models.mlp.SpaceConverter': [
    '',
    "layer_name: 's', output_space: !obj:pylearn2.space.VectorSpace { dim: 4 }",
  ],
  'models.mlp.FlattenerLayer': ['', `raw_layer: ${LAYER}`],
  'models.mlp.WindowLayer': ['', "layer_name: 'w', window: [0, 0, 1, 1]"],
  'models.mlp.CompositeLayer': ['inputs_to_layers=None', `layer_name: 'c', layers: [ ${LAYER} ]`],
  'models.mlp.PretrainedLayer': ['freeze_params=False', `layer_name: 'p', layer_content: ${MODEL}`],
  'models.mlp.ConvElemwise': [
    `${CONV}, pool_type=None, pool_shape=None, pool_stride=None, tied_b=None`,
    `${KERNEL}, nonlinearity: !obj:pylearn2.models.mlp.TanhConvNonlinearity {}`,
  ],
  'models.mlp.ConvRectifiedLinear': [
    `${CONV}, left_slope=0., pool_type='max', tied_b=False`,
    `${KERNEL}, pool_shape: [2, 2], pool_stride: [2, 2]`,
  ],
  'models.mlp.RectifierConvNonlinearity': ['left_slope=0.', ''],
  'models.mlp.SigmoidConvNonlinearity': ["monitor_style='classification'", ''],
  'models.mlp.IdentityConvNonlinearity': ['', ''],
  'models.mlp.TanhConvNonlinearity': ['', ''],
  'models.maxout.Maxout': [
    `pool_stride=None, randomize_pools=False, irange=None, sparse_init=None, sparse_stdev=1.,
     include_prob=1., init_bias=0., W_lr_scale=None, b_lr_scale=None, max_col_norm=None,
     max_row_norm=None, mask_weights=None, min_zero=False`,
    "layer_name: 'm', num_units: 2, num_pieces: 2",
  ],
  'models.lwta.LWTA': [LINEAR, `block_size: 3, ${DIM}`],
  'models.softmax_regression.SoftmaxRegression': [
    `${SOFTMAX}, batch_size=None, input_space=None, nvis=None, seed=None`,
    'n_classes: 3',
  ],
  'models.autoencoder.Autoencoder': [CODER, CODED],
  'models.autoencoder.ContractiveAutoencoder': [CODER, CODED],
  'models.autoencoder.DenoisingAutoencoder': [CODER, `${CORRUPTOR}, ${CODED}`],
  'models.autoencoder.HigherOrderContractiveAutoencoder': [
    CODER,
    `${CORRUPTOR}, num_corruptions: 2, ${CODED}`,
  ],
  'models.autoencoder.build_stacked_ae': [
    'tied_weights=False, irange=1e-3, rng=None, corruptor=None, contracting=False',
    "nvis: 4, nhids: [3], act_enc: 'tanh', act_dec: null",
  ],
  'corruption.BinomialCorruptor': ['rng=2001', 'corruption_level: .2'],
  'corruption.DropoutCorruptor': ['rng=2001', 'corruption_level: .2'],
  'corruption.SaltPepperCorruptor': ['rng=2001', 'corruption_level: .2'],
  'corruption.OneHotCorruptor': ['rng=2001', 'corruption_level: .2'],
  'corruption.SmoothOneHotCorruptor': ['rng=2001', 'corruption_level: .2'],
  'corruption.GaussianCorruptor': ['rng=2001', 'stdev: .2'],
  'corruption.BinomialSampler': ['rng=2001', ''],
  'corruption.MultinomialSampler': ['rng=2001', ''],
  'blocks.StackedBlocks': ['', `layers: [ ${MODEL} ]`],
  'costs.cost.SumOfCosts': ['', `costs: [ ${COST} ]`],
  'costs.cost.MethodCost': ['data_specs=None', "method: 'cost_from_X'"],
  'costs.mlp.Default': ['', ''],
  'costs.mlp.WeightDecay': ['', 'coeffs: [ .1 ]'],
  'costs.mlp.L1WeightDecay': ['', 'coeffs: [ .1 ]'],
  'costs.mlp.missing_target_cost.MissingTargetCost': ['dropout_args=None', ''],
  'costs.mlp.dropout.Dropout': [
    `default_input_include_prob=.5, input_include_probs=None, default_input_scale=2.,
     input_scales=None, per_example=True`,
    '',
  ],
  'costs.autoencoder.MeanSquaredReconstructionError': ['', ''],
  'costs.autoencoder.MeanBinaryCrossEntropy': ['', ''],
  'costs.autoencoder.SparseActivation': ['', 'coeff: .1, p: .1'],
  'costs.autoencoder.SampledMeanSquaredReconstructionError': ['', 'L1: .1, ratio: .1'],
  'costs.autoencoder.SampledMeanBinaryCrossEntropy': ['', 'L1: .1, ratio: .1'],
  'model_extensions.norm_constraint.ConstrainFilterL2Norm': ['min_limit=0., axis=0', 'limit: 1.'],
  'model_extensions.norm_constraint.ConstrainFilterMaxNorm': ['min_limit=None', 'limit: 1.'],
  'expr.normalize.CrossChannelNormalizationBC01': ['alpha=1e-4, k=2, beta=.75, n=5', ''],
  'training_algorithms.sgd.SGD': [
    `${TRAINING}, monitor_iteration_mode='sequential', update_callbacks=None, learning_rule=None,
     train_iteration_mode=None, monitoring_costs=None, seed=[2012, 10, 5]`,
    'learning_rate: .1',
  ],
  'training_algorithms.bgd.BGD': [
    `${TRAINING}, updates_per_batch=10, reset_alpha=True, conjugate=False, min_init_alpha=.001,
     reset_conjugate=True, line_search_mode=None, verbose_optimization=False, scale_step=1.,
     init_alpha=None, seed=None`,
    '',
  ],
  'training_algorithms.bgd.StepShrinker': [
    'scale_up=1., max_scale=1.',
    "channel: 'c', scale: .5, giveup_after: .1",
  ],
  'training_algorithms.bgd.ScaleStep': ['', 'scale: .5, min_value: .1'],
  'training_algorithms.default.DefaultTrainingAlgorithm': [
    `batch_size=None, batches_per_iter=1000, monitoring_batch_size=None, monitoring_batches=-1,
     monitoring_dataset=None, termination_criterion=None, set_batch_size=False`,
    '',
  ],
  'training_algorithms.sgd.ExponentialDecay': ['', 'decay_factor: 1.1, min_lr: .1'],
  'training_algorithms.sgd.AnnealedLearningRate': ['', 'anneal_start: 1'],
  'training_algorithms.sgd.LinearDecay': ['', 'start: 1, saturate: 2, decay_factor: .1'],
  'training_algorithms.sgd.LinearDecayOverEpoch': ['', 'start: 1, saturate: 2, decay_factor: .1'],
  'training_algorithms.sgd.EpochMonitor': ['tick_rate=None, monitor_rate=None', `model: ${MODEL}`],
  'training_algorithms.sgd.OneOverEpoch': ['half_life=None, min_lr=1e-6', 'start: 1'],
  'training_algorithms.sgd.MonitorBasedLRAdjuster': [
    `high_trigger=1., shrink_amt=.99, low_trigger=.99, grow_amt=1.01, min_lr=1e-7, max_lr=1.,
     dataset_name=None, channel_name=None`,
    '',
  ],
  'training_algorithms.sgd.PatienceBasedTermCrit': [
    'patience_increase=2., channel_name=None',
    'prop_decrease: .1, initial_patience: 3',
  ],
  'training_algorithms.sgd.PolyakAveraging': ['save_path=None, save_freq=1', 'start: 1'],
  'training_algorithms.learning_rule.Momentum': ['nesterov_momentum=False', 'init_momentum: .5'],
  'training_algorithms.learning_rule.MomentumAdjustor': [
    '',
    'final_momentum: .9, start: 1, saturate: 2',
  ],
  'training_algorithms.learning_rule.AdaDelta': ['decay=.95', ''],
  'training_algorithms.learning_rule.AdaGrad': ['max_scaling=1e5', ''],
  'training_algorithms.learning_rule.RMSProp': ['decay=.9, max_scaling=1e5', ''],
  'termination_criteria.MonitorBased': ['prop_decrease=.01, N=5, channel_name=None', ''],
  'termination_criteria.MatchChannel': [
    '',
    "channel_name: 'a', prev_channel_name: 'b', prev_monitor_name: 'm'",
  ],
  'termination_criteria.ChannelTarget': ['', "channel_name: 'a', target: .1"],
  'termination_criteria.ChannelInf': ['', "channel_name: 'a'"],
  'termination_criteria.EpochCounter': ['new_epochs=True', 'max_epochs: 3'],
  'train_extensions.best_params.MonitorBasedSaveBest': [
    'store_best_model=False, start_epoch=0, higher_is_better=False, tag_key=None',
    "channel_name: 'a', save_path: 'best.pkl'",
  ],
  'train_extensions.best_params.KeepBestParams': [
    '',
    `model: ${MODEL}, cost: ${COST}, monitoring_dataset: ${DATA}, batch_size: 3`,
  ],
  'train_extensions.ChannelSmoother': ['k=5', "channel_to_smooth: 'a', channel_to_publish: 'b'"],
  'train_extensions.SharedSetter': ['', 'epoch_updates: []'],
  'datasets.dense_design_matrix.DenseDesignMatrix': [
    `topo_view=None, y=None, view_converter=None, axes=('b', 0, 1, 'c'), rng=(17, 2, 946),
     preprocessor=None, fit_preprocessor=False, X_labels=None, y_labels=None`,
    'X: [[0., 1.]]',
  ],
  'datasets.mnist.MNIST': [
    `center=False, shuffle=False, binarize=False, start=None, stop=None, axes=['b', 0, 1, 'c'],
     preprocessor=None, fit_preprocessor=False, fit_test_preprocessor=False`,
    "which_set: 'train'",
  ],
  'datasets.transformer_dataset.TransformerDataset': [
    'cpu_only=False, space_preserving=False',
    `raw: ${DATA}, transformer: ${MODEL}`,
  ],
  'datasets.binarizer.Binarizer': ['seed=None', `raw: ${DATA}`],
};

/** Python's constants as YAML writes them. */
function parsed(literal: string): unknown {
  return load(literal.replaceAll('None', 'null').replaceAll('(', '[').replaceAll(')', ']'));
}

/** Names and defaults: commas within brackets do not part them. */
function defaultsOf(signature: string): Map<string, unknown> {
  const pairs = signature.matchAll(/(\w+)=((?:\[.*?\]|\(.*?\)|[^,])+)/g);
  return new Map([...pairs].map(([, name, literal]) => [name, parsed(literal.trim())]));
}

describe('contracts/signatures: as in Pylearn2, with the same defaults, are the options of', () => {
  for (const [name, [defaults, required]] of Object.entries(signatures)) {
    it(name, () => {
      const schema = schemaOf(resolve(`pylearn2.${name}`) as Member)!;
      const options = new Map([...schema.yamlKeys].map(([option, yaml]) => [yaml, option]));
      const given = Object.entries(load<Record<string, unknown>>(`{ ${required} }`));
      const named = given.map(([key, value]) => [options.get(key) ?? key, value]);
      const checked = schema.parse(Object.fromEntries(named) as object, name);
      const found = [...defaultsOf(defaults).keys()].map((key) => {
        assert.ok(options.has(key), `no option ${key}`);
        return [key, (checked as Record<string, unknown>)[options.get(key)!] ?? null];
      });
      assert.deepEqual(new Map(found as [string, unknown][]), defaultsOf(defaults));
    });
  }
});
