import assert from 'node:assert/strict';
import { LongTask } from '../../src/utils/long_task';
import { recordingHost } from '../support/recording_host';

describe('utils/long_task', () => {
  const shown = recordingHost();
  let time = 0;
  const texts = () => shown().map(({ bundle }) => bundle['text/plain']);
  const task = () => new LongTask('examples', 4000, () => time);

  beforeEach(() => {
    time = 0;
  });

  it('says nothing of what takes less than a second', () => {
    const short = task();
    for (time = 0; time < 1000; time += 100) short.reached(time);
    short.finish();
    assert.deepEqual(texts(), []);
  });

  it('tells how far it is, in one line, at most four times a second, and the end in any case', () => {
    const long = task();
    for (time = 0; time < 2000; time += 50) long.reached(2 * time);
    time = 2010;
    long.finish();
    assert.deepEqual(texts(), [
      '2,000 of 4,000 examples · 0:01',
      '2,500 of 4,000 examples · 0:01',
      '3,000 of 4,000 examples · 0:02',
      '3,500 of 4,000 examples · 0:02',
      '4,000 examples · 0:02',
    ]);
    assert.deepEqual(new Set(shown().map(({ display }) => display)), new Set([0]));
    const [first, last] = [shown()[0], shown().at(-1)!].map(({ bundle }) => bundle['text/html']);
    assert.match(String(first), /<progress max="1" value="0.5000"/);
    assert.doesNotMatch(String(last), /progress/);
  });
});
