/** @file Costs. Mirrors pylearn2/costs. */
export { Cost, type CostGradients, MethodCost, SumOfCosts } from './cost';
export * as cost from './cost';
export * as autoencoder from './autoencoder';
export * as mlp from './mlp';
