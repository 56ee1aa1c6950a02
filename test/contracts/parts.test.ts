/** @file The contract of small parts: corruptors, blocks, spaces, limits on norms, nonlinearities. */
import type { Block } from '../../src/blocks';
import type { Corruptor } from '../../src/corruption';
import { function as makeFunction, tf } from '../../src/engine';
import type { CrossChannelNormalization } from '../../src/expr/normalize';
import type { MLP } from '../../src/models/mlp';
import {
  type Batch,
  CompositeSpace,
  Conv2DSpace,
  NullSpace,
  type Space,
  VectorSpace,
} from '../../src/space';
import { batchIn, targetsIn } from '../support/batches';
import { describeFamily, type Examples } from './contract';
import { descend } from './descent';

const NOISE = '!obj:pylearn2.corruption.BinomialCorruptor { corruption_level: .3 }';
const SAMPLER = '!obj:pylearn2.corruption.BinomialSampler {}';
const VECTOR = '!obj:pylearn2.space.VectorSpace { dim: 4 }';
const CODER = '!obj:pylearn2.models.autoencoder.Autoencoder';

const corruptors: Examples = {
  'corruption.BinomialCorruptor': '{ corruption_level: .4 }',
  'corruption.DropoutCorruptor': '{ corruption_level: .4, rng: 3 }',
  'corruption.GaussianCorruptor': '{ stdev: .5, rng: [1, 2] }',
  'corruption.SaltPepperCorruptor': '{ corruption_level: .4 }',
  'corruption.OneHotCorruptor': '{ corruption_level: .6 }',
  'corruption.SmoothOneHotCorruptor': '{ corruption_level: .5 }',
  'corruption.BinomialSampler': '{}',
  'corruption.MultinomialSampler': '{}',
  'corruption.DummyCorruptor': '{}',
  'corruption.ComposedCorruptor': `{ corruptors: [ ${SAMPLER}, ${NOISE} ] }`,
};

const blocks: Examples = {
  'blocks.StackedBlocks': `{ layers: [ ${CODER} { nvis: 4, nhid: 3, act_enc: tanh, act_dec: null }, ${CODER} { nvis: 3, nhid: 2, act_enc: tanh, act_dec: null } ] }`,
  'models.autoencoder.buildStackedAe': [
    '{ nvis: 4, nhids: [3, 2], act_enc: tanh, act_dec: [null, sigmoid], irange: .5, tied_weights: [1, 0] }',
    `{ nvis: 4, nhids: [3, 2], act_enc: tanh, act_dec: null, corruptor: ${NOISE}, rng: 7 }`,
  ],
  'expr.sampling.SampleBernoulli': `{ seed: 7, input_space: ${VECTOR} }`,
};

const spaces: Examples = {
  'space.VectorSpace': '{ dim: 3 }',
  'space.Conv2DSpace': [
    '{ shape: [2, 3], num_channels: 2 }',
    "{ shape: [2, 3], channels: 2, axes: ['c', 0, 1, 'b'] }",
  ],
  'space.IndexSpace': '{ max_labels: 4, dim: 1 }',
  'space.NullSpace': '{}',
  'space.CompositeSpace': `{ components: [ ${VECTOR}, !obj:pylearn2.space.NullSpace {}, ${VECTOR} ] }`,
};

const limits: Examples = {
  'model_extensions.norm_constraint.ConstrainFilterL2Norm': [
    '{ limit: .3, min_limit: .1 }',
    '{ limit: .3, axis: 1 }',
  ],
  'model_extensions.norm_constraint.ConstrainFilterMaxNorm': '{ limit: .1 }',
};

const nonlinearities: Examples = {
  'models.mlp.IdentityConvNonlinearity': '{}',
  'models.mlp.RectifierConvNonlinearity': '{ left_slope: .2 }',
  'models.mlp.SigmoidConvNonlinearity': "{ monitor_style: 'classification' }",
  'models.mlp.TanhConvNonlinearity': '{}',
};

const normalizers: Examples = {
  'expr.normalize.CrossChannelNormalization': '{ alpha: .2, k: 3, beta: .5, n: 3 }',
  'expr.normalize.CrossChannelNormalizationBC01': '{ n: 3 }',
};

/** What three calls of a compiled function give for one input. */
function calls(f: (x: tf.Tensor) => tf.Tensor, space: Space): number[] {
  const called = makeFunction((x: tf.Tensor) => ({ outputs: f(x) }));
  return tf.tidy(() => {
    const x = batchIn(space, 0, 1) as tf.Tensor;
    return [1, 2, 3].flatMap(() => [...called(x).dataSync()]);
  });
}

/** Its size, and a batch of it in another form and back. */
function sizes(space: Space): number[] {
  const batch: Batch = batchIn(space);
  space.validate(batch);
  const count = space instanceof NullSpace ? 0 : space.batchSize(batch);
  const values = [space.getTotalDimension(), count];
  if (!(space instanceof CompositeSpace) && batch instanceof tf.Tensor) {
    const vector = space.formatAs(batch, new VectorSpace({ dim: widthOf(space) })) as tf.Tensor;
    values.push(...vector.dataSync());
    vector.dispose();
  }
  tf.dispose(batch as tf.TensorContainer);
  return values;
}

function widthOf(space: Space): number {
  return 'maxLabels' in space ? (space.maxLabels as number) : space.getTotalDimension();
}

function descent(mlp: MLP): number[] {
  return descend(mlp, () => {
    const x = batchIn(mlp.getInputSpace());
    const difference = (mlp.fprop(x) as tf.Tensor).sub(
      targetsIn(mlp.getOutputSpace()) as tf.Tensor,
    );
    return difference.square().sum();
  });
}

const vectors = new VectorSpace({ dim: 4 });

describeFamily<Corruptor>({
  title: 'corruptors',
  examples: corruptors,
  numbers: (corruptor) => calls((x) => corruptor.corrupt(x), vectors),
});

describeFamily<Block>({
  title: 'blocks',
  examples: blocks,
  numbers: (block) => calls((x) => block.upwardPass(x), block.getInputSpace()),
});

describeFamily<Space>({ title: 'spaces', examples: spaces, numbers: sizes });

describeFamily<MLP>({
  title: 'limits on norms',
  examples: limits,
  around: (extension) => `!obj:pylearn2.models.mlp.MLP { nvis: 4, layers: [
    !obj:pylearn2.models.mlp.Linear { layer_name: h, dim: 3, irange: .5, extensions: [ ${extension} ] } ] }`,
  numbers: descent,
});

describeFamily<MLP>({
  title: 'nonlinearities',
  examples: nonlinearities,
  around: (part) => `!obj:pylearn2.models.mlp.MLP {
    input_space: !obj:pylearn2.space.Conv2DSpace { shape: [4, 4], num_channels: 1 },
    layers: [ !obj:pylearn2.models.mlp.ConvElemwise { nonlinearity: ${part},
      layer_name: h, output_channels: 3, kernel_shape: [3, 3], irange: .5 } ] }`,
  numbers: descent,
});

describeFamily<CrossChannelNormalization>({
  title: 'normalizations',
  examples: normalizers,
  numbers: (normalizer) => {
    const { axes } = normalizer;
    const images = new Conv2DSpace({ shape: [2, 3], channels: 4, axes });
    return calls((x) => normalizer.apply(x as tf.Tensor4D), images);
  },
});
