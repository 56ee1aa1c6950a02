import assert from 'node:assert/strict';
import { StackedBlocks } from '../src/blocks';
import { tf } from '../src/engine';
import { sampling } from '../src/expr';
import { Autoencoder } from '../src/models/autoencoder';
import { VectorSpace } from '../src/space';
import { compiledCall } from './support/compiled';
import { expectClose, leaves } from './support/expect';
import { load, roundTrip } from './support/yaml';

/** Doubles its input, then gives the same again. */
function stack() {
  const layer = (factor: number) => {
    const model = new Autoencoder({ nvis: 2, nhid: 2, actEnc: null, actDec: null });
    model.W.setValue([
      [factor, 0],
      [0, factor],
    ]);
    return model;
  };
  return new StackedBlocks({ layers: [layer(2), layer(3)] });
}

const x = tf.tensor2d([[1, 10]]);

describe('blocks', () => {
  it('gives the input and the output of every block', () => {
    const all = leaves(2, () => stacked.representations(x));
    assert.deepEqual(
      all.map((one) => [...one.dataSync()]),
      [
        [1, 10],
        [2, 20],
        [6, 60],
      ],
    );
  });
  const stacked = stack();

  it('performs its last output by one compiled function', () => {
    expectClose(
      compiledCall(() => stacked.perform(x)),
      [6, 60],
    );
  });

  it('makes functions of single representations and of several below each other', () => {
    const at = (index?: number) => [...stacked.function(index)(x).dataSync()];
    assert.deepEqual(
      [at(0), at(1), at(-2), at()],
      [
        [1, 10],
        [2, 20],
        [2, 20],
        [6, 60],
      ],
    );
    assert.deepEqual(stacked.concat(1)(x).arraySync(), [
      [2, 20],
      [6, 60],
    ]);
    assert.deepEqual(stacked.concat(0, -1)(x).arraySync(), [
      [1, 10],
      [2, 20],
    ]);
    assert.throws(() => stacked.function(3), /among the 3 that there are, received 3 to 4/);
  });

  it('leaves its input alone where it gives it back', () => {
    const copy = stacked.function(0)(x);
    copy.dispose();
    assert.ok(!x.isDisposed);
  });

  it('grows at the top', () => {
    const grown = stack();
    grown.append(stack());
    expectClose(grown.perform(x), [36, 360]);
    assert.ok(grown.getOutputSpace().equals(new VectorSpace({ dim: 2 })));
  });

  it('gives its blocks another input space, if they can take one', () => {
    const samplers = new StackedBlocks({ layers: [new sampling.SampleBernoulli()] });
    samplers.setInputSpace(new VectorSpace({ dim: 5 }));
    assert.ok(samplers.getOutputSpace().equals(new VectorSpace({ dim: 5 })));
    assert.throws(
      () => stack().setInputSpace(new VectorSpace({ dim: 5 })),
      /Autoencoder cannot change its input space/,
    );
  });

  it('comes from YAML and back from its saved form', () => {
    const { loaded, copy } = roundTrip<StackedBlocks>(`!obj:pylearn2.blocks.StackedBlocks {
      layers: [
        !obj:pylearn2.models.autoencoder.Autoencoder {
          nvis: 2, nhid: 3, act_enc: tanh, act_dec: null }
      ]
    }`);
    expectClose(copy.perform(x), loaded.perform(x), 0);
    assert.throws(
      () => load('!obj:pylearn2.blocks.StackedBlocks { layer: [] }'),
      /Did you mean `layers`\?/,
    );
  });
});
