/** @file What is trained. The YAML of each is in experiments/. */
import type { Spec } from './contestant';

export interface Experiment {
  name: string;
  title: string;
  /** Examples in the training set, and in the validation and the test set. */
  train: number;
  held: number;
}

/** The convolutional networks see a fifth of MNIST, so that a comparison takes minutes. */
export const experiments: readonly Experiment[] = [
  { name: 'softmax', title: 'softmax regression', train: 50000, held: 10000 },
  { name: 'dae', title: 'denoising autoencoder', train: 50000, held: 10000 },
  { name: 'mlp', title: 'mlp part 3', train: 50000, held: 10000 },
  { name: 'conv', title: 'convnet', train: 10000, held: 2000 },
  { name: 'dropout', title: 'convnet with dropout', train: 10000, held: 2000 },
];

/** An experiment as contestants are asked for it: batches of 100, the tutorial's 500 units. */
export function specOf(name: string, data: string, sizes: Partial<Spec> = {}): Spec {
  const { train, held } = experiments.find((one) => one.name === name)!;
  return { name, data, train, held, batchSize: 100, width: 500, ...sizes };
}
