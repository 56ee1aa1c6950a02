import assert from 'node:assert/strict';
import { WeightDecay } from '../../../src/costs/mlp';
import { tf, type Updates } from '../../../src/engine';
import { normalize } from '../../../src/expr';
import {
  ConvElemwise,
  type ConvElemwiseOptions,
  type ConvNonlinearity,
  ConvRectifiedLinear,
  type ConvRectifiedLinearOptions,
  IdentityConvNonlinearity,
  maxPool,
  MLP,
  RectifierConvNonlinearity,
  SigmoidConvNonlinearity,
  Softmax,
  TanhConvNonlinearity,
} from '../../../src/models/mlp';
import { type Axis, Conv2DSpace, VectorSpace } from '../../../src/space';
import { NdArray } from '../../../src/utils/nd_array';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';
import { logged } from '../../support/log';
import { load, roundTrip } from '../../support/yaml';

const images = (rows: number, columns: number, numChannels = 1, axes?: Axis[]) =>
  new Conv2DSpace({ shape: [rows, columns], numChannels, axes });

function build(
  options: Partial<ConvElemwiseOptions> = {},
  inputSpace = images(4, 5, 2),
): { mlp: MLP; layer: ConvElemwise } {
  const layer = new ConvElemwise({
    outputChannels: 3,
    kernelShape: [2, 3],
    layerName: 'h',
    nonlinearity: new IdentityConvNonlinearity(),
    irange: 0.5,
    ...options,
  });
  return { mlp: new MLP({ layers: [layer], inputSpace }), layer };
}

const rectified = (options: Partial<ConvRectifiedLinearOptions> = {}) =>
  new ConvRectifiedLinear({
    outputChannels: 64,
    kernelShape: [5, 5],
    poolShape: [4, 4],
    poolStride: [2, 2],
    layerName: 'h2',
    irange: 0.05,
    maxKernelNorm: 1.9365,
    ...options,
  });

/** The network of conv.yaml. */
function convNet(axes?: Axis[]): MLP {
  const layers = [
    rectified(),
    rectified({ layerName: 'h3' }),
    new Softmax({ nClasses: 10, layerName: 'y', istdev: 0.05, maxColNorm: 1.9365 }),
  ];
  return new MLP({ layers, inputSpace: images(28, 28, 1, axes), batchSize: 100 });
}

const channelsOf = (model: MLP, data: tf.Tensor | tf.Tensor[]) =>
  tf.tidy(() => {
    const channels = Object.entries(model.getMonitoringChannels(data));
    return Object.fromEntries(channels.map(([name, value]) => [name, value.dataSync()[0]]));
  });

describe('models/mlp/conv_elemwise', () => {
  it('starts as the original does', () => {
    // Logged at epoch 0 of conv.yaml, the decay with coefficient 5e-5 for each layer.
    const mlp = convNet();
    const at = channelsOf(mlp, [tf.zeros([1, 28, 28, 1]), tf.zeros([1, 10])]);
    expectClose(at.h2_kernel_norms_max, 0.16649, 1e-6);
    expectClose(at.h2_kernel_norms_mean, 0.141213, 1e-6);
    expectClose(at.h2_kernel_norms_min, 0.121113, 1e-6);
    expectClose(at.h3_kernel_norms_max, 1.184737, 1e-6);
    expectClose(at.h3_kernel_norms_mean, 1.157633, 1e-6);
    expectClose(at.h3_kernel_norms_min, 1.125334, 1e-6);
    const decay = new WeightDecay({ coeffs: { h2: 5e-5, h3: 5e-5, y: 5e-5 } });
    expectClose(decay.expr(mlp, null), 0.00505703, 1e-8);
    mlp.dispose();
  });

  it('has the sizes and axes of the original', () => {
    const mlp = convNet();
    const spaces = mlp.layers.map((layer) => layer.getOutputSpace().toString());
    assert.deepEqual(spaces.slice(0, 2), [
      "Conv2DSpace(shape=(11, 11), num_channels=64, axes=('b', 'c', 0, 1))",
      "Conv2DSpace(shape=(3, 3), num_channels=64, axes=('b', 'c', 0, 1))",
    ]);
    assert.deepEqual(
      mlp.getParams().map(({ name, shape }) => [name, shape]),
      [
        ['h2_W', [64, 1, 5, 5]],
        ['h2_b', [64, 24, 24]],
        ['h3_W', [64, 64, 5, 5]],
        ['h3_b', [64, 7, 7]],
        ['softmax_b', [10]],
        ['softmax_W', [576, 10]],
      ],
    );
    mlp.dispose();
  });

  it('convolves, adds a bias for each channel and place, and reports channels first', () => {
    const { mlp, layer } = build({ outputChannels: 2, kernelShape: [1, 2] }, images(1, 3));
    layer.W!.setValue(new NdArray(Float32Array.of(1, 2, 3, 4), [2, 1, 1, 2]));
    layer.b!.setValue([[[10, 20]], [[30, 40]]]);
    const x = tf.tensor4d([1, 0, 5], [1, 1, 3, 1]);
    const y = leaves(1, () => mlp.fprop(x) as tf.Tensor);
    assert.deepEqual(y.shape, [1, 2, 1, 2]);
    // Flipped: the first place is w0 x1 + w1 x0.
    expectClose(y, [2 + 10, 5 + 20, 4 + 30, 15 + 40]);
  });

  it('ties the biases of a channel when told so', () => {
    const { mlp, layer } = build({ tiedB: true, initBias: 2, irange: 0 });
    assert.deepEqual(layer.b!.shape, [3]);
    layer.setBiases(new NdArray(Float32Array.of(1, 2, 3)));
    const y = mlp.fprop(tf.zeros([1, 4, 5, 2])) as tf.Tensor4D;
    expectClose(
      y,
      [1, 2, 3].flatMap((bias) => Array<number>(9).fill(bias)),
    );
  });

  it('gives the same for the same images in any axes', () => {
    const x = tf.randomNormal<tf.Rank.R4>([3, 4, 5, 2]);
    const [natural, ...others]: Axis[][] = [
      ['b', 0, 1, 'c'],
      ['b', 'c', 0, 1],
      ['c', 0, 1, 'b'],
    ];
    const expected = build().mlp.fprop(x) as tf.Tensor;
    for (const axes of others) {
      const space = images(4, 5, 2, axes);
      const moved = images(4, 5, 2, natural).formatAs(x, space);
      expectClose(build({}, space).mlp.fprop(moved) as tf.Tensor, expected);
    }
  });

  it('flattens for a Softmax by row, column, channel', () => {
    const { mlp } = build({ irange: 0, kernelShape: [1, 1] }, images(1, 2));
    const bias = [[[0, 3]], [[1, 4]], [[2, 5]]];
    (mlp.layers[0] as ConvElemwise).b!.setValue(bias);
    const output = mlp.fprop(tf.zeros([1, 1, 2, 1]));
    const vectors = mlp.getOutputSpace().formatAs(output, new VectorSpace({ dim: 6 }));
    expectClose(vectors as tf.Tensor, [0, 1, 2, 3, 4, 5]);
  });

  it('moves no images between its layers', async () => {
    const layers = [
      rectified({ outputChannels: 2, kernelShape: [2, 2], poolShape: [2, 2], poolStride: [1, 1] }),
      rectified({
        layerName: 'h3',
        outputChannels: 2,
        kernelShape: [2, 2],
        poolShape: [1, 1],
        poolStride: [1, 1],
      }),
      new Softmax({ nClasses: 2, layerName: 'y', irange: 1 }),
    ];
    const mlp = new MLP({ layers, inputSpace: images(6, 6) });
    const { kernels } = await tf.profile(() =>
      tf.tidy(() => mlp.fprop(tf.ones([1, 6, 6, 1])) as tf.Tensor),
    );
    const moved = kernels.filter(({ name }) => name === 'Transpose');
    // For each layer its kernels, its biases, and the output as it is reported.
    assert.equal(moved.length, 6);
    const after = kernels
      .slice(kernels.indexOf(moved[2]) + 1)
      .map(({ inputShapes }) => inputShapes);
    const reported = moved[2].outputShapes[0] as number[];
    assert.ok(!after.flat().some((shape) => String(shape) === String(reported)));
  });

  it('applies its nonlinearity', () => {
    const output = (nonlinearity: ConvNonlinearity) => {
      const { mlp, layer } = build(
        { nonlinearity, outputChannels: 1, kernelShape: [1, 1] },
        images(1, 2),
      );
      layer.W!.setValue([[[[1]]]]);
      return mlp.fprop(tf.tensor4d([-1, 2], [1, 1, 2, 1])) as tf.Tensor;
    };
    const logistic = (z: number) => 1 / (1 + Math.exp(-z));
    expectClose(output(new IdentityConvNonlinearity()), [-1, 2]);
    expectClose(output(new RectifierConvNonlinearity()), [0, 2]);
    expectClose(output(new RectifierConvNonlinearity({ leftSlope: 0.1 })), [-0.1, 2]);
    expectClose(output(new SigmoidConvNonlinearity()), [logistic(-1), logistic(2)]);
    expectClose(output(new TanhConvNonlinearity()), [Math.tanh(-1), Math.tanh(2)]);
  });

  for (const [name, nonlinearity] of Object.entries<ConvNonlinearity>({
    identity: new IdentityConvNonlinearity(),
    rectifier: new RectifierConvNonlinearity(),
    'leaky rectifier': new RectifierConvNonlinearity({ leftSlope: 0.1 }),
    'rectifier that falls': new RectifierConvNonlinearity({ leftSlope: -0.5 }),
    sigmoid: new SigmoidConvNonlinearity(),
    tanh: new TanhConvNonlinearity(),
  })) {
    it(`takes the largest in a pool of what the ${name} gives, with the same slopes`, () => {
      const pools = { poolType: 'max', poolShape: [2, 2], poolStride: [2, 2] } as const;
      const { layer } = build({ nonlinearity, ...pools }, images(6, 7, 2));
      const { layer: plain } = build({ nonlinearity }, images(6, 7, 2));
      plain.W!.assign(layer.W!);
      plain.b!.assign(layer.b!);
      const x = tf.randomNormal<tf.Rank.R4>([4, 6, 7, 2], 0, 2, 'float32', 5);
      const pooledAfter = (given: tf.Tensor) =>
        maxPool(plain.fprop(given).transpose([0, 2, 3, 1]), [2, 2], [2, 2]).transpose([0, 3, 1, 2]);
      const [inside, after] = [(given: tf.Tensor) => layer.fprop(given), pooledAfter].map((f) => {
        const y = f(x);
        const slopes = tf.grad((given) => f(given).mul(y.square().add(1)).sum())(x);
        return [y, slopes];
      });
      expectClose(inside[0], after[0], 1e-6);
      expectClose(inside[1], after[1], 1e-5);
    });
  }

  it('normalises before pooling and after it, in either way of writing', () => {
    const double = (bc01: tf.Tensor4D) => bc01.mul<tf.Tensor4D>(2);
    const pool = { poolType: 'max', poolShape: [2, 2], poolStride: [2, 2] } as const;
    const out = (options: Partial<ConvElemwiseOptions>) =>
      build({ irange: 0, initBias: 3, ...options }).mlp.fprop(tf.zeros([1, 4, 5, 2])) as tf.Tensor;
    const max = (options: Partial<ConvElemwiseOptions>) => out(options).max();
    expectClose(max({ outputNormalization: double }), 6);
    expectClose(max({ detectorNormalization: double }), 3);
    expectClose(max({ detectorNormalization: double, ...pool }), 6);
    expectClose(max({ detectorNormalization: double, outputNormalization: double, ...pool }), 12);
    const norm = new normalize.CrossChannelNormalizationBC01({ alpha: 1, n: 3 });
    // Three channels of 3: the middle one has two neighbours.
    const [edge, middle] = [3 / (2 + 18) ** 0.75, 3 / (2 + 27) ** 0.75];
    const normalized = out({ outputNormalization: norm, kernelShape: [4, 5] });
    expectClose(normalized, [edge, middle, edge]);
  });

  it('keeps the norms of kernels below their limit', () => {
    const { mlp, layer } = build(
      { maxKernelNorm: 5, outputChannels: 2, kernelShape: [1, 2] },
      images(1, 2),
    );
    const next = new NdArray(Float32Array.of(6, 8, 1, 0), [2, 1, 1, 2]);
    layer.setWeights(next);
    const updates: Updates = new Map([[layer.W!, layer.W!.clone()]]);
    mlp.modifyUpdates(updates);
    expectClose(updates.get(layer.W!)!, [3, 4, 1, 0]);
    expectClose(layer.getWeightDecay(0.1), 10.1);
    expectClose(layer.getL1WeightDecay(0.1), 1.5);
  });

  it('has the channels of the original', () => {
    const { mlp } = build({ nonlinearity: new SigmoidConvNonlinearity() });
    const own = (names: string[]) => names.map((name) => name.slice(2));
    const [x, y] = [tf.zeros([2, 4, 5, 2]), tf.ones([2, 3, 3, 3])];
    const activations = ['range', 'max', 'mean', 'min'].flatMap((s) =>
      ['max', 'mean', 'min'].map((u) => `${s}_x_${u}_u`),
    );
    const norms = ['min', 'mean', 'max'].map((s) => `kernel_norms_${s}`);
    const detection = ['01_loss', 'kl', 'precision', 'recall', 'f1'].concat(
      ['precision', 'recall', 'f1'].flatMap((m) =>
        ['max', 'mean', 'min'].map((s) => `per_output_${m}_${s}`),
      ),
    );
    assert.deepEqual(
      own(Object.keys(channelsOf(mlp, [x, y]))).sort(),
      [...norms, ...activations, ...detection].sort(),
    );
    const plain = build({ nonlinearity: new IdentityConvNonlinearity() }).mlp;
    assert.deepEqual(
      own(Object.keys(channelsOf(plain, [x, y]))).sort(),
      [...norms, ...activations].sort(),
    );
  });

  it('computes statistics over examples first, then over channels and places', () => {
    const { mlp, layer } = build({ outputChannels: 1, kernelShape: [1, 1] }, images(1, 2));
    layer.W!.setValue([[[[1]]]]);
    const x = tf.tensor4d([1, 5, 3, 0], [2, 1, 2, 1]);
    const at = channelsOf(mlp, [x, x]);
    expectClose(at.h_max_x_mean_u, 4);
    expectClose(at.h_range_x_min_u, 2);
    expectClose(at.h_kernel_norms_mean, 1);
  });

  it('measures detection at each place, its channels taken together', () => {
    const { mlp, layer } = build(
      { nonlinearity: new SigmoidConvNonlinearity(), outputChannels: 2, kernelShape: [1, 1] },
      images(1, 2),
    );
    layer.W!.setValue([[[[1]]], [[[1]]]]);
    // Both channels predict at the first place and not at the second.
    const x = tf.tensor4d([4, -4], [1, 1, 2, 1]);
    const y = tf.tensor4d([1, 0, 0, 1], [1, 2, 1, 2]);
    const at = channelsOf(mlp, [x, y]);
    expectClose(at.h_01_loss, 0.5);
    expectClose(at.h_per_output_precision_max, 0.5);
    expectClose(at.h_per_output_precision_min, 0);
    expectClose(at.h_kl, (Math.log(1 + Math.exp(-4)) * 2 + Math.log(1 + Math.exp(4)) * 2) / 4);
  });

  it('costs as its nonlinearity says, in the order of axes that it reports', () => {
    const cost = (nonlinearity: ConvNonlinearity, z: number[]) => {
      const options = { nonlinearity, outputChannels: 2, kernelShape: [1, 1] };
      const { mlp, layer } = build(options, images(1, 2));
      layer.W!.setValue([[[[1]]], [[[0]]]]);
      const data = [tf.tensor4d(z, [1, 1, 2, 1]), tf.tensor4d([1, 0, 0, 0], [1, 2, 1, 2])];
      return leaves(1, () => mlp.costFromX(data));
    };
    expectClose(cost(new IdentityConvNonlinearity(), [3, 4]), 4 + 16);
    expectClose(cost(new SigmoidConvNonlinearity(), [200, -200]), (2 * Math.LN2) / 4);
    expectClose(cost(new SigmoidConvNonlinearity(), [-200, 0]), (200 + 3 * Math.LN2) / 4);
    assert.throws(
      () => cost(new TanhConvNonlinearity(), [1, 1]),
      /TanhConvNonlinearity: it has no cost/,
    );
  });

  it('has the gradient that finite differences give', () => {
    const x = tf.randomNormal([2, 5, 6, 2], 0, 1, 'float32', 7);
    const y = tf.tensor2d([
      [1, 0],
      [0, 1],
    ]);
    const pool = { poolShape: [2, 3], poolStride: [2, 2] };
    const variants: Partial<ConvElemwiseOptions>[] = [
      { nonlinearity: new TanhConvNonlinearity() },
      { borderMode: 'full', kernelStride: [2, 1], tiedB: true },
      { poolType: 'max', ...pool, nonlinearity: new TanhConvNonlinearity() },
      { poolType: 'mean', ...pool, nonlinearity: new SigmoidConvNonlinearity() },
      { outputNormalization: new normalize.CrossChannelNormalizationBC01({ alpha: 0.5 }) },
    ];
    for (const options of variants) {
      const layer = new ConvElemwise({
        outputChannels: 3,
        kernelShape: [2, 3],
        layerName: 'h',
        nonlinearity: new IdentityConvNonlinearity(),
        irange: 0.5,
        ...options,
      });
      const second = rectified({
        outputChannels: 2,
        kernelShape: [2, 2],
        poolShape: [1, 1],
        poolStride: [1, 1],
        initBias: 5,
      });
      const softmax = new Softmax({ nClasses: 2, layerName: 'y', irange: 0.5 });
      const layers = options.poolType ? [layer, softmax] : [layer, second, softmax];
      const mlp = new MLP({ layers, inputSpace: images(5, 6, 2) });
      // A small step: where the largest of a pool changes there is no derivative.
      expectGradient(() => mlp.costFromX([x, y]), mlp.getParams(), { step: 1e-3 });
      mlp.dispose();
    }
  });

  it('shows its kernels as images, rows and columns before channels', () => {
    const { mlp, layer } = build();
    const topo = mlp.getWeightsTopo();
    assert.deepEqual(topo.shape, [3, 2, 3, 2]);
    const [W, images_] = [layer.W!.arraySync(), topo.toArray() as number[][][][]];
    assert.equal(images_[2][1][0][1], W[2][1][1][0]);
    assert.throws(() => layer.getWeights(), /ConvElemwise `h` cannot show weights/);
  });

  it('scales the learning rates of its parameters', () => {
    const { mlp, layer } = build({ wLrScale: 0.05, bLrScale: 0.1 });
    assert.deepEqual(
      [...mlp.getLrScalers()],
      [
        [layer.W, 0.05],
        [layer.b, 0.1],
      ],
    );
  });

  it('starts sparse when told so, each kernel with as many weights', () => {
    const { layer } = build({ irange: null, sparseInit: 4 });
    for (const kernel of layer.W!.arraySync()) {
      assert.equal(kernel.flat(3).filter((weight) => weight !== 0).length, 4);
    }
  });

  it('drops inputs of convolutions', () => {
    const layers = [
      rectified({ outputChannels: 2, kernelShape: [2, 2], poolShape: [2, 2], poolStride: [1, 1] }),
      rectified({
        layerName: 'h3',
        outputChannels: 2,
        kernelShape: [3, 3],
        poolShape: [1, 1],
        poolStride: [1, 1],
        irange: 1,
      }),
    ];
    const mlp = new MLP({ layers, inputSpace: images(6, 6) });
    const x = tf.ones([1, 6, 6, 1]);
    const probs = { inputIncludeProbs: { h2: 1 } };
    const first = leaves(2, () => mlp.dropoutFprop(x, probs)) as tf.Tensor; // and the stream's counter
    const second = leaves(1, () => mlp.dropoutFprop(x, probs)) as tf.Tensor;
    assert.deepEqual(first.shape, [1, 2, 2, 2]);
    assert.notDeepEqual(first.dataSync(), second.dataSync());
  });

  it('says what is wrong with what it was given', () => {
    const vectors = new VectorSpace({ dim: 40 }) as never;
    assert.throws(
      () => build({}, vectors),
      /ConvElemwise `h`: expected a Conv2DSpace as input space, received VectorSpace\(dim=40\)/,
    );
    assert.throws(() => build({}, images(1, 5)), /kernels of 2 x 3 do not fit on images of 1 x 5/);
    const pool = { poolType: 'max', poolShape: [4, 1], poolStride: [1, 1] } as const;
    assert.throws(() => build(pool), /pools of 4 x 1 do not fit on images of 3 x 3/);
    assert.throws(
      () => build({ poolType: 'mean' }),
      /expected pool_shape and pool_stride for mean pooling/,
    );
    assert.throws(
      () => build({ irange: null }),
      /expected irange or sparse_init, received neither/,
    );
    assert.throws(() => build({ sparseInit: 1 }), /received both/);
    assert.throws(
      () => build().mlp.fprop(tf.zeros([1, 5, 4, 2])),
      /ConvElemwise `h` fprop: expected a batch of shape \[\*, 4, 5, 2\], received \[1, 5, 4, 2\]/,
    );
  });

  it('warns that include_prob has no effect', async () => {
    const lines = await logged(() => build({ includeProb: 0.5 }));
    assert.match(lines[0].text, /include_prob has no effect/);
  });

  it('leaves nothing behind after dispose', () => {
    const { mlp } = leaves(2, () => build());
    const data = [tf.zeros([2, 4, 5, 2]), tf.zeros([2, 3, 3, 3])];
    leaves(1, () => mlp.costFromX(data));
    leaves(0, () => mlp.enforceConstraints());
    leaves(-2, () => mlp.dispose());
  });
});

describe('models/mlp/conv_rectified_linear', () => {
  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<MLP>(`!obj:pylearn2.models.mlp.MLP {
      batch_size: 100,
      input_space: !obj:pylearn2.space.Conv2DSpace { shape: [12, 12], num_channels: 1 },
      layers: [
        !obj:pylearn2.models.mlp.ConvRectifiedLinear {
          layer_name: 'h2', output_channels: 4, irange: .05, kernel_shape: [5, 5],
          pool_shape: [4, 4], pool_stride: [2, 2], max_kernel_norm: 1.9365, left_slope: .01,
          output_normalization: !obj:pylearn2.expr.normalize.CrossChannelNormalizationBC01 { n: 3 } },
        !obj:pylearn2.models.mlp.ConvElemwise {
          layer_name: 'h3', output_channels: 2, irange: .05, kernel_shape: [2, 2], W_lr_scale: .5,
          nonlinearity: !obj:pylearn2.models.mlp.SigmoidConvNonlinearity {} },
        !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 10, istdev: .05 } ] }`);
    const x = tf.randomNormal([3, 12, 12, 1]);
    expectClose(copy.fprop(x) as tf.Tensor, loaded.fprop(x) as tf.Tensor, 0);
    assert.equal(copy.layers[0].constructor.name, 'ConvRectifiedLinear');
    assert.equal(copy.getLrScalers().size, 1);
  });

  it('names the nearest option when there is no such one', () => {
    assert.throws(
      () => load('!obj:pylearn2.models.mlp.ConvRectifiedLinear { output_channel: 1 }'),
      /ConvRectifiedLinear: no option `output_channel`. Did you mean `output_channels`\?/,
    );
    assert.throws(
      () => rectified({ nonlinearity: new TanhConvNonlinearity() } as never),
      /models.mlp.ConvRectifiedLinear: no option `nonlinearity`/,
    );
    assert.throws(
      () => rectified({ poolShape: [4] }),
      /ConvRectifiedLinear: option `poolShape`: expected rows and columns/,
    );
    for (const name of ['IdentityConvNonlinearity', 'TanhConvNonlinearity']) {
      assert.throws(() => load(`!obj:pylearn2.models.mlp.${name} { slope: 1 }`), /It takes none/);
    }
  });

  it('wants the shape and stride of pools', () => {
    const options = { outputChannels: 1, kernelShape: [1, 1], layerName: 'h', irange: 1 };
    assert.throws(() => new ConvRectifiedLinear(options as never), /option `poolShape` is missing/);
  });
});
