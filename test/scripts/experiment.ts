/** @file A small experiment in YAML: eight images of 2 by 2 pixels, two classes. */
import '../../src';

const data = `&data !obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
    X: [[0, 0, 0, 1], [0, 0, 1, 1], [0, 0, 1, 0], [0, .1, 1, 1],
        [1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [1, 1, 0, .1]],
    y: [0, 0, 0, 0, 1, 1, 1, 1],
    y_labels: 2,
    view_converter: !obj:pylearn2.datasets.dense_design_matrix.DefaultViewConverter {
      shape: [2, 2, 1]
    }
  }`;

/** A Train of some epochs that saves to \`path\`, or beside its YAML file. */
export function experiment(epochs: number, path?: string): string {
  return `!obj:pylearn2.train.Train {
  dataset: ${data},
  model: !obj:pylearn2.models.softmax_regression.SoftmaxRegression {
    n_classes: 2, nvis: 4, irange: .1, batch_size: 4
  },
  algorithm: !obj:pylearn2.training_algorithms.sgd.SGD {
    learning_rate: .5,
    monitoring_dataset: { train: *data },
    termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: ${epochs} }
  },
  ${path === undefined ? '' : `save_path: '${path}',`}
  save_freq: 1
}
`;
}
