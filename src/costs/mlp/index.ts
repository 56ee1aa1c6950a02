/** @file Costs of MLPs. Mirrors pylearn2/costs/mlp. */
export { Default } from './default';
export * as dropout from './dropout';
export { L1WeightDecay } from './l1_weight_decay';
export type { LayerPenaltyOptions, PenaltyCoefficient } from './layer_penalty';
export * as missing_target_cost from './missing_target_cost';
export { WeightDecay } from './weight_decay';
