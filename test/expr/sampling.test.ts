import assert from 'node:assert/strict';
import { tf } from '../../src/engine';
import { sampling } from '../../src/expr';
import { VectorSpace } from '../../src/space';
import { compiledCall } from '../support/compiled';
import { expectClose, leaves } from '../support/expect';
import { performBlock } from '../../src/blocks';
import { load, roundTrip } from '../support/yaml';

const { SampleBernoulli } = sampling;
const p = tf.tensor2d([[0, 0.25, 1]]).tile([4000, 1]);

describe('expr/sampling', () => {
  it('draws ones by the probabilities that come in, anew at each call', () => {
    const block = new SampleBernoulli();
    const [first, second] = [1, 2].map(() => leaves(1, () => block.upwardPass(p)));
    assert.deepEqual([...new Set(first.dataSync())].sort(), [0, 1]);
    expectClose(first.mean(0), [0, 0.25, 1], 0.03);
    assert.notDeepEqual(first.dataSync(), second.dataSync());
    leaves(-1, () => block.dispose());
  });

  it('draws alike from the same seed, compiled or not', () => {
    const [one, other] = [1, 2].map(() => new SampleBernoulli({ seed: [1, 2] }));
    const third = compiledCall(() => performBlock(one, p));
    other.setState({ drawn: 2 });
    expectClose(other.upwardPass(p), third, 0);
  });

  it('lives in the space that it was given, and has none before', () => {
    const block = new SampleBernoulli();
    assert.throws(() => block.getInputSpace(), /no input space yet/);
    block.setInputSpace(new VectorSpace({ dim: 2 }));
    assert.ok(block.getOutputSpace().equals(new VectorSpace({ dim: 2 })));
    assert.throws(() => block.upwardPass(p), /SampleBernoulli: expected/);
  });

  it('comes from YAML and goes on after save and load', () => {
    type Sampler = InstanceType<typeof SampleBernoulli>;
    const name = 'pylearn2.expr.sampling.SampleBernoulli';
    const { loaded, copy } = roundTrip<Sampler>(`!obj:${name} { seed: 3 }`);
    assert.deepEqual(copy.getState(), loaded.getState());
    expectClose(copy.upwardPass(p), loaded.upwardPass(p), 0);
    assert.throws(() => load(`!obj:${name} { sed: 3 }`), /Did you mean `seed`\?/);
  });
});
