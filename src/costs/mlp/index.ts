/** @file Costs of MLPs. Mirrors pylearn2/costs/mlp. */
export { Default } from './default';
