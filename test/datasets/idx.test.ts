import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { encodeIdx, parseIdx, readIdx } from '../../src/datasets/idx';
import { DataError } from '../../src/utils/errors';

const labels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]);
const image = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 9, 8, 7, 6]);

function refuses(bytes: Buffer, axes: number, message: RegExp): void {
  assert.throws(
    () => parseIdx(bytes, 'a.idx', axes),
    (error) => error instanceof DataError && message.test(error.message),
  );
}

describe('datasets/idx', () => {
  it('reads labels and images, compressed or not', () => {
    for (const pack of [(bytes: Buffer) => bytes, gzipSync]) {
      const one = parseIdx(pack(labels), 'a.idx', 1);
      assert.deepEqual([one.shape, [...one.data]], [[3], [7, 2, 1]]);
      const three = parseIdx(pack(image), 'a.idx', 3);
      assert.deepEqual(
        [three.shape, [...three.data]],
        [
          [1, 2, 2],
          [9, 8, 7, 6],
        ],
      );
    }
  });

  it('writes what it reads', () => {
    assert.deepEqual(encodeIdx(parseIdx(image, 'a.idx', 3)), image);
    assert.deepEqual(encodeIdx(parseIdx(labels, 'a.idx', 1)), labels);
  });

  it('refuses files of another kind', () => {
    refuses(labels, 3, /^a\.idx: expected magic number 2051, received 2049\.$/);
    refuses(image, 1, /expected magic number 2049, received 2051/);
    refuses(Buffer.from('<html>'), 1, /expected magic number 2049, received/);
    refuses(Buffer.alloc(0), 1, /received only 0 bytes/);
  });

  it('refuses files with bytes missing or too many', () => {
    refuses(labels.subarray(0, 10), 1, /expected 11 bytes for \[3\], received 10/);
    refuses(Buffer.concat([labels, labels]), 1, /expected 11 bytes for \[3\], received 22/);
    refuses(image.subarray(0, 9), 3, /received 9/);
  });

  it('refuses compressed files that are cut off or were changed', () => {
    const packed = gzipSync(image);
    refuses(packed.subarray(0, packed.length - 5), 3, /a\.idx: damaged gzip file/);
    const changed = Buffer.from(packed);
    changed[packed.length - 6] ^= 1;
    refuses(changed, 3, /damaged gzip file/);
  });

  it('names a file that is not there', () => {
    assert.throws(() => readIdx('/nowhere/a.idx', 1), /\/nowhere\/a\.idx: cannot be read/);
  });
});
