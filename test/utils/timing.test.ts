import assert from 'node:assert/strict';
import { Logger } from '../../src/utils/log';
import { formatDuration, logTiming } from '../../src/utils/timing';
import { logged } from '../support/log';

describe('utils/timing', () => {
  it('writes durations as Python does: seconds below a minute, a clock above', () => {
    assert.equal(formatDuration(1.5), '1.500000 seconds');
    // str(datetime.timedelta(seconds=x)) for x in (62.25, 3600, 2 * 86400 + 1)
    assert.equal(formatDuration(62.25), '0:01:02.250000');
    assert.equal(formatDuration(3600), '1:00:00');
    assert.equal(formatDuration(2 * 86400 + 1), '2 days, 0:00:01');
  });

  it('says what is done before and after', async () => {
    const lines = await logged(() => logTiming(new Logger('t'), 'Counting', () => 3));
    assert.equal(lines[0].text, 'Counting...');
    assert.match(lines[1].text, /^Counting done\. Time elapsed: \d+\.\d{6} seconds$/);
  });
});
