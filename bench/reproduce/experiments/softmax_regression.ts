/** @file Softmax regression by batch gradient descent: Pylearn2's first tutorial. */
import { type Experiment, near, percent } from '../experiment';

// The line search makes much of rounding: another order of the examples inside a batch moves the
// error by a tenth of a percent.
const ROUNDING = 0.0015;

export const softmaxRegression: Experiment = {
  name: 'softmax_regression',
  stages: [
    {
      name: 'softmax regression',
      yaml: 'softmax_regression.yaml',
      quantities: [
        {
          name: 'test error',
          show: percent,
          points: [near('test_y_misclass', 'best', 0.0759, ROUNDING)],
        },
        {
          name: 'valid error',
          show: percent,
          points: [near('valid_y_misclass', 'best', 0.0707, ROUNDING)],
        },
      ],
    },
  ],
};
