import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { DenseDesignMatrix } from '../../src/datasets';
import { NpyDataset, NpzDataset } from '../../src/datasets/npy_npz';
import { expectClose } from '../support/expect';
import { temporaryFolder } from '../support/temporary';
import { roundTrip } from '../support/yaml';

/** A .npy file, format version 1. */
function npy(numbers: number[], shape: number[]): Uint8Array {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const padded = header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11) + '\n';
  const start = Buffer.from(`\x93NUMPY\x01\x00`, 'latin1');
  const length = Buffer.from([padded.length & 255, padded.length >> 8]);
  const data = Buffer.from(Float64Array.from(numbers).buffer);
  return Buffer.concat([start, length, Buffer.from(padded), data]);
}

describe('datasets/npy_npz', () => {
  const place = temporaryFolder();

  before(() => {
    const X = npy([1, 2, 3, 4, 5, 6], [3, 2]);
    writeFileSync(place('X.npy'), X);
    writeFileSync(place('images.npy'), npy([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2, 1]));
    writeFileSync(place('all.npz'), zipSync({ 'X.npy': X, 'G.npy': npy([7, 8, 9], [3, 1]) }));
  });

  it('reads features from a .npy file', () => {
    const { loaded, copy } = roundTrip<DenseDesignMatrix>(
      `!obj:pylearn2.datasets.npy_npz.NpyDataset { file: '${place('X.npy')}' }`,
    );
    assert.deepEqual([loaded.X.shape, loaded.y], [[3, 2], null]);
    expectClose(copy.X, [1, 2, 3, 4, 5, 6]);
  });

  it('takes more axes for images', () => {
    const dataset = new NpyDataset({ file: place('images.npy') });
    assert.deepEqual(dataset.viewConverter!.shape, [2, 2, 1]);
  });

  it('reads features and targets from a .npz file by their names', () => {
    const { copy } = roundTrip<DenseDesignMatrix>(
      `!obj:pylearn2.datasets.npy_npz.NpzDataset {
         file: '${place('all.npz')}', key: "X", target_key: "G" }`,
    );
    expectClose(copy.X, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(copy.y!.arraySync(), [[7], [8], [9]]);
    assert.equal(new NpzDataset({ file: place('all.npz'), key: 'G' }).y, null);
  });

  it('says what a file does not have', () => {
    const file = place('all.npz');
    assert.throws(() => new NpzDataset({ file, key: 'Y' }), /all\.npz` has no array `Y`\. Did you/);
    assert.throws(() => new NpyDataset({ file }), /expected `.*all\.npz` to be an array/);
    assert.throws(() => new NpyDataset({ file: place('Y.npy') }), /Did you mean `X\.npy`/);
  });
});
