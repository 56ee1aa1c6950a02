import assert from 'node:assert/strict';
import { Pace } from '../../src/utils/pace';

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('utils/pace', () => {
  it('begins with one step and takes at most twice as many each time', () => {
    const pace = new Pace();
    const counts = Array.from({ length: 5 }, () => {
      const { steps } = pace;
      pace.time(steps, () => undefined);
      return steps;
    });
    assert.deepEqual(counts, [1, 2, 4, 8, 16]);
  });

  it('goes back to single steps where one lasts long', () => {
    const pace = new Pace();
    pace.time(8, () => undefined);
    pace.time(16, () => busy(500));
    assert.equal(pace.steps, 1);
  });

  it('gives what the steps give', () =>
    assert.equal(
      new Pace().time(1, () => 'done'),
      'done',
    ));
});
