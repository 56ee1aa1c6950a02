/** @file The contract of the parts of training: in a small experiment. */
import type { Train } from '../../src/train';
import { describeFamily, type Examples } from './contract';
import { experiment, type Parts, run } from './experiment';

const EPOCHS = '!obj:pylearn2.termination_criteria.EpochCounter';
const BASED = '!obj:pylearn2.termination_criteria.MonitorBased';

const rules: Examples = {
  'training_algorithms.learning_rule.Momentum': [
    '{ init_momentum: .5 }',
    '{ init_momentum: .9, nesterov_momentum: 1 }',
  ],
  'training_algorithms.learning_rule.AdaDelta': '{ decay: .9 }',
  'training_algorithms.learning_rule.AdaGrad': '{}',
  'training_algorithms.learning_rule.RMSProp': '{ decay: .8, max_scaling: 1e4 }',
  'training_algorithms.learning_rule.Adam': '{ b1: .1 }',
  'training_algorithms.learning_rule.AdamW': '{ weight_decay: .1 }',
};

const callbacks: Examples = {
  'training_algorithms.sgd.ExponentialDecay': '{ decay_factor: 1.1, min_lr: .01 }',
  'training_algorithms.sgd.LinearDecay': '{ start: 2, saturate: 6, decay_factor: .1 }',
  'training_algorithms.sgd.AnnealedLearningRate': '{ anneal_start: 3 }',
  'training_algorithms.sgd.EpochMonitor': '{ model: *model, tick_rate: 1, monitor_rate: 2 }',
};

const criteria: Examples = {
  'termination_criteria.EpochCounter': ['{ max_epochs: 2 }', '{ max_epochs: 3, new_epochs: 0 }'],
  'termination_criteria.MonitorBased':
    "{ channel_name: 'train_objective', prop_decrease: .2, N: 2 }",
  'termination_criteria.ChannelTarget': "{ channel_name: 'train_y_nll', target: .9 }",
  'termination_criteria.And': `{ criteria: [ ${EPOCHS} { max_epochs: 5 }, ${BASED} { channel_name: 'train_y_misclass', N: 2 } ] }`,
  'termination_criteria.Or': `{ criteria: [ ${EPOCHS} { max_epochs: 1 }, ${EPOCHS} { max_epochs: 3 } ] }`,
  'training_algorithms.sgd.PatienceBasedTermCrit':
    "{ channel_name: 'train_objective', prop_decrease: .1, initial_patience: 2 }",
};

const extensions: Examples = {
  'train_extensions.ChannelSmoother':
    "{ channel_to_smooth: 'train_objective', channel_to_publish: 'smooth', k: 3 }",
  'train_extensions.histograms.Histograms': '{ count: 5, every: 2 }',
  'train_extensions.live_plot.LivePlot': "{ channels: ['train_objective'] }",
  'train_extensions.metrics_log.MetricsLog': '{}',
  'train_extensions.best_params.MonitorBasedSaveBest':
    "{ channel_name: 'train_objective', store_best_model: 1 }",
  'train_extensions.best_params.KeepBestParams':
    '{ model: *model, cost: !obj:pylearn2.costs.mlp.Default {}, monitoring_dataset: *data, batch_size: 4 }',
  'training_algorithms.sgd.MonitorBasedLRAdjuster':
    "{ channel_name: 'train_objective', high_trigger: .8, low_trigger: .7 }",
  'training_algorithms.sgd.LinearDecayOverEpoch': '{ start: 1, saturate: 3, decay_factor: .1 }',
  'training_algorithms.sgd.OneOverEpoch': '{ start: 2, half_life: 1 }',
  'training_algorithms.sgd.PolyakAveraging': '{ start: 1 }',
};

const momentumExtensions: Examples = {
  'training_algorithms.learning_rule.MomentumAdjustor':
    '{ start: 1, saturate: 3, final_momentum: .9 }',
};

const algorithms: Examples = {
  'training_algorithms.sgd.SGD': [
    `{ batch_size: 4, learning_rate: .1, monitoring_dataset: { a: *data, b: *data }, monitoring_batches: 2, train_iteration_mode: sequential, seed: [1, 2],
       monitoring_costs: { l1: !obj:pylearn2.costs.mlp.L1WeightDecay { coeffs: [.1, .1] } }, termination_criterion: ${EPOCHS} { max_epochs: 3 } }`,
    `{ batch_size: 4, batches_per_iter: 2, learning_rate: .1, monitoring_dataset: *data, train_iteration_mode: random_uniform, termination_criterion: ${EPOCHS} { max_epochs: 3 } }`,
  ],
  'training_algorithms.bgd.BGD': `{ batch_size: 6, conjugate: 1, line_search_mode: exhaustive, updates_per_batch: 3, monitoring_dataset: *data, termination_criterion: ${EPOCHS} { max_epochs: 3 } }`,
};

const BGD = (extension: string) => `!obj:pylearn2.training_algorithms.bgd.BGD {
  batch_size: 6, monitoring_dataset: { train: *data }, ${extension}
  termination_criterion: ${EPOCHS} { max_epochs: 4 } }`;

const stepExtensions: Examples = {
  'training_algorithms.bgd.StepShrinker':
    "{ channel: 'train_objective', scale: .5, giveup_after: .01 }",
  'training_algorithms.bgd.BacktrackingStepShrinker':
    "{ channel: 'train_objective', scale: .5, giveup_after: .01, scale_up: 1.1 }",
  'training_algorithms.bgd.ScaleStep': '{ scale: .9, min_value: .1 }',
};

const trains: Examples = { 'train.Train': experiment({}).replace(/^!obj:\S+ /, '') };

function release({ extensions, algorithm, model, dataset }: Train): void {
  for (const part of [...extensions, algorithm, model, dataset]) {
    (part as { dispose?: () => void }).dispose?.();
  }
}

function describeParts(
  title: string,
  examples: Examples,
  place: (part: string) => Partial<Parts>,
): void {
  const around = (part: string) => experiment(place(part));
  describeFamily<Train>({ title, examples, around, numbers: run, isSaved: false, release });
}

describeFamily<Train>({ title: 'Train', examples: trains, numbers: run, isSaved: false, release });
describeParts('learning rules', rules, (rule) => ({ rule }));
describeParts('callbacks of SGD', callbacks, (callback) => ({ callback }));
describeParts('termination criteria', criteria, (criterion) => ({ criterion }));
describeParts('extensions', extensions, (extension) => ({ extension }));
describeParts('extensions for momentum', momentumExtensions, (extension) => ({
  rule: '!obj:pylearn2.training_algorithms.learning_rule.Momentum { init_momentum: .5 }',
  extension,
}));
describeParts('training algorithms', algorithms, (algorithm) => ({ algorithm }));
describeParts('extensions for BGD', stepExtensions, (extension) => ({
  algorithm: BGD('scale_step: .5,'),
  extension,
}));
