import assert from 'node:assert/strict';
import '../../../src';
import { load } from '../../../src/load';
import { StackedBlocks } from '../../../src/blocks';
import { BinomialCorruptor, DummyCorruptor } from '../../../src/corruption';
import {
  MeanBinaryCrossEntropy,
  MeanSquaredReconstructionError,
  SparseActivation,
} from '../../../src/costs/autoencoder';
import { MethodCost } from '../../../src/costs/cost';
import { tf } from '../../../src/engine';
import {
  Autoencoder,
  type AutoencoderOptions,
  ContractiveAutoencoder,
  DeepComposedAutoencoder,
  DenoisingAutoencoder,
  HigherOrderContractiveAutoencoder,
  StackedDenoisingAutoencoder,
  UntiedAutoencoder,
} from '../../../src/models/autoencoder';
import { RandomState } from '../../../src/utils/rng';
import { cloneViaSerialize } from '../../../src/utils/serial';
import { expectClose, leaves } from '../../support/expect';
import { expectGradient } from '../../support/gradients';

const small: AutoencoderOptions = { nvis: 3, nhid: 2, actEnc: 'tanh', actDec: null, irange: 0.5 };
const x = tf.tensor2d([
  [1, 0.5, -1],
  [0.2, 0.4, 0.9],
]);

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
    expectClose(model.Wprime!, rng.uniform(-0.25, 0.25, [2, 3]));
    assert.deepEqual(
      model.getParams().map(({ name }) => name),
      ['vb', 'hb', 'W', 'Wprime'],
    );
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
    assert.throws(
      () => new DeepComposedAutoencoder({ autoencoders: [first, first] }),
      /expected codes that fit, received VectorSpace\(dim=2\) for VectorSpace\(dim=3\)/,
    );
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
      /`act_enc`: expected one of linear, sigmoid, tanh/,
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
