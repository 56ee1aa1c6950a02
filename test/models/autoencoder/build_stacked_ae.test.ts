import assert from 'node:assert/strict';
import { StackedBlocks } from '../../../src/blocks';
import { BinomialCorruptor } from '../../../src/corruption';
import { tf } from '../../../src/engine';
import {
  Autoencoder,
  buildStackedAe,
  ContractiveAutoencoder,
  DenoisingAutoencoder,
} from '../../../src/models/autoencoder';
import { RandomState } from '../../../src/utils/rng';
import { expectClose, leaves } from '../../support/expect';
import { load } from '../../support/yaml';

const common = { nvis: 4, nhids: [3, 2], actEnc: 'tanh', actDec: null } as const;
const options = { ...common, nhids: [...common.nhids] };

describe('models/autoencoder/build_stacked_ae', () => {
  it('stacks autoencoders, each on the codes of the one before', () => {
    const stack = leaves(8, () => buildStackedAe({ ...options, actEnc: ['tanh', 'sigmoid'] }));
    assert.ok(stack instanceof StackedBlocks);
    const x = tf.ones<tf.Rank.R2>([1, 4]);
    const [first, second] = stack.layers as Autoencoder[];
    const codes = x.matMul<tf.Tensor2D>(first.W as tf.Tensor2D).tanh();
    expectClose(stack.upwardPass(x), codes.matMul(second.W as tf.Tensor2D).sigmoid());
    leaves(-8, () => stack.dispose());
  });

  it('draws all weights from one generator, 42 unless another is given', () => {
    const [first, second] = buildStackedAe(options).layers as Autoencoder[];
    const rng = new RandomState(42);
    const alone = { nvis: 4, nhid: 3, actEnc: 'tanh', actDec: null, irange: 1e-3, rng } as const;
    expectClose(first.W, new Autoencoder(alone).W, 0);
    expectClose(second.W, new Autoencoder({ ...alone, nvis: 3, nhid: 2 }).W, 0);
  });

  it('makes denoising and contractive ones, for all or one by one', () => {
    const corruptor = new BinomialCorruptor({ corruptionLevel: 0.2 });
    const kinds = (given: object) =>
      buildStackedAe({ ...options, ...given }).layers.map((layer) => layer.constructor);
    assert.deepEqual(kinds({ corruptor }), [DenoisingAutoencoder, DenoisingAutoencoder]);
    assert.deepEqual(kinds({ contracting: true }), [
      ContractiveAutoencoder,
      ContractiveAutoencoder,
    ]);
    assert.deepEqual(kinds({ corruptor: [corruptor, null], contracting: [false, true] }), [
      DenoisingAutoencoder,
      ContractiveAutoencoder,
    ]);
    assert.throws(() => kinds({ corruptor, contracting: true }), /received both/);
  });

  it('comes from YAML, and wants as many values as layers', () => {
    const name = '!obj:pylearn2.models.autoencoder.build_stacked_ae';
    const stack = load<StackedBlocks>(
      `${name} { nvis: 4, nhids: [3, 2], act_enc: 'tanh', act_dec: 'linear', tied_weights: [1, 0] }`,
    );
    const decoders = stack.layers.map((layer) => (layer as Autoencoder).Wprime !== undefined);
    assert.deepEqual(decoders, [false, true]);
    assert.throws(
      () => load(`${name} { nvis: 4, nhids: [3, 2], act_enc: 'tanh', act_dec: ['tanh'] }`),
      /expected 2 values of act_dec, one for each of nhids, received 1/,
    );
  });
});
