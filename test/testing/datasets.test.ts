import assert from 'node:assert/strict';
import type { DenseDesignMatrix } from '../../src/datasets';
import { RandomState } from '../../src/utils/rng';
import { expectClose } from '../support/expect';
import { load } from '../support/yaml';

const make = (name: string, options: string) =>
  load<DenseDesignMatrix>(
    `!obj:pylearn2.testing.datasets.${name} { rng: !obj:numpy.random.RandomState { seed: 1 },
       num_examples: 5, ${options} }`,
  );

describe('testing/datasets', () => {
  it('draws features, then labels', () => {
    const { X, y } = make('random_dense_design_matrix', 'dim: 2, num_classes: 3');
    const rng = new RandomState(1);
    expectClose(X, rng.randn(5, 2));
    assert.deepEqual(y!.shape, [5, 1]);
    expectClose(y!, rng.randint(0, 3, 5));
    assert.equal(make('random_dense_design_matrix', 'dim: 2, num_classes: 0').y, null);
  });

  it('draws one-hot targets', () => {
    const { X, y } = make('random_one_hot_dense_design_matrix', 'dim: 2, num_classes: 3');
    const rng = new RandomState(1);
    expectClose(X, rng.randn(5, 2));
    assert.deepEqual(y!.shape, [5, 3]);
    expectClose(y!.argMax(1), rng.randint(0, 3, 5));
    expectClose(y!.sum(1), [1, 1, 1, 1, 1]);
  });

  it('draws images in the order of their axes', () => {
    const dataset = make(
      'random_one_hot_topological_dense_design_matrix',
      "shape: [2, 3], channels: 2, axes: ['c', 0, 1, 'b'], num_classes: 4",
    );
    const rng = new RandomState(1);
    const drawn = rng.randn(2, 2, 3, 5);
    // Channel 1, row 0, column 2, example 3; rows of X go by channel, row, column.
    expectClose(dataset.X.slice([3, 6 + 2], [1, 1]), [drawn[1 * 30 + 0 * 15 + 2 * 5 + 3]]);
    expectClose(dataset.y!.argMax(1), rng.randint(0, 4, 5));
  });

  it('draws whole numbers as targets of regression', () => {
    const { X, y } = make(
      'random_dense_design_matrix_for_regression',
      'dim: 2, reg_min: 10, reg_max: 20',
    );
    const rng = new RandomState(1);
    expectClose(X, rng.randn(5, 2));
    assert.deepEqual([y!.shape, y!.dtype], [[5, 1], 'float32']);
    expectClose(y!, rng.randint(10, 20, 5));
  });
});
