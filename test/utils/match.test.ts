import assert from 'node:assert/strict';
import { didYouMean, nearest } from '../../src/utils/match';

describe('utils/match', () => {
  it('finds the name that was meant', () => {
    assert.equal(nearest('WeightDecy', ['Default', 'WeightDecay', 'L1WeightDecay']), 'WeightDecay');
    assert.equal(nearest('bacth_size', ['batch_size', 'learning_rate', 'seed']), 'batch_size');
    assert.equal(nearest('channelNamee', ['N', 'channelName', 'x']), 'channelName');
    assert.equal(nearest('x', []), undefined);
  });

  it('prefers what one slip of the keyboard leads to', () => {
    const names = ['mlp', 'model', 'monitoring_batches', 'monitoring_batch_size', 'init_bias', 'init_beta']; // prettier-ignore
    for (const [wrong, meant] of [
      ['ml', 'mlp'],
      ['mplp', 'mlp'],
      ['mpl', 'mlp'],
      ['mlq', 'mlp'],
      ['Mlp', 'mlp'],
      ['monitoring_batche', 'monitoring_batches'],
      ['init_bia', 'init_bias'],
    ]) {
      assert.equal(nearest(wrong, names), meant);
    }
  });

  it('ends a message, or leaves it as it is when there is no name', () => {
    assert.equal(didYouMean('nvi', ['nvis']), ' Did you mean `nvis`?');
    assert.equal(didYouMean('nvi', []), '');
  });
});
