import assert from 'node:assert/strict';
import type { NdArray } from '../../src/utils/nd_array';
import { RandomState } from '../../src/utils/rng';
import { load } from '../support/yaml';

describe('numpy/random', () => {
  it('makes generators of their own, as NumPy seeds them', () => {
    const rng = load<RandomState>('!obj:numpy.random.RandomState { seed: [2013, 3, 16] }');
    assert.deepEqual(rng.randomSample(3), new RandomState([2013, 3, 16]).randomSample(3));
    assert.ok(load('!obj:numpy.random.RandomState {}') instanceof RandomState);
  });

  it('draws arrays of the size asked for', () => {
    const normal = load<NdArray>("!obj:numpy.random.normal { 'size': [500, 4], loc: 3. }");
    assert.deepEqual(normal.shape, [500, 4]);
    const mean = Array.from(normal.data as Float64Array).reduce((sum, x) => sum + x) / 2000;
    assert.ok(Math.abs(mean - 3) < 0.1);
    const uniform = load<NdArray>('!obj:numpy.random.uniform { low: 2, high: 3, size: 50 }');
    assert.deepEqual(uniform.shape, [50]);
    assert.ok(Array.from(uniform.data as Float64Array).every((x) => x >= 2 && x < 3));
    const integers = load<NdArray>('!obj:numpy.random.randint { low: 2, size: [40] }');
    assert.deepEqual(new Set(integers.data as Int32Array), new Set([0, 1]));
  });

  it('goes on in one stream', () => {
    const draw = () => load<NdArray>('!obj:numpy.random.normal { size: 3 }').data;
    assert.notDeepEqual(draw(), draw());
  });
});
