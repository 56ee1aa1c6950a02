/** @file Experiments in the manner of the workshop's, on digits cut small. */

/** Some digits of the training set. */
export const digits = (start: number, stop: number) =>
  `!obj:pylearn2.datasets.mnist.MNIST { which_set: 'train', start: ${start}, stop: ${stop} }`;

/** What an experiment can have otherwise. */
export interface Parts {
  data?: string;
  model: string;
  cost?: string;
  /** More options of SGD, each with a comma. */
  sgd?: string;
  epochs?: number;
  extensions?: string;
  /** More options of Train. */
  train?: string;
}

/** An experiment whose last batch of an epoch has 10 examples, the others 30. */
export function experiment(parts: Parts): string {
  const { data = digits(0, 250), model, cost = '!obj:pylearn2.costs.mlp.Default {}' } = parts;
  const { sgd = "monitoring_dataset: { 'seen': *data },", epochs = 3, extensions = '' } = parts;
  return `!obj:pylearn2.train.Train {
    dataset: &data ${data},
    model: &model ${model},
    algorithm: !obj:pylearn2.training_algorithms.sgd.SGD {
      batch_size: 30, learning_rate: .1, ${sgd}
      cost: ${cost},
      termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: ${epochs} }
    },
    extensions: [ ${extensions} ], ${parts.train ?? ''}
  }`;
}

/** A convolutional network with a layer \`c\` below its softmax \`y\`. */
export const convnet = (options = '') => `!obj:pylearn2.models.mlp.MLP {
    input_space: !obj:pylearn2.space.Conv2DSpace { shape: [28, 28], num_channels: 1 }, ${options}
    layers: [
      !obj:pylearn2.models.mlp.ConvRectifiedLinear {
        layer_name: 'c', output_channels: 6, irange: .2, kernel_shape: [5, 5],
        pool_shape: [3, 3], pool_stride: [3, 3], max_kernel_norm: 1.5 },
      !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 10, istdev: .05, max_col_norm: 2. } ] }`;

/** A denoising autoencoder. */
export const coder = (nvis: number, nhid: number) =>
  `!obj:pylearn2.models.autoencoder.DenoisingAutoencoder {
    nvis: ${nvis}, nhid: ${nhid}, irange: .05, act_enc: 'tanh', act_dec: null,
    corruptor: !obj:pylearn2.corruption.BinomialCorruptor { corruption_level: .25, } }`;

/** Training of such a one: what it sees is monitored in 4 batches. */
export const pretraining = (data: string, nvis: number, nhid: number, path: string) =>
  experiment({
    data,
    model: coder(nvis, nhid),
    cost: '!obj:pylearn2.costs.autoencoder.MeanSquaredReconstructionError {}',
    sgd: 'monitoring_dataset: *data, monitoring_batches: 4, train_iteration_mode: sequential,',
    epochs: 2,
    train: `save_path: "${path}", save_freq: 1`,
  }).replace('learning_rate: .1', 'learning_rate : 2e-3');
