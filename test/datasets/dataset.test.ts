import assert from 'node:assert/strict';
import {
  Dataset,
  type DatasetIterator,
  FiniteDatasetIterator,
  type IteratorOptions,
} from '../../src/datasets';
import { tf } from '../../src/engine';
import { VectorSpace } from '../../src/space';
import { makeSubsetIterator } from '../../src/utils/iteration';
import { expectClose, leaves } from '../support/expect';

/** What a user writes: the numbers 0, 1, 2, ... */
class Count extends Dataset {
  private readonly data: tf.Tensor2D;

  constructor(private readonly examples: number) {
    super();
    this.data = tf.range(0, examples).expandDims(1);
  }

  override getNumExamples(): number {
    return this.examples;
  }

  override iterator({ mode, batchSize, numBatches, rng }: IteratorOptions): DatasetIterator {
    const sizes = { datasetSize: this.examples, batchSize, numBatches, rng };
    const source = { data: this.data, format: (rows: tf.Tensor) => rows };
    return new FiniteDatasetIterator(makeSubsetIterator(mode, sizes), [source]);
  }
}

describe('datasets/dataset', () => {
  it('a dataset of one’s own needs an iterator and a number of examples only', () => {
    const data = new Count(5);
    const dataSpecs = { spaces: [new VectorSpace({ dim: 1 })], sources: ['features'] };
    const iterator = data.iterator({ mode: 'sequential', batchSize: 2, dataSpecs });
    const sums = [...iterator].map(([x]) => x.sum().dataSync()[0]);
    assert.deepEqual(sums, [1, 5, 4]);
    assert.deepEqual([data.hasTargets(), data.toString()], [false, 'Count(5 examples)']);
    data.dispose();
  });

  it('shows examples as they are, and its notice, unless it knows better', () => {
    const data = new Count(3);
    const shown = leaves(2, () => data.adjustForViewer(tf.tensor1d([3, -4])));
    expectClose(shown, [3, -4]);
    assert.equal(data.describe(), 'Count(3 examples)');
    data.notice = 'Made up.';
    assert.equal(data.describe(), 'Count(3 examples)\nMade up.');
  });
});
