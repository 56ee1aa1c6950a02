import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { cachedSyntheticDigits, syntheticDigits } from '../../src/datasets/synthetic_digits';
import { OptionError } from '../../src/utils/options';
import { setEnvironment, temporaryFolder } from '../support/mnist';

/** Sums of rows and columns, weighted by the pixels. */
function centreOfMass(image: Uint8Array): [number, number] {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((ink, pixel) => {
    mass += ink;
    x += ink * (pixel % 28);
    y += ink * Math.floor(pixel / 28);
  });
  return [x / mass, y / mass];
}

/** Share of digits that lie nearest to the mean image of another class. */
function nearestMeanError(): number {
  const train = syntheticDigits({ n: 3000, seed: 1 });
  const test = syntheticDigits({ n: 1000, seed: 2 });
  const means = Array.from({ length: 10 }, () => new Float64Array(784));
  const counts = new Array<number>(10).fill(0);
  train.y.forEach((label, i) => {
    counts[label]++;
    for (let p = 0; p < 784; p++) means[label][p] += train.X[784 * i + p];
  });
  means.forEach((mean, label) => mean.forEach((sum, p) => (mean[p] = sum / counts[label])));
  const distance = (i: number, mean: Float64Array) =>
    mean.reduce((sum, value, p) => sum + (value - test.X[784 * i + p]) ** 2, 0);
  const wrong = test.y.filter((label, i) => {
    const distances = means.map((mean) => distance(i, mean));
    return distances.indexOf(Math.min(...distances)) !== label;
  });
  return wrong.length / test.y.length;
}

describe('datasets/synthetic_digits', () => {
  it('draws the same digits for the same seed, whatever their number', () => {
    const few = syntheticDigits({ n: 20, seed: [2014, 1] });
    const more = syntheticDigits({ n: 30, seed: [2014, 1] });
    assert.deepEqual(few.X, more.X.subarray(0, 20 * 784));
    assert.deepEqual(few.y, more.y.subarray(0, 20));
    const digest = createHash('sha256').update(few.X).update(few.y).digest('hex');
    assert.equal(digest, '0604fbc746ed6e92be271099084e4678e565136a3c46d1f197c88a9cdf881f72');
    assert.notDeepEqual(syntheticDigits({ n: 20, seed: [2014, 2] }).X, few.X);
  });

  it('draws white on black, as large as MNIST and in the middle', () => {
    const { X } = syntheticDigits({ n: 200 });
    for (let i = 0; i < 200; i++) {
      const image = X.subarray(784 * i, 784 * (i + 1));
      const [x, y] = centreOfMass(image);
      assert.ok(Math.abs(x - 13.5) < 1.5 && Math.abs(y - 13.5) < 1.5, `${i}: ${x} ${y}`);
      assert.ok(Math.max(...image) > 150 && image[0] === 0, `${i}`);
    }
  });

  it('draws all ten digits about equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (const label of syntheticDigits({ n: 1000 }).y) counts[label]++;
    assert.ok(Math.min(...counts) > 70 && Math.max(...counts) < 130, counts.join());
  });

  it('is no toy: comparing with mean images errs as it does on MNIST, where it is 18 %', () => {
    const error = nearestMeanError();
    assert.ok(error > 0.1 && error < 0.35, `${error}`);
  });

  it('keeps what it drew in the cache, whole, and draws again what was damaged', () => {
    const { folder, remove } = temporaryFolder();
    const restore = setEnvironment({ XDG_CACHE_HOME: folder });
    try {
      const drawn = cachedSyntheticDigits('test');
      assert.deepEqual([drawn.X.length, drawn.y.length], [7_840_000, 10_000]);
      const kept = join(folder, 'tslearn2', 'data', 'synthetic_digits_v1');
      assert.deepEqual(readdirSync(kept).sort(), [
        'test-images-idx3-ubyte',
        'test-labels-idx1-ubyte',
      ]);
      const images = join(kept, 'test-images-idx3-ubyte');
      assert.deepEqual(Buffer.from(cachedSyntheticDigits('test').X), Buffer.from(drawn.X));
      truncateSync(images, 1000);
      assert.deepEqual(Buffer.from(cachedSyntheticDigits('test').X), Buffer.from(drawn.X));
      assert.equal(statSync(images).size, 7_840_016);
    } finally {
      restore();
      remove();
    }
  });

  it('draws also where nothing can be kept', () => {
    const restore = setEnvironment({ XDG_CACHE_HOME: '/dev/null' });
    try {
      assert.equal(cachedSyntheticDigits('test').y.length, 10_000);
      assert.ok(!existsSync('/dev/null/tslearn2'));
    } finally {
      restore();
    }
  });

  it('refuses a number of digits that is none', () => {
    assert.throws(() => syntheticDigits({ n: -1 }), OptionError);
    assert.throws(() => syntheticDigits({ n: 1.5 }), OptionError);
  });
});
