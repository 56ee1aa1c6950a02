import assert from 'node:assert/strict';
import { histogramOf } from '../../src/plots';
import { coarser } from '../../src/plots/histogram';

describe('plots/histogram', () => {
  it('counts in bins of equal width, the highest number in the last', () => {
    assert.deepEqual(histogramOf([0, 0.9, 1, 1.5, 2, 4], 4), {
      low: 0,
      high: 4,
      counts: [2, 2, 1, 1],
    });
  });

  it('puts equal numbers in the middle', () => {
    assert.deepEqual(histogramOf([3, 3], 3), { low: 3, high: 3, counts: [0, 2, 0] });
  });

  it('leaves out what is not finite', () => {
    assert.deepEqual(histogramOf([NaN, -1, Infinity, 1], 2), { low: -1, high: 1, counts: [1, 1] });
    assert.deepEqual(histogramOf([NaN], 2), { low: 0, high: 0, counts: [0, 0] });
  });

  it('makes coarser ones of the same bin edges', () => {
    const fine = { low: 0, high: 5, counts: [1, 2, 3, 4, 5] };
    assert.deepEqual(coarser(fine, 2), { low: 0, high: 6, counts: [3, 7, 5] });
  });
});
