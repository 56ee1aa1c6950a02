import assert from 'node:assert/strict';
import {
  areInOrder,
  DefaultViewConverter,
  DenseDesignMatrix,
  type IterationMode,
} from '../../src/datasets';
import { tf } from '../../src/engine';
import { Conv2DSpace, type FlatDataSpecs, IndexSpace, VectorSpace } from '../../src/space';
import { NdArray } from '../../src/utils/nd_array';
import { expectClose, leaves } from '../support/expect';

const EXAMPLES = 7;
const features = (from: number) =>
  new NdArray(
    Float32Array.from({ length: 4 * EXAMPLES }, (_, i) => from + i),
    [EXAMPLES, 4],
  );

function images(): DenseDesignMatrix {
  return new DenseDesignMatrix({
    X: features(0),
    y: new NdArray(Int32Array.from({ length: EXAMPLES }, (_, i) => i % 3), [EXAMPLES, 1]), // prettier-ignore
    yLabels: 3,
    viewConverter: new DefaultViewConverter({ shape: [2, 2, 1] }),
  });
}

const dataSpecs: FlatDataSpecs = {
  spaces: [new Conv2DSpace({ shape: [2, 2], numChannels: 1 }), new VectorSpace({ dim: 3 })],
  sources: ['features', 'targets'],
};

describe('datasets: batches by number', () => {
  const modes: IterationMode[] = [
    'sequential',
    'shuffled_sequential',
    'even_shuffled_sequential',
    'random_slice',
    'random_uniform',
    'batchwise_shuffled_sequential',
  ];
  for (const mode of modes) {
    it(`are those of the iterator: ${mode}`, () => {
      const dataset = images();
      const drawn = mode !== 'sequential';
      const options = { mode, batchSize: 3, numBatches: 2, rng: drawn ? [1, 2] : null, dataSpecs };
      const [plain, { indexed }] = [dataset.iterator(options), dataset.iterator(options)];
      let batches = 0;
      for (const batch of plain) {
        const numbers = tf.tensor1d(indexed!.next()!, 'int32');
        const taken = leaves(2, () => tf.tidy(() => indexed!.take(numbers)));
        batch.forEach((part, i) => {
          assert.deepEqual(taken[i].shape, part.shape);
          expectClose(taken[i], part, 0);
        });
        batches += 1;
      }
      assert.equal(batches, 2);
      assert.equal(indexed!.next(), undefined);
    });
  }

  it('are the same where examples side by side are taken from the first one on', () => {
    const { indexed } = images().iterator({ mode: 'sequential', batchSize: 3, dataSpecs });
    const rows = [indexed!.next()!, indexed!.next()!];
    assert.ok(areInOrder(rows));
    assert.ok(!areInOrder([Int32Array.of(0, 2)]));
    for (const row of rows) {
      tf.tidy(() => {
        const expected = indexed!.take(tf.tensor1d(row, 'int32'));
        const taken = indexed!.take.inOrder!(tf.scalar(row[0], 'int32'), row.length);
        taken.forEach((part, i) => expectClose(part, expected[i], 0));
      });
    }
  });

  it('are taken by the same function until the data or the layout of images change', () => {
    const dataset = images();
    const take = (specs = dataSpecs) =>
      dataset.iterator({ mode: 'sequential', batchSize: 3, dataSpecs: specs }).indexed!.take;
    const first = take();
    assert.equal(take(), first);
    const labels = { spaces: [new IndexSpace({ dim: 1, maxLabels: 3 })], sources: ['targets'] };
    assert.notEqual(take(labels), first);
    assert.equal(take(), first);
    dataset.setViewConverterAxes(['c', 0, 1, 'b']);
    const second = take();
    assert.notEqual(second, first);
    dataset.setDesignMatrix(features(100));
    assert.notEqual(take(), second);
  });

  it('are not there where somebody gives batches of his own', () => {
    const iterator = images().iterator({ mode: 'sequential', batchSize: 3 });
    assert.ok(iterator.indexed);
    iterator.next = () => ({ done: true, value: undefined });
    assert.equal(iterator.indexed, undefined);
  });
});
