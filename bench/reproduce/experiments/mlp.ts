/** @file Two rectified linear layers by SGD with momentum: part 3 of the tutorial on perceptrons. */
import { decimals, type Experiment, near, percent } from '../experiment';

// Of 10,000 test digits so many go another way once rounding has made another run of it.
const OTHER_RUN = 0.002;

export const mlp: Experiment = {
  name: 'mlp',
  stages: [
    {
      name: 'mlp, part 3',
      yaml: 'mlp.yaml',
      epochs: 3,
      quantities: [
        {
          name: 'train objective',
          show: decimals(5),
          points: [0.26473, 0.19255, 0.1619].map((published, i) =>
            near('train_objective', i + 1, published, 5e-4),
          ),
        },
        {
          name: 'test error',
          show: percent,
          points: [near('test_y_misclass', 'best', 0.0175, OTHER_RUN)],
        },
      ],
    },
  ],
};
