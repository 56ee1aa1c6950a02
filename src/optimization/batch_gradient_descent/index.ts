/** @file Descent with line searches. Mirrors pylearn2/optimization/batch_gradient_descent.py. */
export {
  BatchGradientDescent,
  type BatchGradientDescentOptions,
  type DescentState,
} from './batch_gradient_descent';
export type { GradientsOf, ObjectiveOf } from './descent_line';
export { stepLengths } from './step_lengths';
