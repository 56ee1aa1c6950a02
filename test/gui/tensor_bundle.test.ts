import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { tf } from '../../src/engine';
import { tensorBundle } from '../../src/gui';
import type { MimeBundle } from '../../src/utils/display';
import { leaves } from '../support/expect';

function shown(make: () => tf.Tensor): MimeBundle {
  const tensor = make();
  const bundle = leaves(0, () => tensorBundle(tensor));
  tensor.dispose();
  return bundle;
}

function pixels(bundle: MimeBundle): PNG {
  return PNG.sync.read(Buffer.from(bundle['image/png'] as string, 'base64'));
}

describe('gui/tensor_bundle', () => {
  it('says shape, dtype, least, mean and largest value, and shows the numbers', () => {
    const text = shown(() =>
      tf.tensor2d([
        [1, 2.5],
        [-3, 4],
      ]),
    )['text/plain'];
    assert.equal(
      text,
      'Tensor float32 [2, 2], min -3, mean 1.125, max 4\n         1        2.5\n        -3          4',
    );
  });

  it('shows the first rows and columns only', () => {
    const text = shown(() => tf.zeros([100, 7], 'int32'))['text/plain'] as string;
    assert.equal(text.split('\n').length, 1 + 6 + 1);
    assert.match(text, /^Tensor int32 \[100, 7\]/);
    assert.match(text.split('\n')[1], /\.\.\.$/);
  });

  it('shows a matrix that looks like an image as one, black for 0 and white for 1', () => {
    const image = pixels(shown(() => tf.concat([tf.zeros([28, 14]), tf.ones([28, 14])], 1)));
    assert.deepEqual([image.width % 28, image.height % 28], [0, 0]);
    assert.deepEqual([image.data[0], image.data[(image.width - 1) * 4]], [0, 255]);
  });

  it('shows many images in a grid, in grey or in colour, at most a hundred', () => {
    const grey = pixels(shown(() => tf.ones([5, 28, 28])));
    assert.equal(grey.width / grey.height, (2 + 3 * 30) / (2 + 2 * 30));
    const colour = pixels(
      shown(() => tf.tile(tf.tensor4d([1, 0, 0], [1, 1, 1, 3]), [4, 16, 16, 1])),
    );
    const middle =
      (Math.floor(colour.height / 4) * colour.width + Math.floor(colour.width / 4)) * 4;
    assert.deepEqual([...colour.data.slice(middle, middle + 3)], [255, 0, 0]);
    assert.equal(pixels(shown(() => tf.ones([300, 8, 8, 1]))).width, (2 + 10 * 10) * 6);
  });

  it('shows negative values darker and positive ones lighter than mid-grey', () => {
    const image = pixels(shown(() => tf.concat([tf.fill([10, 5], -2), tf.zeros([10, 5])], 1)));
    assert.deepEqual([image.data[0], image.data[(image.width - 1) * 4]], [0, 127]);
  });

  it('shows no picture of NaN, of strings, of nothing, of what was disposed of', () => {
    assert.equal(shown(() => tf.fill([28, 28], NaN))['image/png'], undefined);
    assert.equal(shown(() => tf.tensor1d(['a']))['text/plain'], 'Tensor string [1]');
    assert.equal(shown(() => tf.zeros([0, 3]))['text/plain'], 'Tensor float32 [0, 3]');
    const gone = tf.scalar(1);
    gone.dispose();
    assert.equal(tensorBundle(gone)['text/plain'], 'Tensor float32 [], disposed of');
  });

  it('shows a scalar', () => {
    assert.match(shown(() => tf.scalar(2))['text/plain'] as string, /float32 \[\], min 2/);
  });
});
