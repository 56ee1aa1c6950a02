import { function as makeFunction, grad, tf } from '../../src/engine';
import { compiledCall, compiling } from '../support/compiled';
import { expectClose } from '../support/expect';

const ramp = (shape: number[], scale = 1) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => scale * Math.sin(1.7 * i + 0.3)),
    shape,
  );
};

type Op = (x: tf.Tensor) => tf.Tensor;
const rows = (x: tf.Tensor) => x as tf.Tensor2D;
const images = (x: tf.Tensor) => x.reshape([2, 4, 4, 2]) as tf.Tensor4D;
const filter = () => ramp([3, 3, 2, 3], 0.5) as tf.Tensor4D;

/** Ops that have gradients by x, which is a matrix of 8 rows of 8 numbers in [-1, 1]. */
const smooth: Record<string, Op> = {
  add: (x) => x.add(ramp([8])).add(1),
  sub: (x) => tf.sub(1, x),
  mul: (x) => x.mul(ramp([8, 1])).mul(0.5),
  div: (x) => x.div(3).div(x.add(2)),
  pow: (x) => x.add(2).pow(1.5),
  square: (x) => x.square(),
  squaredDifference: (x) => tf.squaredDifference(x, 0.5),
  sqrt: (x) => x.add(2).sqrt(),
  rsqrt: (x) => x.add(2).rsqrt(),
  reciprocal: (x) => x.add(2).reciprocal(),
  exp: (x) => x.exp(),
  expm1: (x) => x.expm1(),
  log: (x) => x.add(2).log(),
  log1p: (x) => x.add(2).log1p(),
  abs: (x) => x.abs(),
  neg: (x) => x.neg(),
  sin: (x) => x.sin(),
  cos: (x) => x.cos(),
  tan: (x) => x.tan(),
  atan: (x) => x.atan(),
  atan2: (x) => tf.atan2(x, tf.scalar(2)),
  sinh: (x) => x.sinh(),
  tanh: (x) => x.tanh(),
  sigmoid: (x) => x.sigmoid(),
  softplus: (x) => x.softplus(),
  erf: (x) => x.erf(),
  relu: (x) => x.relu(),
  relu6: (x) => tf.relu6(x),
  elu: (x) => x.elu(),
  selu: (x) => x.selu(),
  leakyRelu: (x) => x.leakyRelu(0.1),
  prelu: (x) => x.prelu(tf.scalar(0.2)),
  maximum: (x) => x.maximum(0.25),
  minimum: (x) => tf.minimum(x, ramp([8])),
  clipByValue: (x) => x.clipByValue(-0.5, 0.5),
  softmax: (x) => rows(x).softmax(),
  logSoftmax: (x) => rows(x).logSoftmax(),
  logSumExp: (x) => x.logSumExp(1),
  matMul: (x) => rows(x).matMul(ramp([8, 3]) as tf.Tensor2D),
  'matMul, transposed': (x) => tf.matMul(rows(x), ramp([3, 8]) as tf.Tensor2D, true, true),
  'matMul, batched': (x) => tf.matMul(x.reshape([2, 4, 8]), ramp([2, 8, 3])),
  dot: (x) => tf.dot(rows(x), ramp([8]) as tf.Tensor1D),
  outerProduct: (x) =>
    tf.outerProduct(x.slice([0, 0], [1, 8]).reshape([8]) as tf.Tensor1D, ramp([3]) as tf.Tensor1D),
  sum: (x) => x.sum(0),
  mean: (x) => x.mean(1, true),
  prod: (x) => x.slice([0, 0], [2, 2]).prod(),
  max: (x) => x.max(1),
  min: (x) => x.min(0),
  norm: (x) => x.norm('euclidean', 1),
  moments: (x) => tf.moments(x, 0).variance,
  cumsum: (x) => x.cumsum(1),
  reshape: (x) => x.reshape([4, 16]),
  transpose: (x) => x.transpose(),
  expandDims: (x) => x.expandDims(1),
  squeeze: (x) => x.reshape([8, 1, 8]).squeeze([1]),
  tile: (x) => x.tile([1, 2]),
  pad: (x) => x.pad([[1, 0], [0, 2]]), // prettier-ignore
  mirrorPad: (x) => tf.mirrorPad(x, [[1, 1], [0, 1]], 'reflect'), // prettier-ignore
  slice: (x) => x.slice([1, 2], [3, 4]),
  concat: (x) => tf.concat([x, ramp([8, 2])], 1),
  stack: (x) => tf.stack([x, x.mul(2)], 1),
  unstack: (x) => tf.addN(tf.unstack(x, 1)),
  split: (x) => tf.split(x, 2, 1)[1],
  'split by sizes': (x) => tf.split(x, [3, 5], 1)[1],
  reverse: (x) => x.reverse(1),
  gather: (x) => x.gather(tf.tensor1d([3, 0, 3], 'int32')),
  broadcastTo: (x) => x.slice([0, 0], [1, 8]).broadcastTo([8, 8]),
  spaceToBatchND: (x) => tf.spaceToBatchND(images(x), [2, 2], [[0, 0], [0, 0]]), // prettier-ignore
  conv1d: (x) =>
    tf.conv1d(x.reshape([1, 8, 8]) as tf.Tensor3D, ramp([3, 8, 2]) as tf.Tensor3D, 1, 'same'),
  'conv2d, valid': (x) => tf.conv2d(images(x), filter(), 1, 'valid'),
  'conv2d, same': (x) => tf.conv2d(images(x), filter(), 2, 'same'),
  conv2dTranspose: (x) => tf.conv2dTranspose(images(x), filter().transpose([0, 1, 3, 2]) as tf.Tensor4D, [2, 6, 6, 3], 1, 'valid').slice(0, 1), // prettier-ignore
  depthwiseConv2d: (x) =>
    tf.depthwiseConv2d(images(x), ramp([2, 2, 2, 1]) as tf.Tensor4D, 1, 'valid'),
  maxPool: (x) => tf.maxPool(images(x), 2, 2, 'valid'),
  'maxPool, overlapping': (x) => tf.maxPool(images(x), 3, 1, 'same'),
  avgPool: (x) => tf.avgPool(images(x), 2, 2, 'same'),
  batchNorm: (x) => tf.batchNorm(x, ramp([8]), ramp([8]).square().add(1), ramp([8]), ramp([8])),
  localResponseNormalization: (x) => tf.localResponseNormalization(images(x), 1),
  resizeBilinear: (x) => tf.image.resizeBilinear(images(x), [6, 6]),
  'fused matMul': (x) =>
    tf.fused.matMul({ a: rows(x), b: ramp([8, 3]) as tf.Tensor2D, bias: ramp([3]), activation: 'relu' }), // prettier-ignore
  'softmax cross entropy': (x) =>
    tf.losses.softmaxCrossEntropy(rows(x).square().softmax() as tf.Tensor2D, rows(x)),
  'gather by computed indices': (x) => x.gather(x.argMax(1) as tf.Tensor1D),
  'gather along columns': (x) => x.gather(x.argMin(0) as tf.Tensor1D, 1),
  where: (x) => tf.where(x.greater(0), x, x.mul(0.1)),
  topk: (x) => tf.topk(x, 3).values,
  gatherND: (x) => tf.gatherND(x, tf.tensor2d([[0, 1], [3, 2]], [2, 2], 'int32')), // prettier-ignore
  einsum: (x) => tf.einsum('ij,kj->ik', x, x),
};

/** Ops without gradients, or used in a way that has none. */
const rough: Record<string, Op> = {
  divNoNan: (x) => tf.divNoNan(x, x.add(2)),
  stridedSlice: (x) => x.stridedSlice([0, 1], [8, 8], [2, 3]),
  depthToSpace: (x) => tf.depthToSpace(x.reshape([2, 2, 4, 4]) as tf.Tensor4D, 2),
  sign: (x) => x.sign(),
  floor: (x) => x.mul(3).floor(),
  ceil: (x) => x.mul(3).ceil(),
  round: (x) => x.mul(3).round(),
  mod: (x) => x.mul(9).mod(tf.scalar(2)),
  floorDiv: (x) => x.mul(9).floorDiv(tf.scalar(2)),
  step: (x) => x.step(),
  isNaN: (x) => x.div(x.relu()).isNaN(),
  isFinite: (x) => x.div(x.relu()).isFinite(),
  argMax: (x) => x.argMax(1),
  argMin: (x) => x.argMin(0),
  equal: (x) => x.equal(x.relu()),
  notEqual: (x) => x.notEqual(x.relu()),
  less: (x) => x.less(0.1).logicalNot(),
  logicalAnd: (x) => x.less(0.5).logicalAnd(x.greaterEqual(-0.5)),
  logicalOr: (x) => x.lessEqual(-0.5).logicalOr(x.greater(0.5)),
  logicalXor: (x) => tf.logicalXor(x.less(0), x.less(0.5)),
  any: (x) => x.greater(0.99).any(1),
  all: (x) => x.greater(-0.9).all(0),
  cast: (x) => x.mul(9).cast('int32'),
  'cast of bools': (x) => x.less(0).cast('int32').sum(),
  'int32 arithmetic': (x) => x.mul(9).cast('int32').mul(tf.scalar(3, 'int32')).max(1),
  oneHot: (x) => tf.oneHot(x.argMax(1) as tf.Tensor1D, 8),
  scatterND: (x) =>
    tf.scatterND(tf.tensor2d([[4], [1]], [2, 1], 'int32'), x.slice([0, 0], [2, 8]), [6, 8]),
  fill: (x) => tf.fill([2, 8], 3).add(x.sum(0)),
  eye: (x) => rows(x).matMul(tf.eye(8)),
  linspace: (x) => x.mul(tf.linspace(0, 1, 8)),
  range: (x) => x.add(tf.range(0, 8)),
  zerosLike: (x) => tf.zerosLike(x).add(tf.onesLike(x)),
  'topk, where': (x) => tf.topk(x, 3).indices,
  confusionMatrix: (x) =>
    tf.math.confusionMatrix(x.argMax(1) as tf.Tensor1D, x.argMin(1) as tf.Tensor1D, 8),
};

/** Compiled and op by op give the same numbers. */
function expectSame(op: Op): void {
  const [first, second] = [ramp([8, 8]), ramp([8, 8], 0.9)];
  const make = () => makeFunction((x: tf.Tensor) => ({ outputs: op(x) }));
  const plain = compiling(false, () => make()(second));
  const compiled = make();
  let calls = 0;
  const result = compiledCall(() => compiled((calls += 1) < 3 ? first : second));
  expectClose(result, plain, 1e-6);
}

describe('engine/compiler: every op as in eager execution', () => {
  for (const [name, op] of Object.entries({ ...smooth, ...rough })) {
    it(name, () => expectSame(op));
  }
});

describe('engine/compiler: every gradient as in eager execution', () => {
  for (const [name, op] of Object.entries(smooth)) {
    it(name, () =>
      expectSame((x) => {
        const { value, grads } = grad(() => op(x).square().sum() as tf.Scalar, [x]);
        return tf.concat([value.reshape([1]), grads[0].flatten()]);
      }),
    );
  }
});
