/** @file How gradients become steps. Mirrors pylearn2/training_algorithms/learning_rule.py. */
export { AdaDelta, type AdaDeltaOptions } from './ada_delta';
export { AdaGrad, type AdaGradOptions } from './ada_grad';
export { Adam, type AdamOptions } from './adam';
export { AdamW, type AdamWOptions } from './adam_w';
export { LearningRule } from './learning_rule';
export { Momentum, type MomentumOptions } from './momentum';
export { MomentumAdjustor, type MomentumAdjustorOptions } from './momentum_adjustor';
export { RMSProp, type RMSPropOptions } from './rms_prop';
