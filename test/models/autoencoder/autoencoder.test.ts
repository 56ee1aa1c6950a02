import assert from 'node:assert/strict';
import '../../../src';
import { load } from '../../../src/load';
import { StackedBlocks } from '../../../src/blocks';
import { BinomialCorruptor, DummyCorruptor, GaussianCorruptor } from '../../../src/corruption';
import {
  MeanBinaryCrossEntropy,
  MeanSquaredReconstructionError,
  SampledMeanBinaryCrossEntropy,
  SampledMeanSquaredReconstructionError,
  SparseActivation,
} from '../../../src/costs/autoencoder';
import { MethodCost } from '../../../src/costs/cost';
import { tf, type Updates } from '../../../src/engine';
import { ModelExtension } from '../../../src/model_extensions';
import {
  type ActivationName,
  Autoencoder,
  type AutoencoderOptions,
  ContractiveAutoencoder,
  DeepComposedAutoencoder,
  DenoisingAutoencoder,
  HigherOrderContractiveAutoencoder,
  StackedDenoisingAutoencoder,
  UntiedAutoencoder,
} from '../../../src/models/autoencoder';
import { activationOf, derivative } from '../../../src/models/autoencoder/activation';
import { RandomState } from '../../../src/utils/rng';
import { cloneViaSerialize } from '../../../src/utils/serial';
import { compiledCall, compiling } from '../../support/compiled';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';

const small: AutoencoderOptions = { nvis: 3, nhid: 2, actEnc: 'tanh', actDec: null, irange: 0.5 };
const x = tf.tensor2d([
  [1, 0.5, -1],
  [0.2, 0.4, 0.9],
]);

/** A constraint that shows. */
class HalvesWeights extends ModelExtension {
  override postModifyUpdates(updates: Updates, model: Autoencoder): void {
    updates.set(model.W, updates.get(model.W)!.div(2));
  }
}

describe('models/autoencoder', () => {
  it('encodes by act_enc(hb + x W) and decodes by act_dec(vb + h W prime)', () => {
    const model = new Autoencoder(small);
    model.hb.setValue([0.1, -0.1]);
    model.vb.setValue([1, 2, 3]);
    const h = x
      .matMul(model.W as tf.Tensor2D)
      .add(tf.tensor1d([0.1, -0.1]))
      .tanh();
    expectClose(
      leaves(1, () => model.encode(x)),
      h,
    );
    const r = (h as tf.Tensor2D).matMul(model.Wprime as tf.Tensor2D).add(tf.tensor1d([1, 2, 3]));
    expectClose(
      leaves(1, () => model.reconstruct(x)),
      r,
    );
    expectClose(model.upwardPass(x), h);
    leaves(-4, () => model.dispose());
  });

  it('draws its weights in the order of the original', () => {
    const model = new Autoencoder(small);
    const rng = new RandomState(9001);
    expectClose(model.W, rng.uniform(-0.5, 0.5, [3, 2]));
    rng.randint(2 ** 30);
    const lots = rng.rand(2, 3) as Float64Array;
    expectClose(
      model.Wprime!,
      lots.map((lot) => (0.5 - lot) * 0.5),
    );
    assert.deepEqual(
      model.getParams().map(({ name }) => name),
      ['vb', 'hb', 'W', 'Wprime'],
    );
  });

  it('draws normal weights, in the same order, of the given deviation', () => {
    const model = new Autoencoder({ ...small, irange: null, istdev: 0.1, rng: 7 });
    const rng = new RandomState(7);
    expectClose(model.W, rng.normal(0, 0.1, [3, 2]));
    rng.randint(2 ** 30);
    expectClose(model.Wprime!, rng.normal(0, 0.1, [2, 3]));
  });

  it('goes on with a generator that it is given', () => {
    const rng = new RandomState(9001);
    const [first, second] = [1, 2].map(() => new Autoencoder({ ...small, rng }));
    expectClose(first.W, new Autoencoder(small).W);
    assert.notDeepEqual(second.W.dataSync(), first.W.dataSync());
  });

  it('performs what it encodes, by a compiled function', () => {
    const model = new Autoencoder({ ...small, actEnc: 'sigmoid' });
    const codes = compiledCall(() => model.perform(x));
    expectClose(codes, model.encode(x), 0);
  });

  it('decodes by the transposed weights when tied', () => {
    const model = new Autoencoder({ ...small, tiedWeights: true, actDec: 'sigmoid' });
    assert.deepEqual(
      model.getParams().map(({ name }) => name),
      ['vb', 'hb', 'W'],
    );
    const h = model.encode(x);
    expectClose(model.decode(h), tf.sigmoid(h.matMul(model.W.transpose())));
  });

  it('computes the same after its weights were untied', () => {
    const base = new Autoencoder({ ...small, tiedWeights: true });
    base.hb.setValue([0.3, 0.4]);
    const untied = new UntiedAutoencoder({ base });
    expectClose(untied.reconstruct(x), base.reconstruct(x));
    assert.equal(untied.getParams().length, 4);
    expectClose((cloneViaSerialize(untied) as UntiedAutoencoder).encode(x), untied.encode(x), 0);
    assert.throws(() => new UntiedAutoencoder({ base: untied }), /tied weights/);
  });

  it('unties the weights of a denoising autoencoder too, and frees its base with itself', () => {
    const before = tf.memory().numTensors;
    const corruptor = new BinomialCorruptor({ corruptionLevel: 0.5 });
    const base = new DenoisingAutoencoder({ ...small, tiedWeights: true, corruptor });
    const untied = new UntiedAutoencoder({ base });
    tf.tidy(() => expectClose(untied.encode(x), base.encode(x)));
    untied.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('corrupts before it reconstructs and not before it encodes', () => {
    const noise = () => new BinomialCorruptor({ corruptionLevel: 0.999999 });
    const model = new DenoisingAutoencoder({ ...small, corruptor: noise() });
    model.vb.setValue([1, 2, 3]);
    expectClose(model.reconstruct(x), [1, 2, 3, 1, 2, 3]);
    expectClose(model.encode(x), new Autoencoder(small).encode(x));
    const stacked = new StackedDenoisingAutoencoder({
      autoencoders: [model],
      corruptor: noise(),
    });
    expectClose(stacked.reconstruct(x), [1, 2, 3, 1, 2, 3]);
  });

  it('chains codes, and reconstructions in the reverse order', () => {
    const first = new Autoencoder(small);
    const second = new Autoencoder({ ...small, nvis: 2, nhid: 4, rng: 1 });
    const deep = new DeepComposedAutoencoder({ autoencoders: [first, second] });
    expectClose(deep.encode(x), second.encode(first.encode(x)));
    expectClose(deep.reconstruct(x), first.decode(second.reconstruct(first.encode(x))));
    expectClose(new StackedBlocks({ layers: [first, second] }).upwardPass(x), deep.encode(x));
    assert.equal(deep.getParams().length, 8);
    const copy = cloneViaSerialize(deep) as DeepComposedAutoencoder;
    expectClose(copy.reconstruct(x), deep.reconstruct(x), 0);
    assert.deepEqual(deep.getState().params, [], 'saved twice');
    assert.throws(
      () => new DeepComposedAutoencoder({ autoencoders: [first, first] }),
      /expected codes that fit, received VectorSpace\(dim=2\) for VectorSpace\(dim=3\)/,
    );
  });

  it('keeps the constraints of the autoencoders that it is composed of', () => {
    const limited = new Autoencoder({ ...small, extensions: [new HalvesWeights()] });
    const deep = new DeepComposedAutoencoder({ autoencoders: [limited] });
    const W = limited.W.dataSync();
    deep.enforceConstraints();
    expectClose(
      limited.W,
      W.map((weight) => weight / 2),
    );
  });

  it('knows the slope of each activation that it knows by name', () => {
    const z = tf.tensor2d([[0.3, 1.2, 0.8]]);
    const names = ['linear', 'sigmoid', 'tanh', 'softplus', 'relu', 'elu', 'selu', 'softsign'];
    const more = ['hard_sigmoid', 'exp', 'log', 'sqr', 'sqrt', 'abs_', 'neg', 'sin', 'cos'];
    for (const name of [...names, ...more] as ActivationName[]) {
      const f = activationOf(name);
      const [after, before] = [f(z.add(1e-2)), f(z.sub(1e-2))];
      const slope = leaves(1, () => derivative(name, z));
      expectClose(slope, after.sub(before).div(2e-2), 2e-3);
      expectClose(
        slope,
        derivative((x) => f(x), z),
        1e-4,
      );
    }
    for (const name of ['elu', 'selu', 'softsign', 'relu', 'hard_sigmoid'] as ActivationName[]) {
      const below = tf.tensor2d([[-0.5, -3]]);
      expectClose(
        derivative(name, below),
        derivative((x) => activationOf(name)(x), below),
        1e-4,
      );
    }
  });

  it('measures how much codes depend on inputs', () => {
    const model = new ContractiveAutoencoder({ ...small, actEnc: 'sigmoid' });
    const jacobian = leaves(1, () => model.jacobianHX(x));
    const step = 1e-2;
    const moved = (by: number) => model.encode(x.add(tf.tensor1d([by, 0, 0])));
    const slope = moved(step)
      .sub(moved(-step))
      .div(2 * step);
    expectClose(jacobian.slice([0, 0, 0], [-1, 1, -1]).flatten(), slope.flatten(), 1e-3);
    const penalty = leaves(1, () => model.contractionPenalty(x));
    expectClose(penalty, jacobian.square().sum([1, 2]).mean());
    const cost = new MethodCost({ method: 'contraction_penalty' });
    expectGradient(() => cost.expr(model, x) as tf.Scalar, [model.W]);
    assert.throws(
      () => new ContractiveAutoencoder({ ...small, actEnc: null }),
      /elementwise act_enc/,
    );
    assert.throws(
      () => new ContractiveAutoencoder({ ...small, actEnc: (z) => tf.softmax(z) }),
      /elementwise act_enc/,
    );
    const own = new ContractiveAutoencoder({ ...small, actEnc: (z) => z.sigmoid() });
    expectClose(own.contractionPenalty(x), penalty);
  });

  it('penalises a change of the derivatives, with the gradient of finite differences', () => {
    const corruptor = new GaussianCorruptor({ stdev: 0.5 });
    const model = new HigherOrderContractiveAutoencoder({
      ...small,
      actEnc: 'sigmoid',
      corruptor,
      numCorruptions: 2,
    });
    const cost = new MethodCost({ method: 'higher_order_penalty' });
    const sameNoise = () => {
      corruptor.setState({ ...start });
      return (cost.expr(model, x) as tf.Scalar).mul<tf.Scalar>(1000);
    };
    const start = corruptor.getState() as { seed: number; drawn: number };
    compiling(false, () => expectGradient(sameNoise, [model.W, model.hb]));
  });

  it('sees no change of the derivatives where nothing is corrupted', () => {
    const model = new HigherOrderContractiveAutoencoder({
      ...small,
      corruptor: new DummyCorruptor(),
      numCorruptions: 2,
    });
    expectClose(
      leaves(1, () => model.higherOrderPenalty(x)),
      0,
    );
  });

  it('comes back from its saved form, its noise included', () => {
    const model = new DenoisingAutoencoder({
      ...small,
      corruptor: new BinomialCorruptor({ corruptionLevel: 0.5 }),
    });
    model.reconstruct(x);
    const copy = cloneViaSerialize(model) as DenoisingAutoencoder;
    expectClose(copy.reconstruct(x), model.reconstruct(x), 0);
  });

  it('says what is wrong with its options', () => {
    assert.throws(
      () =>
        load(
          '!obj:pylearn2.models.autoencoder.Autoencoder { nvis: 3, nhid: 2, act_enc: tnah, act_dec: null }',
        ),
      /`act_enc`: expected one of linear, sigmoid, tanh.*received "tnah"\. Did you mean `tanh`\?/,
    );
    assert.throws(
      () => new Autoencoder({ ...small, istdev: 1 }),
      /one of irange and istdev, received both/,
    );
  });
});

describe('costs/autoencoder', () => {
  const model = new Autoencoder({ ...small, actDec: 'sigmoid' });
  const inputs = tf.tensor2d([
    [1, 0, 0.5],
    [0, 1, 1],
  ]);

  it('averages squared differences summed over an example', () => {
    const expected = inputs.sub(model.reconstruct(inputs)).square().sum(1).mean();
    const cost = new MeanSquaredReconstructionError();
    expectClose(
      leaves(1, () => cost.expr(model, inputs)),
      expected,
    );
    expectGradient(() => cost.expr(model, inputs), model.getParams());
  });

  it('names a model that cannot reconstruct, or has no code', () => {
    const mlp = load<Autoencoder>(`!obj:pylearn2.models.softmax_regression.SoftmaxRegression {
      n_classes: 2, nvis: 3, irange: 0. }`);
    assert.throws(
      () => new MeanSquaredReconstructionError().expr(mlp, inputs),
      /MeanSquaredReconstructionError: SoftmaxRegression has no method `reconstruct`/,
    );
    assert.throws(
      () => new SparseActivation({ coeff: 1, p: 0.1 }).expr(mlp, inputs),
      /SparseActivation: SoftmaxRegression has no method `encode`/,
    );
    assert.throws(
      () => new SampledMeanBinaryCrossEntropy({ l1: 1, ratio: 0.1 }).expr(mlp, inputs),
      /SampledMeanBinaryCrossEntropy: SoftmaxRegression has no method `reconstruct`/,
    );
  });

  it('averages cross-entropies', () => {
    const r = model.reconstruct(inputs);
    const minus = tf.onesLike(inputs);
    const expected = inputs.mul(r.log()).add(minus.sub(inputs).mul(minus.sub(r).log()));
    const cost = new MeanBinaryCrossEntropy();
    expectClose(
      leaves(1, () => cost.expr(model, inputs)),
      expected.sum(1).mean().neg(),
    );
    expectGradient(() => cost.expr(model, inputs), model.getParams());
  });

  it('costs only what is there, and zeros by chance', () => {
    const zeros = tf.tensor2d([
      [1, 0, 0.5],
      [0, 1, 1],
    ]);
    const r = model.reconstruct(zeros);
    const present = zeros.greater(0).cast('float32');
    const squares = zeros.sub(r).square();
    const none = new SampledMeanSquaredReconstructionError({ l1: 0, ratio: 0 });
    expectClose(
      leaves(1, () => none.expr(model, zeros)),
      squares.mul(present).sum(1).mean(),
    );
    const all = new SampledMeanSquaredReconstructionError({ l1: 0, ratio: 1 });
    expectClose(all.expr(model, zeros), squares.sum(1).mean());
    const entropy = new SampledMeanBinaryCrossEntropy({ l1: 0, ratio: 1 });
    expectClose(entropy.expr(model, zeros), new MeanBinaryCrossEntropy().expr(model, zeros));
  });

  it('adds the activity of the code when reconstructions are sampled', () => {
    const cost = new SampledMeanSquaredReconstructionError({ l1: 3, ratio: 0 });
    const perfect = { reconstruct: (x: tf.Tensor) => x, encode: () => tf.tensor2d([[1, -2]]) };
    expectClose(cost.expr(perfect as never, tf.tensor2d([[1, 0]])), 9);
    assert.equal(cost.isStochastic(), true);
    const copy = cloneViaSerialize(cost) as SampledMeanSquaredReconstructionError;
    assert.deepEqual(copy.getState(), cost.getState());
    leaves(-1, () => cost.dispose());
    const name = 'pylearn2.costs.autoencoder.SampledMeanBinaryCrossEntropy';
    assert.ok(load(`!obj:${name} { L1: .1, ratio: .2 }`) instanceof SampledMeanBinaryCrossEntropy);
    assert.throws(() => load(`!obj:${name} { L1: .1, ration: .2 }`), /Did you mean `ratio`\?/);
  });

  it('has the gradient of finite differences when activity is penalised', () => {
    const cost = new SparseActivation({ coeff: 2, p: 0.2 });
    const coded = new Autoencoder({ ...small, actEnc: 'sigmoid' });
    expectGradient(() => cost.expr(coded, inputs), [coded.W, coded.hb]);
  });

  it('costs nothing when units are as active as wanted', () => {
    const cost = new SparseActivation({ coeff: 2, p: 0.5 });
    const half = { encode: () => tf.fill([2, 3], 0.5) } as never;
    expectClose(
      leaves(1, () => tf.tidy(() => cost.expr(half, inputs))),
      0,
    );
    const rare = { encode: () => tf.fill([2, 1], 0.25) } as never;
    expectClose(cost.expr(rare, inputs), 2 * (0.5 * Math.log(2) + 0.5 * Math.log(0.5 / 0.75)));
  });
});
