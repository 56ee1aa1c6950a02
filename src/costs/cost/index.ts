/** @file What costs are, and costs made of others. Mirrors pylearn2/costs/cost.py. */
export { Cost, type CostGradients } from './cost';
export { LpPenalty, type LpPenaltyOptions } from './lp_penalty';
export { MethodCost, type MethodCostOptions } from './method_cost';
export { SumOfCosts, type SumOfCostsOptions, type Term } from './sum_of_costs';
