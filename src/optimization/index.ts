/** @file Optimisers. Mirrors pylearn2/optimization. */
export * as batch_gradient_descent from './batch_gradient_descent';
