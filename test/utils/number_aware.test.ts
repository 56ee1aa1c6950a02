import assert from 'node:assert/strict';
import { compareNumberAware } from '../../src/utils/number_aware';

describe('utils/number_aware', () => {
  it('counts numbers in names', () => {
    const names = ['h10_max', 'h2', 'h', 'h2_max', '10', '9', 'a', 'h1'];
    assert.deepEqual(names.sort(compareNumberAware), [
      '9',
      '10',
      'a',
      'h',
      'h1',
      'h2',
      'h2_max',
      'h10_max',
    ]);
  });
});
