/** @file A small experiment in YAML with places for the parts that the contracts are about. */
import type { Model } from '../../src/models';
import type { Train } from '../../src/train';

/** 11 examples of 4 numbers in 3 classes: with batches of 4 the last is a smaller one. */
const X = Array.from({ length: 11 }, (_, i) => [
  i % 3,
  ((i * 7) % 5) / 4,
  i / 10 - 0.5,
  (i % 2) - 0.5,
]);
const Y = X.map((_, i) => i % 3);
export const DATASET = `!obj:pylearn2.datasets.dense_design_matrix.DenseDesignMatrix {
  X: ${JSON.stringify(X)}, y: ${JSON.stringify(Y)}, y_labels: 3 }`;

export interface Parts {
  dataset: string;
  model: string;
  algorithm: string;
  extension: string;
  /** Of SGD, where no algorithm is given. */
  cost: string;
  rule: string;
  callback: string;
  criterion: string;
}

const parts: Parts = {
  dataset: DATASET,
  model: `!obj:pylearn2.models.mlp.MLP { nvis: 4, layers: [
    !obj:pylearn2.models.mlp.Tanh { layer_name: 'h', dim: 5, irange: .5 },
    !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 3, irange: .5 } ] }`,
  cost: '!obj:pylearn2.costs.mlp.Default {}',
  rule: 'null',
  callback: '',
  criterion: '!obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 4 }',
  extension: '',
  algorithm: '',
};

/** The YAML of a Train whose parts are the given ones; `*model` and `*data` name the others'. */
export function experiment(own: Partial<Parts>): string {
  const { dataset, model, algorithm, extension, ...sgd } = { ...parts, ...own };
  return `!obj:pylearn2.train.Train {
    dataset: &data ${dataset},
    model: &model ${model},
    algorithm: ${algorithm || descent(sgd)},
    extensions: [ ${extension} ] }`;
}

function descent({
  cost,
  rule,
  callback,
  criterion,
}: Pick<Parts, 'cost' | 'rule' | 'callback' | 'criterion'>): string {
  return `!obj:pylearn2.training_algorithms.sgd.SGD {
    batch_size: 4, learning_rate: .1, monitoring_dataset: { train: *data },
    cost: ${cost}, learning_rule: ${rule}, update_callbacks: [ ${callback} ],
    termination_criterion: ${criterion} }`;
}

/** All that the channels recorded but times, and the parameters. */
export function remembered(model: Model): number[] {
  const channels = [...model.monitor!.channels].filter(([name]) => !/seconds|time/.test(name));
  return [
    ...channels.flatMap(([, { valRecord }]) => valRecord),
    ...model.getParams().flatMap((param) => [...param.dataSync()]),
  ];
}

/** Runs the experiment to its end. */
export async function run(train: Train): Promise<number[]> {
  await train.mainLoop();
  return remembered(train.model);
}
