import assert from 'node:assert/strict';
import { learningCurves } from '../../src/plots';
import { focusOf } from '../../src/plots/focus';
import type { Point } from '../../src/plots';
import { channel } from '../support/channel_records';

const curve = (...values: (number | null)[]): Point[] => values.map((y, x) => ({ x, y }));

describe('plots/focus', () => {
  it('looks at the later values when the first lie far above them, and says where those are', () => {
    const focus = focusOf([curve(2.3026, 0.3, 0.2), curve(2.3026, 0.25, 0.2)]);
    assert.deepEqual(focus, { low: null, high: 0.3 + 0.1 * 0.06, note: 'starts at 2.3' });
  });

  it('does so below, for what grows', () => {
    const focus = focusOf([curve(0.1, 0.9, 0.95), curve(0.15, 0.9, 0.95)]);
    assert.equal(focus?.high, null);
    assert.ok(Math.abs(focus!.low! - (0.9 - 0.05 * 0.06)) < 1e-12);
    assert.equal(focus?.note, 'starts at 0.1 to 0.15');
  });

  it('shows all when the first values are no further off than usual', () => {
    assert.equal(focusOf([curve(3, 2, 1)]), undefined);
  });

  it('shows all while there is little to look at: two values, or all later ones equal', () => {
    assert.equal(focusOf([curve(2, 1)]), undefined);
    assert.equal(focusOf([curve(2, 1, 1)]), undefined);
    assert.equal(focusOf([curve(null, null, null)]), undefined);
  });

  it('is what learning curves do unless told not to, or on a logarithmic axis', () => {
    const channels = [channel('objective', [9, 1, 0.9, 0.8])];
    const drawn = (options: object) => JSON.stringify(learningCurves(channels, options).spec);
    assert.match(drawn({}), /starts at 9.*"domainMax":1\.012/);
    for (const options of [{ focus: false }, { log: true }]) {
      assert.ok(!drawn(options).includes('domainMax') && !drawn(options).includes('starts at'));
    }
  });
});
