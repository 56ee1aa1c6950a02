/** @file MNIST. Door of pylearn2.datasets.mnist. */
export { MNIST, type MNISTOptions } from './mnist';
export { fetchMnist, type FetchMnistOptions } from './fetch';
export type { WhichSet } from './files';
