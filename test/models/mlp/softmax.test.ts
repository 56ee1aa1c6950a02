import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import { MLP, Softmax, type SoftmaxOptions } from '../../../src/models/mlp';
import { type Axis, Conv2DSpace } from '../../../src/space';
import { expectClose, leaves } from '../../support/expect';

function build(options: Partial<SoftmaxOptions> = {}, nvis = 2): { mlp: MLP; layer: Softmax } {
  const layer = new Softmax({ nClasses: 3, layerName: 'y', irange: 0.1, ...options });
  return { mlp: new MLP({ layers: [layer], nvis }), layer };
}

describe('models/mlp/softmax', () => {
  it('costs ln 10 on ten classes when it knows nothing', () => {
    const { mlp } = build({ nClasses: 10, irange: 0 });
    const data = [
      tf.ones([4, 2]),
      tf.oneHot(tf.tensor1d([1, 2, 3, 4], 'int32'), 10).cast('float32'),
    ];
    expectClose(
      leaves(1, () => mlp.costFromX(data)),
      2.302585,
    );
  });

  it('has its parameters named and ordered as the original has', () => {
    const { layer } = build();
    assert.deepEqual(
      layer.getParams().map(({ name, shape }) => [name, shape]),
      [
        ['softmax_b', [3]],
        ['softmax_W', [2, 3]],
      ],
    );
  });

  it('keeps the cost finite where the probability of the class is zero in float32', () => {
    const { mlp, layer } = build({ noAffine: true, nClasses: 2 });
    assert.deepEqual(layer.getParams(), []);
    const data = [tf.tensor2d([[500, -500]]), tf.tensor2d([[0, 1]])];
    expectClose(mlp.costFromX(data), 1000);
  });

  it('takes the logarithm of probabilities that it did not make', () => {
    const { layer } = build();
    expectClose(
      layer.cost(tf.tensor2d([[0, 1, 0]]), tf.tensor2d([[0.25, 0.5, 0.25]])),
      Math.log(2),
    );
  });

  it('has the channels of the original, those of the targets only with targets', () => {
    const { mlp, layer } = build();
    const [x, y] = [
      tf.ones([2, 2]),
      tf.tensor2d([
        [1, 0, 0],
        [0, 0, 1],
      ]),
    ];
    const own = ['max_max_class', 'mean_max_class', 'min_max_class'];
    const norms = ['col', 'row'].flatMap((axis) =>
      ['max', 'mean', 'min'].map((s) => `${axis}_norms_${s}`),
    );
    const names = (targets?: tf.Tensor) =>
      tf
        .tidy(() =>
          Object.keys(
            layer.getLayerMonitoringChannels({ stateBelow: x, state: layer.fprop(x), targets }),
          ),
        )
        .sort();
    assert.deepEqual(names(), [...norms, ...own].sort());
    assert.deepEqual(names(y), [...norms, ...own, 'misclass', 'nll'].sort());
    const channels = tf.tidy(() => Object.keys(mlp.getMonitoringChannels([x, y])));
    assert.ok(channels.includes('y_misclass'));
  });

  it('counts as wrong an example whose most probable class is not the target, ties to the first', () => {
    const { mlp } = build({ irange: 0 });
    const y = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    const misclass = tf.tidy(
      () => mlp.getMonitoringChannels([tf.ones([4, 2]), y]).y_misclass.dataSync()[0],
    );
    expectClose(misclass, 0.5);
  });

  it('learns one class less when not redundant, whose input is zero', () => {
    const { mlp, layer } = build({ nonRedundant: true });
    assert.deepEqual(layer.W!.shape, [2, 2]);
    layer.W!.setValue([
      [0, 0],
      [0, 0],
    ]);
    layer.b!.setValue([Math.log(2), Math.log(5)]);
    expectClose(
      leaves(1, () => tf.tidy(() => mlp.fprop(tf.ones([1, 2])) as tf.Tensor)),
      [1 / 8, 2 / 8, 5 / 8],
    );
  });

  it('takes labels as targets when told how many there are', () => {
    const { mlp, layer } = build({ binaryTargetDim: 1, irange: 0 });
    layer.b!.setValue([Math.log(1), Math.log(2), Math.log(5)]);
    const data = [tf.ones([2, 2]), tf.tensor2d([[1], [2]], [2, 1], 'int32')];
    expectClose(mlp.costFromX(data), -(Math.log(2 / 8) + Math.log(5 / 8)) / 2);
    const channels = tf.tidy(() => mlp.getMonitoringChannels(data).y_misclass.dataSync()[0]);
    expectClose(channels, 0.5);
  });

  it('starts its biases at the logarithms of the class frequencies, less their mean', () => {
    const labels = tf.tensor2d([[0], [0], [1], [2]], [4, 1], 'int32');
    const { layer } = build({ initBiasTargetMarginals: { getTargets: () => labels } });
    const logs = [0.5, 0.25, 0.25].map(Math.log);
    const mean = logs.reduce((a, b) => a + b) / 3;
    expectClose(
      layer.b!,
      logs.map((log) => log - mean),
    );
    assert.equal((layer.getConfig() as SoftmaxOptions).initBiasTargetMarginals, null);
  });

  it('scales the learning rate of its parameters', () => {
    const { mlp, layer } = build({ wLrScale: 0.5 });
    assert.deepEqual([...mlp.getLrScalers()], [[layer.W, 0.5]]);
  });

  it('refuses targets of another number of classes', () => {
    const { mlp } = build();
    assert.throws(
      () => mlp.costFromX([tf.ones([1, 2]), tf.ones([1, 4])]),
      /Softmax `y` targets: expected a batch of shape \[\*, 3\], received \[1, 4\]/,
    );
  });

  it('shows its weights as images when its inputs are images, in any axes', () => {
    for (const axes of [undefined, ['b', 'c', 0, 1]] as (Axis[] | undefined)[]) {
      const layer = new Softmax({ nClasses: 3, layerName: 'y', irange: 1 });
      const inputSpace = new Conv2DSpace({ shape: [2, 3], channels: 2, axes });
      const topo = new MLP({ layers: [layer], inputSpace }).getWeightsTopo();
      assert.deepEqual(topo.shape, [3, 2, 3, 2]);
      // Row 1, column 2, channel 0 is input 10 of 12.
      const images = topo.toArray() as number[][][][];
      assert.equal(images[1][1][2][0], layer.W!.arraySync()[10][1]);
    }
  });
});
