/** @file Every experiment, in the order in which they are run. */
import type { Experiment } from '../experiment';
import { convolutionalNetwork } from './convolutional_network';
import { mlp } from './mlp';
import { softmaxRegression } from './softmax_regression';
import { stackedAutoencoders, stackedAutoencodersAsLogged } from './stacked_autoencoders';

export const experiments: readonly Experiment[] = [
  softmaxRegression,
  stackedAutoencodersAsLogged,
  stackedAutoencoders,
  mlp,
  convolutionalNetwork,
];
