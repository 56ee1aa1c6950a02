import assert from 'node:assert/strict';
import { tf } from '../../../src/engine';
import { CrossChannelNormalization } from '../../../src/expr/normalize';
import { MaxoutConvC01B, type MaxoutConvC01BOptions } from '../../../src/models/maxout';
import { MLP } from '../../../src/models/mlp';
import { type Axis, Conv2DSpace } from '../../../src/space';
import { NdArray } from '../../../src/utils/nd_array';
import { RandomState } from '../../../src/utils/rng';
import { expectClose, leaves } from '../../support/expect';
import { load } from '../../support/yaml';

const images = (rows: number, columns: number, numChannels = 1, axes?: Axis[]) =>
  new Conv2DSpace({ shape: [rows, columns], numChannels, axes });

function build(options: Partial<MaxoutConvC01BOptions> = {}, inputSpace = images(1, 3)) {
  const layer = new MaxoutConvC01B({
    layerName: 'h',
    numChannels: 1,
    numPieces: 2,
    kernelShape: [1, 2],
    poolShape: [1, 1],
    poolStride: [1, 1],
    irange: 0,
    ...options,
  });
  return { mlp: new MLP({ layers: [layer], inputSpace }), layer };
}

/** The output for one image of one row, by two kernels [1, 2] and [-1, 0]. */
function outputs(row: number[], options: Partial<MaxoutConvC01BOptions> = {}): tf.Tensor {
  const { mlp, layer } = build(options, images(1, row.length));
  layer.setWeights(new NdArray(Float32Array.of(1, -1, 2, 0), [1, 1, 2, 2]));
  const x = tf.tensor4d(row, [1, 1, row.length, 1]);
  return leaves(1, () => mlp.fprop(x) as tf.Tensor);
}

describe('models/maxout/maxout_conv_c01b', () => {
  it('gives the largest of the pieces, by kernels that are not flipped', () => {
    // By the first kernel 5, -3 and 2; by the second -1, -2 and 2.5.
    expectClose(outputs([1, 2, -2.5, 2.25]), [5, -2, 2.5]);
  });

  it('gives the largest of each pool, also of those that reach over the border', () => {
    const pools = { poolShape: [1, 2], poolStride: [1, 2] };
    expectClose(outputs([1, 2, -2.5, 2.25], pools), [5, 2.5]);
  });

  it('takes 0 into the maximum, puts zeros around images, and strides, when told so', () => {
    expectClose(outputs([1, 2, -2.5, 2.25], { minZero: true }), [5, 0, 2.5]);
    // Padded: 0 1 2 0, with a row of zeros above and below: rows give 0 0 0, 2 5 2, 0 0 0.
    const padded = outputs([1, 2], { pad: 1 });
    assert.deepEqual(padded.shape, [1, 3, 3, 1]);
    expectClose(padded, [0, 0, 0, 2, 5, 2, 0, 0, 0]);
    // From places 0 and 2; at the second the kernel reaches over the border: -2.5 and 2.5.
    expectClose(outputs([1, 2, -2.5], { kernelStride: [1, 2] }), [5, 2.5]);
  });

  it('takes pieces from neighbouring kernels and reports channels first, examples last', () => {
    const { mlp, layer } = build(
      { numChannels: 2, kernelShape: [1, 1], tiedB: true },
      images(1, 1),
    );
    layer.setBiases(new NdArray(Float32Array.of(1, 2, 4, 3)));
    const y = mlp.fprop(tf.zeros([3, 1, 1, 1])) as tf.Tensor;
    assert.deepEqual(y.shape, [2, 1, 1, 3]);
    expectClose(y, [2, 2, 2, 4, 4, 4]);
    assert.match(mlp.getOutputSpace().toString(), /num_channels=2, axes=\('c', 0, 1, 'b'\)/);
  });

  it('draws kernels [inputs, rows, columns, kernels] and has a bias for each place', () => {
    const { mlp, layer } = build({ numChannels: 3, irange: 0.5, initBias: 2 }, images(2, 3, 2));
    assert.deepEqual(
      mlp.getParams().map(({ name, shape }) => [name, shape]),
      [
        ['h_W', [2, 1, 2, 6]],
        ['h_b', [6, 2, 2]],
      ],
    );
    expectClose(layer.W!, new RandomState([2013, 1, 4]).uniform(-0.5, 0.5, [24]));
    expectClose(layer.b!, Array<number>(24).fill(2));
    assert.deepEqual(layer.getWeightsTopo().shape, [6, 1, 2, 2]);
  });

  it('gives the same for the same images in any axes', () => {
    const options = { irange: 0.5, kernelShape: [2, 2] };
    const x = tf.randomNormal<tf.Rank.R4>([3, 4, 5, 2]);
    const space = images(4, 5, 2, ['c', 0, 1, 'b']);
    const moved = images(4, 5, 2).formatAs(x, space);
    const expected = build(options, images(4, 5, 2)).mlp.fprop(x) as tf.Tensor;
    expectClose(build(options, space).mlp.fprop(moved) as tf.Tensor, expected);
  });

  it('normalises across channels where told', () => {
    const norm = new CrossChannelNormalization();
    const options = { numChannels: 4, irange: 0.5 };
    const x = tf.randomNormal<tf.Rank.R4>([2, 1, 3, 1]);
    const plain = build(options).mlp.fprop(x) as tf.Tensor4D;
    for (const where of ['detectorNormalization', 'outputNormalization'] as const) {
      const normalized = build({ ...options, [where]: norm }).mlp.fprop(x) as tf.Tensor;
      expectClose(normalized, norm.apply(plain));
    }
  });

  it('monitors norms of kernels, and units of the output by channel', () => {
    const { mlp, layer } = build(
      { numChannels: 2, kernelShape: [1, 1], tiedB: true },
      images(1, 2),
    );
    layer.setWeights(new NdArray(Float32Array.of(1, 1, -3, -3), [1, 1, 1, 4]));
    const x = [tf.tensor4d([1, 2, 3, 4], [2, 1, 2, 1])];
    const at = tf.tidy(() =>
      Object.fromEntries(
        Object.entries(mlp.getMonitoringChannels(x)).map(([name, value]) => [
          name,
          value.dataSync()[0],
        ]),
      ),
    );
    expectClose([at.h_kernel_norms_min, at.h_kernel_norms_mean, at.h_kernel_norms_max], [1, 2, 3]);
    // Channel 0 goes from 1 to 4, channel 1 from -12 to -3.
    expectClose([at['h_max_x.max_u'], at['h_max_x.mean_u'], at['h_range_x.max_u']], [4, 0.5, 9]);
  });

  it('refuses what is larger than the image, or makes it fit', () => {
    assert.throws(() => build({ kernelShape: [2, 2] }), {
      message: 'MaxoutConvC01B `h`: expected kernel_shape of at most 1 x 3, received 2 x 2.',
    });
    assert.throws(() => build({ poolShape: [1, 3] }), /pool_shape of at most 1 x 2/);
    assert.throws(() => build({ poolStride: [1, 2] }), /pool_stride of at most 1 x 1/);
    const fixed = build({
      kernelShape: [2, 2],
      fixKernelShape: true,
      poolShape: [4, 4],
      fixPoolShape: true,
      poolStride: [3, 3],
      fixPoolStride: true,
    });
    assert.match(fixed.mlp.getOutputSpace().toString(), /shape=\(1, 1\)/);
    const yaml = `!obj:pylearn2.models.mlp.MLP { nvis: 3, layers: [
      !obj:pylearn2.models.maxout.MaxoutConvC01B { layer_name: h, num_channels: 16, num_pieces: 2,
        kernel_shape: [1, 1], pool_shape: [1, 1], pool_stride: [1, 1], irange: .1 } ] }`;
    assert.throws(() => load(yaml), /MaxoutConvC01B `h`/);
  });
});
