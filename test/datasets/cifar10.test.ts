import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { CIFAR10, type CIFAR10Options } from '../../src/datasets/cifar10';
import type { tf } from '../../src/engine';
import { NdArray } from '../../src/utils/nd_array';
import { save } from '../../src/utils/serial';
import { expectClose, leaves } from '../support/expect';
import { setEnvironment } from '../support/mnist';
import { temporaryFolder } from '../support/temporary';
import { load } from '../support/yaml';

/** Each file holds one example: pixels all `level` but the first, which is 255. */
function part(level: number, label: number) {
  const data = new Uint8Array(3072).fill(level);
  data[0] = 255;
  return { data: new NdArray(data, [1, 3072]), labels: [label] };
}

describe('datasets/cifar10', () => {
  const place = temporaryFolder();
  let restore = () => {};

  before(() => {
    restore = setEnvironment({ PYLEARN2_DATA_PATH: place('.') });
    const folder = place('cifar10/cifar-10-batches-py');
    mkdirSync(folder, { recursive: true });
    for (const i of [1, 2, 3, 4, 5]) save(`${folder}/data_batch_${i}`, part(10 * i, i));
    save(`${folder}/test_batch`, part(130, 9));
  });
  after(() => restore());

  const train = (options: Partial<CIFAR10Options> = {}) =>
    leaves(2, () => new CIFAR10({ whichSet: 'train', ...options }));
  /** The first pixel and another of the first example. */
  const pixels = ({ X }: CIFAR10) => [...X.slice([0, 0], [1, 2]).dataSync()];

  it('joins the training files, colour by colour', () => {
    const dataset = train();
    assert.deepEqual(dataset.X.shape, [5, 3072]);
    expectClose(dataset.y!, [1, 2, 3, 4, 5]);
    assert.deepEqual(pixels(dataset), [255, 10]);
    const images = dataset.getTopologicalView() as tf.Tensor4D;
    assert.deepEqual([...images.slice([0, 0, 0, 0], [1, 1, 1, 3]).dataSync()], [255, 10, 10]);
    assert.deepEqual([...new CIFAR10({ whichSet: 'test' }).y!.dataSync()], [9]);
  });

  it('chooses examples, in any axes', () => {
    const dataset = train({ start: 1, stop: 3, axes: ['c', 0, 1, 'b'] });
    expectClose(dataset.y!, [2, 3]);
    assert.deepEqual(dataset.getTopologicalView().shape, [3, 32, 32, 2]);
  });

  it('changes pixels as told', () => {
    expectClose(pixels(train({ center: true })), [127.5, -117.5]);
    expectClose(pixels(train({ center: true, rescale: true })), [1, -117.5 / 127.5]);
    expectClose(pixels(train({ torontoPrepro: true })), [0, (10 - 30) / 255]);
    const test = new CIFAR10({ whichSet: 'test', torontoPrepro: true });
    expectClose(pixels(test), [0, (130 - 30) / 255]);
    const { X } = train({ gcn: 55 });
    expectClose(X.square().sum(1).sqrt(), [55, 55, 55, 55, 55], 1e-4);
    expectClose(X.mean(1), [0, 0, 0, 0, 0], 1e-4);
  });

  it('shows pixels from -1 to 1 whatever was done to them', () => {
    for (const options of [
      {},
      { center: true },
      { rescale: true },
      { center: true, rescale: true },
    ]) {
      const dataset = train(options);
      const shown = dataset.adjustForViewer(dataset.X) as tf.Tensor2D;
      expectClose(shown.slice([0, 0], [1, 2]), [1, -117.5 / 127.5]);
    }
  });

  it('says what is missing, and what does not go together', () => {
    const refuses = (options: Partial<CIFAR10Options>, problem: RegExp) =>
      assert.throws(() => new CIFAR10({ whichSet: 'train', ...options }), problem);
    refuses({ torontoPrepro: true, center: true }, /expected toronto_prepro alone/);
    refuses({ stop: 3 }, /expected start before stop, received null and 3/);
    const back = setEnvironment({ PYLEARN2_DATA_PATH: place('cifar10') });
    try {
      refuses({}, /`.*cifar10` has no `cifar10`/);
    } finally {
      back();
    }
    assert.ok(
      load("!obj:pylearn2.datasets.cifar10.CIFAR10 { which_set: 'test' }") instanceof CIFAR10,
    );
  });
});
