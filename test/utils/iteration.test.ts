import assert from 'node:assert/strict';
import {
  hasUniformBatchSize,
  type IterationMode,
  isStochastic,
  makeSubsetIterator,
  type Subset,
  type SubsetOptions,
  subsetSize,
} from '../../src/utils/iteration';
import { OptionError } from '../../src/utils/options';
import { RandomState } from '../../src/utils/rng';

/** Slices as [start, stop], gathered examples as { of }. */
function list(subset: Subset): number[] | { of: number[] } {
  return subset instanceof Int32Array ? { of: [...subset] } : [subset.start, subset.stop];
}

function run(mode: IterationMode, options: SubsetOptions) {
  const iterator = makeSubsetIterator(mode, options);
  const { batchSize, numBatches, numExamples, uneven } = iterator;
  return { sizes: [batchSize, numBatches, numExamples], uneven, subsets: [...iterator].map(list) };
}

function refuses(mode: IterationMode, options: SubsetOptions, message: RegExp): void {
  assert.throws(
    () => makeSubsetIterator(mode, options),
    (error) => error instanceof OptionError && message.test(error.message),
  );
}

describe('utils/iteration: sequential', () => {
  it('of a batch size alone makes as many batches as hold all, the last one short', () => {
    const { sizes, uneven, subsets } = run('sequential', { datasetSize: 10, batchSize: 4 });
    assert.deepEqual(subsets, [
      [0, 4],
      [4, 8],
      [8, 10],
    ]);
    assert.deepEqual([sizes, uneven], [[4, 3, 10], true]);
  });

  it('of a number of batches alone rounds their size up, and stops when all were given', () => {
    const four = run('sequential', { datasetSize: 10, numBatches: 4 });
    assert.deepEqual(four.subsets, [
      [0, 3],
      [3, 6],
      [6, 9],
      [9, 10],
    ]);
    assert.deepEqual(four.sizes, [3, 4, 10]);
    const six = run('sequential', { datasetSize: 10, numBatches: 6 });
    assert.deepEqual([six.sizes, six.subsets.length], [[2, 6, 10], 5]);
  });

  it('of both stops early', () => {
    const { sizes, uneven, subsets } = run('sequential', {
      datasetSize: 10,
      batchSize: 4,
      numBatches: 2,
    });
    assert.deepEqual(subsets, [
      [0, 4],
      [4, 8],
    ]);
    assert.deepEqual([sizes, uneven], [[4, 2, 8], false]);
  });

  it('refuses no size, more batches than there are, sizes that are none, a generator', () => {
    refuses('sequential', { datasetSize: 10 }, /sequential: option `batchSize`: this or `numBatc/);
    const many = { datasetSize: 10, batchSize: 4, numBatches: 4 };
    refuses(
      'sequential',
      many,
      /`numBatches`: 10 examples make 3 batches of 4, 4 were asked for\./,
    );
    refuses('sequential', { datasetSize: 10, batchSize: 2.5 }, /`batchSize`: .* received 2\.5/);
    refuses('sequential', { datasetSize: 10, numBatches: 0 }, /`numBatches`: .* received 0/);
    refuses('sequential', { datasetSize: 9, batchSize: 3, rng: 1 }, /`rng`: nothing is drawn/);
  });
});

describe('utils/iteration: shuffled orders', () => {
  it('shuffled_sequential shuffles once for each epoch, as Pylearn2 did', () => {
    const rng = new RandomState([2012, 10, 5]);
    const options = { datasetSize: 10, batchSize: 4, rng };
    assert.deepEqual(run('shuffled_sequential', options).subsets, [
      { of: [4, 7, 0, 9] },
      { of: [2, 6, 3, 8] },
      { of: [1, 5] },
    ]);
    const second = run('shuffled_sequential', options);
    assert.deepEqual(second.subsets[0], { of: [0, 2, 9, 7] });
    assert.deepEqual([second.sizes, second.uneven], [[4, 3, 10], true]);
    const other = run('shuffled_sequential', { ...options, rng: [2012, 10, 16], batchSize: 10 });
    assert.deepEqual(other.subsets, [{ of: [4, 0, 5, 7, 6, 1, 9, 3, 2, 8] }]);
  });

  it('takes the seed 42 when it is given none', () => {
    // numpy.random.RandomState(42).shuffle(arange(10))
    const { subsets } = run('shuffled_sequential', { datasetSize: 10, batchSize: 10 });
    assert.deepEqual(subsets, [{ of: [8, 1, 5, 0, 7, 2, 9, 4, 3, 6] }]);
  });

  it('batchwise_shuffled_sequential shuffles whole batches', () => {
    // RandomState([2012, 10, 5]) puts the ten batches of one in its first order.
    const options = { datasetSize: 19, batchSize: 2, rng: [2012, 10, 5] };
    const { sizes, uneven, subsets } = run('batchwise_shuffled_sequential', options);
    const order = [4, 7, 0, 9, 2, 6, 3, 8, 1, 5];
    assert.deepEqual(
      subsets,
      order.map((batch) => [2 * batch, Math.min(2 * batch + 2, 19)]),
    );
    assert.deepEqual([sizes, uneven], [[2, 10, 19], true]);
  });

  it('batchwise_shuffled_sequential leaves out batches without examples', () => {
    const { subsets } = run('batchwise_shuffled_sequential', { datasetSize: 10, numBatches: 6 });
    const sorted = (subsets as number[][]).sort((a, b) => a[0] - b[0]);
    assert.deepEqual(sorted, [
      [0, 2],
      [2, 4],
      [4, 6],
      [6, 8],
      [8, 10],
    ]);
  });
});

describe('utils/iteration: random orders', () => {
  it('random_uniform draws with replacement', () => {
    // numpy.random.RandomState(42).randint(10, size=12)
    const options = { datasetSize: 10, batchSize: 4, numBatches: 3, rng: 42 };
    const { sizes, uneven, subsets } = run('random_uniform', options);
    assert.deepEqual(subsets, [{ of: [6, 3, 7, 4] }, { of: [6, 9, 2, 6] }, { of: [7, 4, 3, 7] }]);
    assert.deepEqual([sizes, uneven], [[4, 3, 12], false]);
  });

  it('random_slice draws the starts', () => {
    // The same stream: starts from 0 to 9.
    const options = { datasetSize: 12, batchSize: 3, numBatches: 4, rng: 42 };
    const { sizes, subsets } = run('random_slice', options);
    assert.deepEqual(subsets, [
      [6, 9],
      [3, 6],
      [7, 10],
      [4, 7],
    ]);
    assert.deepEqual(sizes, [3, 4, 12]);
  });

  it('both need both sizes, and a slice must fit', () => {
    for (const mode of ['random_uniform', 'random_slice'] as const) {
      refuses(mode, { datasetSize: 5, numBatches: 2 }, /`batchSize`: this mode needs it/);
      refuses(mode, { datasetSize: 5, batchSize: 2 }, /`numBatches`: this mode needs it/);
    }
    const large = { datasetSize: 5, batchSize: 6, numBatches: 1 };
    refuses('random_slice', large, /5 examples hold no slice of 6/);
  });
});

describe('utils/iteration: even orders', () => {
  it('even_sequential drops what is left over', () => {
    const { sizes, uneven, subsets } = run('even_sequential', { datasetSize: 10, batchSize: 4 });
    assert.deepEqual(subsets, [
      [0, 4],
      [4, 8],
    ]);
    assert.deepEqual([sizes, uneven], [[4, 2, 8], false]);
  });

  it('of a number of batches alone rounds their size down', () => {
    const { sizes, subsets } = run('even_sequential', { datasetSize: 10, numBatches: 4 });
    assert.deepEqual(subsets, [
      [0, 2],
      [2, 4],
      [4, 6],
      [6, 8],
    ]);
    assert.deepEqual(sizes, [2, 4, 8]);
  });

  it('even_shuffled_sequential drops from the end of the permutation', () => {
    const options = { datasetSize: 10, batchSize: 4, rng: [2012, 10, 5] };
    const { subsets } = run('even_shuffled_sequential', options);
    assert.deepEqual(subsets, [{ of: [4, 7, 0, 9] }, { of: [2, 6, 3, 8] }]);
  });

  it('even_batchwise_shuffled_sequential shuffles the whole batches only', () => {
    const options = { datasetSize: 21, batchSize: 2, rng: [2012, 10, 5] };
    const { subsets, sizes } = run('even_batchwise_shuffled_sequential', options);
    assert.deepEqual(subsets.slice(0, 3), [
      [8, 10],
      [14, 16],
      [0, 2],
    ]);
    assert.deepEqual(sizes, [2, 10, 20]);
  });

  it('refuse what leaves no whole batch', () => {
    refuses('even_sequential', { datasetSize: 3, batchSize: 4 }, /3 examples make 0 whole batches/);
    refuses('even_sequential', { datasetSize: 3, numBatches: 4 }, /`numBatches`: 3 examples/);
    const many = { datasetSize: 10, batchSize: 4, numBatches: 3 };
    refuses('even_sequential', many, /10 examples make 2 whole batches of 4/);
    refuses('even_shuffled_sequential', { datasetSize: 3 }, /this or `numBatches` is needed/);
  });

  it('even_sequences makes batches of sequences of one length, each sequence once', () => {
    const lengths = [3, 5, 3, 3, 5, 3, 7];
    const iterator = makeSubsetIterator('even_sequences', {
      datasetSize: 7,
      batchSize: 3,
      lengths,
    });
    assert.deepEqual([iterator.numBatches, iterator.numExamples], [4, 7]);
    const batches = [...iterator].map((subset) => [...(subset as Int32Array)]);
    for (const batch of batches) assert.equal(new Set(batch.map((i) => lengths[i])).size, 1);
    assert.deepEqual(batches.flat().sort(), [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(batches.map((batch) => batch.length).sort(), [1, 1, 2, 3]);
    const first = makeSubsetIterator('even_sequences', { datasetSize: 7, batchSize: 3, lengths });
    assert.deepEqual(
      [...first].map((subset) => [...(subset as Int32Array)]),
      batches,
    );
    refuses('even_sequences', { datasetSize: 7, lengths }, /`batchSize`: this mode needs it/);
    const counted = { datasetSize: 7, batchSize: 3, numBatches: 2, lengths };
    refuses('even_sequences', counted, /it follows from the lengths/);
  });
});

describe('utils/iteration: names', () => {
  it('an unknown mode is refused with the nearest one', () => {
    refuses(
      'shuffled_sequental' as IterationMode,
      { datasetSize: 3, batchSize: 1 },
      /option `mode`: expected an iteration mode such as `shuffled_sequential`, received "shuf/,
    );
  });

  it('says which modes draw and which give batches of one size', () => {
    assert.deepEqual(
      (['sequential', 'even_sequential', 'random_slice', 'even_sequences'] as const).map((mode) => [
        isStochastic(mode),
        hasUniformBatchSize(mode),
      ]),
      [
        [false, false],
        [false, true],
        [true, true],
        [true, false],
      ],
    );
  });

  it('counts the examples of a subset', () => {
    assert.deepEqual([subsetSize({ start: 3, stop: 7 }), subsetSize(new Int32Array(2))], [4, 2]);
  });
});
