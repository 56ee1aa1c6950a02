import assert from 'node:assert/strict';
import { breathe, interrupt, interruptSignal } from '../../src/utils/interrupt';

describe('utils/interrupt', () => {
  it('stops what runs and not what starts later', () => {
    const running = interruptSignal();
    assert.equal(running.aborted, false);
    interrupt('enough');
    assert.equal(running.aborted, true);
    assert.equal((running.reason as Error).message, 'enough');
    assert.equal(interruptSignal().aborted, false);
  });

  it('lets timers run within a loop that only breathes', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const end = performance.now() + 300;
    while (performance.now() < end) await breathe();
    clearInterval(timer);
    assert.ok(ticks >= 3, `${ticks} ticks`);
  });
});
