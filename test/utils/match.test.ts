import assert from 'node:assert/strict';
import { didYouMean, nearest } from '../../src/utils/match';

describe('utils/match', () => {
  it('finds the name that was meant', () => {
    assert.equal(nearest('WeightDecy', ['Default', 'WeightDecay', 'L1WeightDecay']), 'WeightDecay');
    assert.equal(nearest('bacth_size', ['batch_size', 'learning_rate', 'seed']), 'batch_size');
    assert.equal(nearest('channelNamee', ['N', 'channelName', 'x']), 'channelName');
    assert.equal(nearest('x', []), undefined);
  });

  it('ends a message, or leaves it as it is when there is no name', () => {
    assert.equal(didYouMean('nvi', ['nvis']), ' Did you mean `nvis`?');
    assert.equal(didYouMean('nvi', []), '');
  });
});
